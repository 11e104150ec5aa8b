/**
 * The two streams as commands see them: stdout carries the result and nothing else, stderr progress and hints.
 */
import type { FormatName } from "../../report/formats/index.js";
import type { Format } from "../../report/reporter.js";
import { commandLine } from "../../report/shell-words.js";
import { COLUMNS, wrap } from "../../report/style.js";
import { EXIT } from "../exit.js";
import type { Interrupt } from "./interrupt.js";
import { OutputStream } from "./output-stream.js";

export interface Terminal {
  readonly out: OutputStream;
  readonly err: OutputStream;
}

export function makeTerminal(
  out: NodeJS.WriteStream = process.stdout,
  err: NodeJS.WriteStream = process.stderr,
): Terminal {
  return { out: new OutputStream(out), err: new OutputStream(err) };
}

/**
 * The exit status when all is written. A verdict whose result has not come through is 125: the device of stdout is
 * full, or nobody took any of it. What happens to stderr changes nothing.
 */
export async function statusOfOutput({ out, err }: Terminal, status: number): Promise<number> {
  const why = await out.undelivered();
  if (why === undefined || (status !== EXIT.OK && status !== EXIT.VIOLATION)) return status;
  err.line(`${err.colours.red("error:")} cannot write the result to stdout: ${why}`);
  await err.undelivered();
  return EXIT.UNDECIDED;
}

/** What is left to do when the command has ended. */
export interface OpenReport {
  /** Ends with a status; what has written nothing says why, when that is not 0. */
  close(status: number): void;
  fail(error: unknown): void;
}

/** What every command gets besides its options. */
export interface Session {
  readonly terminal: Terminal;
  readonly isQuiet: boolean;
  readonly interrupt: Interrupt;
  /** Those that its options ask for. */
  readonly formats: ReadonlyMap<FormatName, Format>;
  /** Where the command's result goes, once it has said what kind it is. */
  report?: OpenReport;
}

/** Something for a person to read beside the result, unless -q. */
export function note(session: Session, text: string): void {
  if (!session.isQuiet) session.terminal.err.line(text);
}

/** A note of several words that may need several lines. */
export function noteWrapped(session: Session, text: string): void {
  note(session, wrap(text, COLUMNS, "  ").join("\n"));
}

/** What to do with a run that `x`, word by word, names. */
export function suggestLook(session: Session, ...x: readonly string[]): void {
  suggest(session, [["step", ...x], "walk through it"], [["bisect", ...x], "which patch cures it"]);
}

/** Commands to try next, word by word. */
export function suggest(
  session: Session,
  ...commands: readonly (readonly [words: readonly string[], why: string])[]
): void {
  if (session.isQuiet) return;
  const { err } = session.terminal;
  for (const [words, why] of commands) {
    const line = commandLine(words);
    const fits = line.length + why.length + 10 <= COLUMNS;
    err.line(`${err.colours.dim("try")}  ${line}${fits ? err.colours.dim(`   # ${why}`) : ""}`);
    if (!fits) err.line(err.colours.dim(`       # ${why}`));
  }
}
