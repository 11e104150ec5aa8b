/**
 * The two streams as commands see them: stdout carries the result and nothing else, stderr progress and hints. A
 * reader that has gone away (EPIPE) silences its stream and changes nothing else.
 */
import type { Palette } from "../../report/style.js";
import { COLUMNS, wrap } from "../../report/style.js";
import { type ColourChoice, colourLevel, makeColours } from "./colour.js";
import type { Interrupt } from "./interrupt.js";

class OutputStream {
  readonly stream: NodeJS.WriteStream;
  colours: Palette;
  #isOpen = true;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
    this.colours = makeColours(colourLevel("auto", stream, process.env));
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      this.#isOpen = false;
    });
  }
  get isTTY(): boolean {
    return this.stream.isTTY === true;
  }
  get isColoured(): boolean {
    return this.colours.bold("x") !== "x";
  }
  choose(choice: ColourChoice): void {
    this.colours = makeColours(colourLevel(choice, this.stream, process.env));
  }
  write(text: string): void {
    if (this.#isOpen) this.stream.write(text);
  }
  line(text = ""): void {
    this.write(`${text}\n`);
  }
}

export interface Terminal {
  readonly out: OutputStream;
  readonly err: OutputStream;
}

export function makeTerminal(): Terminal {
  return { out: new OutputStream(process.stdout), err: new OutputStream(process.stderr) };
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

/** A command to try next, in a form that works in the checkout. */
export function suggest(
  session: Session,
  ...commands: readonly (readonly [command: string, why: string])[]
): void {
  if (session.isQuiet) return;
  const { err } = session.terminal;
  for (const [command, why] of commands) {
    const line = `npx stalemap ${command}`;
    const fits = line.length + why.length + 10 <= COLUMNS;
    err.line(`${err.colours.dim("try")}  ${line}${fits ? err.colours.dim(`   # ${why}`) : ""}`);
    if (!fits) err.line(err.colours.dim(`       # ${why}`));
  }
}
