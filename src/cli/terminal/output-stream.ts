/**
 * One of the two streams as commands see it. Whatever is foreign in a text is made harmless here, for all of them; and
 * what became of the output is remembered for the exit status: a result that nobody got is no result.
 */
import { fstatSync, readFileSync } from "node:fs";
import type { Palette } from "../../report/style.js";
import { type ColourChoice, colourLevel, makeColours } from "./colour.js";
import { harmless } from "./harmless.js";

/** A reader that takes this much has read something, bytes. */
const PIECE = 16_384;
/** Device number of /dev/null. */
const NULL_DEVICE = 0x103;

export class OutputStream {
  readonly stream: NodeJS.WriteStream;
  colours: Palette;
  /** Nobody wants it thrown away: a document, not lines beside a verdict. */
  isDocument = false;
  #hasDelivered = false;
  #problem: NodeJS.ErrnoException | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
    this.colours = makeColours(colourLevel("auto", stream, process.env), stream.columns);
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.#problem ??= error;
    });
  }
  get isTTY(): boolean {
    return this.stream.isTTY === true;
  }
  get isColoured(): boolean {
    return this.colours.bold("x") !== "x";
  }
  choose(choice: ColourChoice): void {
    this.colours = makeColours(colourLevel(choice, this.stream, process.env), this.stream.columns);
  }
  write(text: string): void {
    this.control(harmless(text));
  }
  line(text = ""): void {
    this.write(`${text}\n`);
  }
  /** Writes as it is what is our own and for the terminal to obey. */
  control(sequence: string): void {
    const bytes = Buffer.from(sequence);
    for (let at = 0; at < bytes.length && this.#problem === undefined; at += PIECE)
      this.stream.write(bytes.subarray(at, at + PIECE), (error) => {
        if (error === null || error === undefined) this.#hasDelivered = true;
      });
  }
  /**
   * Waits until all is written. Says why the result has not come through: the device took no more, or there was no
   * reader at all. One that has read the beginning and left, as `head` does, is no problem.
   */
  async undelivered(): Promise<string | undefined> {
    await new Promise<void>((resolve) => this.stream.write("", () => resolve()));
    if (this.#problem === undefined)
      return this.isDocument && isClosed(this.stream) ? "it is closed" : undefined;
    const { code, message } = this.#problem;
    if (code !== "EPIPE") return code === "ENOSPC" ? "no space left on the device" : (code ?? message);
    return this.#hasDelivered ? undefined : "nobody reads it";
  }
}

/** Node opens /dev/null for reading and writing in place of a stream that was closed; `>/dev/null` only writes. */
function isClosed(stream: NodeJS.WriteStream): boolean {
  const { fd } = stream as { readonly fd?: number };
  try {
    if (fd === undefined || fstatSync(fd).rdev !== NULL_DEVICE) return false;
    const [, flags = "0"] = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8")) ?? [];
    return (Number.parseInt(flags, 8) & 3) === 2;
  } catch {
    return false;
  }
}
