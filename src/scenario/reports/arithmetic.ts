/** Arithmetic of a shell, as C has it, on whole numbers: `$((2 * blksz))`, `((i++))`, `let n+=4096`. */

/** Variables by name. */
export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const TOKEN = /0x[0-9a-f]+|\d+|\$?\{?[A-Za-z_]\w*\}?|<<=|>>=|\*\*|<<|>>|[-+*/%&|^<>=!]=|&&|\|\||\+\+|--|\S/gi;
const NAME = /^\$?\{?([A-Za-z_]\w*)\}?$/;
const ASSIGNS = /^(?:[-+*/%&|^]|<<|>>)?=$/;

type Binary = readonly [precedence: number, compute: (a: number, b: number) => number];

const BINARY: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ["||", [1, (a, b) => Number(a !== 0 || b !== 0)]],
  ["&&", [2, (a, b) => Number(a !== 0 && b !== 0)]],
  ["|", [3, (a, b) => Number(BigInt(a) | BigInt(b))]],
  ["^", [4, (a, b) => Number(BigInt(a) ^ BigInt(b))]],
  ["&", [5, (a, b) => Number(BigInt(a) & BigInt(b))]],
  ["==", [6, (a, b) => Number(a === b)]],
  ["!=", [6, (a, b) => Number(a !== b)]],
  ["<", [7, (a, b) => Number(a < b)]],
  [">", [7, (a, b) => Number(a > b)]],
  ["<=", [7, (a, b) => Number(a <= b)]],
  [">=", [7, (a, b) => Number(a >= b)]],
  ["<<", [8, (a, b) => a * 2 ** b]],
  [">>", [8, (a, b) => Math.floor(a / 2 ** b)]],
  ["+", [9, (a, b) => a + b]],
  ["-", [9, (a, b) => a - b]],
  ["*", [10, (a, b) => a * b]],
  ["/", [10, (a, b) => Math.trunc(a / b)]],
  ["%", [10, (a, b) => a % b]],
  ["**", [11, (a, b) => a ** b]],
]);

/** Anything deeper is no report. */
const MOST_DEPTH = 50;

/** Its value; undefined when it is something else, is too large, or asks for what is not known. */
export function arithmetic(text: string, variables: Variables): number | undefined {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const known = (value: number): number => (Number.isSafeInteger(value) ? value : Number.NaN);
  const numberIn = (name: string): number => {
    const digits = variables.get(name) ?? "";
    return /^-?(?:0x[0-9a-f]+|\d+)$/i.test(digits) ? Number(digits) : Number.NaN;
  };
  const put = (name: string, value: number): number => {
    if (!Number.isNaN(value)) variables.set(name, String(value));
    return value;
  };
  const ofName = (name: string, depth: number): number => {
    const next = tokens[at] ?? "";
    if (ASSIGNS.test(next)) {
      at++;
      const by = whole(0, depth + 1);
      const operator = BINARY.get(next.slice(0, -1));
      return put(name, operator === undefined ? by : apply(operator, numberIn(name), by));
    }
    if (next !== "++" && next !== "--") return numberIn(name);
    at++;
    const before = numberIn(name);
    put(name, before + (next === "++" ? 1 : -1));
    return before;
  };
  const factor = (depth: number): number => {
    const token = tokens[at++] ?? "";
    if (depth > MOST_DEPTH) return Number.NaN;
    if (token === "-") return -factor(depth + 1);
    if (token === "+") return factor(depth + 1);
    if (token === "!") return Number(factor(depth + 1) === 0);
    if (token === "~") return -factor(depth + 1) - 1;
    if (token === "(") {
      const inside = whole(0, depth + 1);
      return tokens[at++] === ")" ? inside : Number.NaN;
    }
    if (token === "++" || token === "--") {
      const name = NAME.exec(tokens[at++] ?? "")?.[1];
      return name === undefined ? Number.NaN : put(name, numberIn(name) + (token === "++" ? 1 : -1));
    }
    const name = NAME.exec(token)?.[1];
    if (name !== undefined) return ofName(name, depth);
    return /^(?:0x[0-9a-f]+|\d+)$/i.test(token) ? Number(token) : Number.NaN;
  };
  const apply = ([, compute]: Binary, a: number, b: number): number =>
    Number.isSafeInteger(a) && Number.isSafeInteger(b) ? known(compute(a, b)) : Number.NaN;
  const whole = (least: number, depth: number): number => {
    let value = factor(depth);
    for (;;) {
      const operator = BINARY.get(tokens[at] ?? "");
      if (operator === undefined || operator[0] <= least) return value;
      at++;
      value = apply(operator, value, whole(operator[0], depth + 1));
    }
  };
  const value = whole(0, 0);
  return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
}
