/** What tests of a shell say, where texts and numbers decide: `[ $i -lt 3 ]`, `[[ $op == p* ]]`. */
import type { Word as SyntaxWord, TestExpression } from "unbash";
import { numberIn } from "./shell-arithmetic.js";
import { matches } from "./shell-patterns.js";
import { isKnown } from "./shell-values.js";

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
};
const NONE = { "=": true, "==": true, "!=": false } as const;

type Said = boolean | undefined;
const not = (said: Said): Said => (said === undefined ? undefined : !said);
const both = (a: Said, b: Said): Said => (a === false || b === false ? false : a === undefined ? a : b);

/** `test`, and `[` without its bracket; undefined where only a shell knows. */
export function testSays(args: readonly string[]): Said {
  const [a = "", b = "", c = ""] = args;
  if (args.length === 0) return false;
  if (args.length === 1) return isKnown(a) ? a !== "" : isPath(a) || undefined;
  if (args.length === 3 && (b in NONE || Object.hasOwn(NUMBERS, b))) return compares(a, b, c);
  if (a === "!") return not(testSays(args.slice(1)));
  if (args.length === 2) return unary(a, b);
  const or = args.indexOf("-o");
  if (args.some((one) => /^[()]$/.test(one))) return undefined;
  if (or > 0) return not(both(not(testSays(args.slice(0, or))), not(testSays(args.slice(or + 1)))));
  const and = args.indexOf("-a");
  return and > 0 ? both(testSays(args.slice(0, and)), testSays(args.slice(and + 1))) : undefined;
}

/** Whatever a variable in it is, it is not empty. */
const isPath = (text: string): boolean => /^\/|\/[\w.-]+$/.test(text);

function unary(operator: string, operand: string): Said {
  if (operator !== "-n" && operator !== "-z") return undefined;
  const isFilled = isKnown(operand) ? operand !== "" : isPath(operand) || undefined;
  return operator === "-n" ? isFilled : not(isFilled);
}

function compares(a: string, operator: string, b: string): Said {
  if (!isKnown(a) || !isKnown(b)) return undefined;
  if (operator === "=" || operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  const by = NUMBERS[operator];
  // [ counts 010 as ten.
  const [x, y] = [a, b].map((text) => (/^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : Number.NaN));
  // What is no number is an error, which is no yes.
  if (Number.isNaN(x) || Number.isNaN(y)) return false;
  return by?.(x as number, y as number);
}

interface Texts {
  text(word: SyntaxWord): string;
  pattern(word: SyntaxWord): string | undefined;
  /** What it is as an expression; NaN where it is not known. */
  number(text: string): number;
}

/** `[[`; undefined where only a shell knows. */
export function expressionSays(of: TestExpression, texts: Texts): Said {
  switch (of.type) {
    case "TestGroup":
      return expressionSays(of.expression, texts);
    case "TestNot": {
      const said = expressionSays(of.operand, texts);
      return of.negations.length % 2 === 1 ? not(said) : said;
    }
    case "TestLogical":
      return of.operands.reduce<Said>(
        (said, one) =>
          of.operator === "&&"
            ? said === false
              ? said
              : both(said, expressionSays(one, texts))
            : said === true
              ? said
              : not(both(not(said), not(expressionSays(one, texts)))),
        of.operator === "&&",
      );
    case "TestUnary":
      return unary(of.operator, texts.text(of.operand));
    case "TestBinary":
      return ofTwo(of, texts);
  }
}

function ofTwo(
  { operator, left, right }: Extract<TestExpression, { type: "TestBinary" }>,
  texts: Texts,
): Said {
  const a = texts.text(left);
  if (Object.hasOwn(NUMBERS, operator)) {
    const [x, y] = [a, texts.text(right)].map((text) =>
      /^\s*$/.test(text)
        ? 0
        : isKnown(text)
          ? Number.isNaN(numberIn(text))
            ? texts.number(text)
            : numberIn(text)
          : Number.NaN,
    );
    return Number.isNaN(x) || Number.isNaN(y) ? undefined : NUMBERS[operator]?.(x as number, y as number);
  }
  if (!(operator in NONE)) return undefined;
  const pattern = texts.pattern(right);
  if (pattern === undefined || !isKnown(a)) return undefined;
  const said = matches(a, pattern);
  return operator === "!=" ? not(said) : said;
}
