/**
 * Tokens as they come out of mails and terminals: with blanks and line ends in them, with quotes around them, or with the
 * command line that they stood in.
 */
import { decodeToken } from "../../scenario/token.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { usage } from "../exit.js";

const MOST_PIECES = 200;
/** A case seed, which is never broken. */
const SEED = /^\d{1,9}:[\w.+-]{1,200}:[^:\s]{1,100}:\d{1,16}$/;
/** Quotes, marks of mails, and the ends of lines that quoted-printable breaks. */
const AROUND = /^[>"'`‘’“”(<[]+|[=\\"'`‘’“”)>,;\]]+$/gu;

/** What was meant by the words of one argument, or by several. */
export function unpasted(words: readonly string[]): string {
  const pieces = words.flatMap((word) => word.split(/\s+/)).map((word) => word.replace(AROUND, ""));
  const at = pieces.findIndex((piece) => /^sm\d{1,9}\./.test(piece));
  if (at < 0 || pieces.length > MOST_PIECES) return words.join(" ");
  const after = pieces.slice(at).filter((piece) => piece !== "");
  let token = "";
  for (const [n, piece] of after.entries()) {
    token += piece;
    if (!("run" in decodeToken(token))) continue;
    const more = after.slice(n + 1);
    if (more.length === 0) return token;
    throw usage(
      `behind the token stands ${quoted(more.join(" "))}`,
      "give options outside the quotes, and one token at a time",
    );
  }
  return after.every((piece) => /^(sm\d+\.)?[\w-]+$/.test(piece)) ? token : (after[0] ?? token);
}

/** A command line in which a token is broken into several words, or it or a case seed stands behind the command that printed it. */
export function withOneToken(argv: readonly string[]): string[] {
  const at = argv.findIndex((word, i) => i > 2 && (/^["'`]?sm\d{1,9}\./.test(word) || SEED.test(word)));
  if (at < 0) return [...argv];
  const end = argv.findIndex(
    (word, i) => i > at && (word.startsWith("-") || word === "" || /^sm\d+\./.test(word)),
  );
  const stop = SEED.test(argv[at] ?? "") ? at + 1 : end < 0 ? argv.length : end;
  const before = argv.slice(3, at);
  const isCommand =
    before.length > 0 && before.every((word) => !word.startsWith("-")) && before.includes("stalemap");
  return [
    ...argv.slice(0, 3),
    ...(isCommand ? [] : before),
    unpasted(argv.slice(at, stop)),
    ...argv.slice(stop),
  ];
}
