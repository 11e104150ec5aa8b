/**
 * Random damage to a text: what typing, mail and hostile hands do to it. The same seed gives the same damage.
 */

/** A number in [0, 1). */
type Random = () => number;
type Damage = (text: string, at: number, random: Random, others: readonly string[]) => string;

const PIECES = [
  "\0",
  "\x1b[31m",
  "\u202e",
  "\t",
  "\r",
  "\n",
  "  ",
  ": ",
  "- ",
  "{",
  "}",
  "[",
  "]",
  "{a: ",
  "[[",
  '"',
  "'",
  "#",
  "&a ",
  "*a",
  "!!x ",
  "|\n",
  "?",
  "..",
  ",",
  "<",
  "write",
  "threads:",
  "schedule:",
  "order:",
  "expect: ok",
  "null",
  "__proto__",
  "constructor",
  "@@stalemap run a 0 0\n",
  "@@stalemap kernel #1 ",
  "\ud800",
  "é",
  "0x",
  "k",
];
const NUMBERS = [
  "0",
  "-1",
  "1",
  "63",
  "64",
  "65",
  "255",
  "256",
  "4095",
  "4097",
  "65536",
  "2147483647",
  "2147483648",
  "4294967296",
  "9007199254740991",
  "9007199254740993",
  "1e400",
  "NaN",
  "0.5",
  "1e-9",
  "0x7fffffffffffffff",
];

const chosen = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)] as T;
const below = (n: number, random: Random) => Math.floor(random() * n);

const DAMAGES: readonly Damage[] = [
  (text, at, random) => text.slice(0, at) + String.fromCharCode(below(256, random)) + text.slice(at + 1),
  (text, at, random) => text.slice(0, at) + text.slice(at + 1 + below(40, random)),
  (text, at, random) => text.slice(0, at) + chosen(PIECES, random) + text.slice(at),
  (text, at, random) => {
    const piece = text.slice(at, at + 1 + below(60, random));
    return text.slice(0, at) + piece.repeat(1 + below(4, random)) + text.slice(at);
  },
  (text, at) => text.slice(0, at),
  (text, at, random, others) => text.slice(0, at) + chosen(others, random).slice(at),
  (text, at, random) => {
    const number = /\d+/g;
    number.lastIndex = at;
    const found = number.exec(text);
    return found === null
      ? text
      : text.slice(0, found.index) + chosen(NUMBERS, random) + text.slice(number.lastIndex);
  },
  (text, _at, random) => {
    const lines = text.split("\n");
    const [from, to] = [below(lines.length, random), below(lines.length, random)];
    lines.splice(to, 0, ...lines.splice(from, 1));
    return lines.join("\n");
  },
  (text, _at, random) => {
    const lines = text.split("\n");
    return [...lines, ...lines.slice(below(lines.length, random))].join("\n");
  },
  (text, at, random) =>
    text.slice(0, at) + chosen(PIECES, random).repeat(1 + below(3000, random)) + text.slice(at),
];

/** The text with one to four damages; `others` are texts of the same format to splice with. */
export function mutated(text: string, random: Random, others: readonly string[]): string {
  let result = text;
  for (let left = 1 + below(4, random); left > 0; left--) {
    result = chosen(DAMAGES, random)(result, below(result.length + 1, random), random, others);
  }
  return result;
}
