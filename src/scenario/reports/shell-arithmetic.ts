/** Arithmetic of a shell, as C has it, on whole numbers: `$((2 * blksz))`, `((i++))`, `let n+=4096`. */
import type { ArithmeticExpression } from "unbash";
import { parse } from "unbash";
import { isKnown } from "./shell-values.js";

export interface Variables {
  /** Undefined where it has no value that is known. */
  get(name: string, index: ArithmeticExpression | undefined): string | undefined;
  set(name: string, value: number): void;
  /** A shell would stop at it: a division by zero, 08. */
  fails(): void;
  /** `$x` and `$(f)` in it. */
  expand(word: ArithmeticExpression): string;
}

type Compute = (a: number, b: number) => number;

const BINARY: Readonly<Record<string, Compute>> = {
  "|": (a, b) => Number(BigInt(a) | BigInt(b)),
  "^": (a, b) => Number(BigInt(a) ^ BigInt(b)),
  "&": (a, b) => Number(BigInt(a) & BigInt(b)),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  "<<": (a, b) => a * 2 ** b,
  ">>": (a, b) => Math.floor(a / 2 ** b),
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => Math.trunc(a / b),
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
};
const UNARY: Readonly<Record<string, (a: number) => number>> = {
  "-": (a) => -a,
  "+": (a) => a,
  "!": (a) => Number(a === 0),
  "~": (a) => -a - 1,
};
const ASSIGNS = /^([-+*/%&|^]|<<|>>)?=$/;
const NAME = /^[A-Za-z_]\w*$/;
/** A value that is an expression itself may name others. */
const MOST_DEPTH = 20;

/** A number as a shell writes it: 010 is eight, 16#ff 255. */
export function numberIn(text: string): number {
  const [, base, inBase = ""] = /^\s*(\d\d?)#([\da-z]+)\s*$/i.exec(text) ?? [];
  if (base !== undefined) {
    const number = Number.parseInt(inBase, Number(base));
    return Number(base) <= 36 &&
      number.toString(Number(base)) === inBase.toLowerCase().replace(/^0+(?=.)/, "")
      ? number
      : Number.NaN;
  }
  const [, sign, digits = ""] = /^\s*([-+]?)(0x[0-9a-f]+|\d+)\s*$/i.exec(text) ?? [];
  if (digits === "" || /^0\d*[89]/.test(digits)) return Number.NaN;
  const size = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return sign === "-" ? -size : size;
}

/** What stands between `((` and `))`; undefined when it is empty or no expression. */
export function expressionIn(text: string): ArithmeticExpression | undefined {
  const [statement] = parse(`((${text}\n))`).commands;
  return statement?.command.type === "ArithmeticCommand" ? statement.command.expression : undefined;
}

/** Its value; NaN when it is something else, is too large, or asks for what is not known. */
export function compute(of: ArithmeticExpression, variables: Variables, depth = 0): number {
  const value = depth > MOST_DEPTH * 5 ? Number.NaN : worked(of, variables, depth);
  return Number.isSafeInteger(value) ? value + 0 : Number.NaN;
}

function worked(of: ArithmeticExpression, variables: Variables, depth: number): number {
  const inner = (one: ArithmeticExpression): number => compute(one, variables, depth + 1);
  switch (of.type) {
    case "ArithmeticGroup":
      return inner(of.expression);
    case "ArithmeticTernary": {
      const test = inner(of.test);
      return Number.isNaN(test) ? test : inner(test === 0 ? of.alternate : of.consequent);
    }
    case "ArithmeticUnary": {
      const before = inner(of.operand);
      if (!/^(?:\+\+|--)$/.test(of.operator)) return UNARY[of.operator]?.(before) ?? Number.NaN;
      const after = before + (of.operator === "++" ? 1 : -1);
      assign(of.operand, after, variables);
      return of.prefix ? after : before;
    }
    case "ArithmeticBinary":
      return binary(of, variables, inner);
    case "ArithmeticWord":
      return ofWord(of, variables, depth);
    default:
      return numberIn(variables.expand(of));
  }
}

function binary(
  { operator, left, right }: Extract<ArithmeticExpression, { type: "ArithmeticBinary" }>,
  variables: Variables,
  inner: (one: ArithmeticExpression) => number,
): number {
  const [, by] = ASSIGNS.exec(operator) ?? [];
  if (ASSIGNS.test(operator)) {
    const given = inner(right);
    const value = by === undefined ? given : known(BINARY[by], inner(left), given);
    assign(left, value, variables);
    return value;
  }
  const a = inner(left);
  if (operator === ",") return inner(right);
  if (operator === "&&" || operator === "||") {
    if (Number.isNaN(a)) return a;
    if ((a !== 0) === (operator === "||")) return Number(operator === "||");
    const b = inner(right);
    return Number.isNaN(b) ? b : Number(b !== 0);
  }
  const b = inner(right);
  if (b === 0 && /^[/%]$/.test(operator)) variables.fails();
  return known(BINARY[operator], a, b);
}

const known = (compute: Compute | undefined, a: number, b: number): number =>
  compute === undefined || !Number.isSafeInteger(a) || !Number.isSafeInteger(b) ? Number.NaN : compute(a, b);

function assign(to: ArithmeticExpression, value: number, variables: Variables): void {
  if (to.type === "ArithmeticWord") variables.set(to.value, Number.isSafeInteger(value) ? value : Number.NaN);
}

function ofWord(
  word: Extract<ArithmeticExpression, { type: "ArithmeticWord" }>,
  variables: Variables,
  depth: number,
): number {
  const [, array, index] = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(word.value) ?? [];
  const name = array ?? word.value;
  const text =
    word.parts === undefined && NAME.test(name)
      ? variables.get(name, index === undefined ? undefined : expressionIn(index))
      : word.parts === undefined
        ? word.value
        : variables.expand(word);
  if (text === undefined || !isKnown(text)) return Number.NaN;
  if (text.trim() === "") return 0;
  const number = numberIn(text);
  if (Number.isNaN(number) && /^\d/.test(text)) variables.fails();
  if (!Number.isNaN(number) || depth > MOST_DEPTH) return number;
  const other = /^[\w\s+*/%()-]+$/.test(text) && word.parts === undefined ? expressionIn(text) : undefined;
  return other === undefined || /^\d/.test(text) ? Number.NaN : compute(other, variables, depth + 1);
}
