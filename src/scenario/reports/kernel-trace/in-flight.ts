/** What a call wrote back and waits for: it is on disk, and converted there, before the call returns. */
import type { ByteRange } from "../../types.js";
import { PAGE } from "./beginning.js";
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";
import { type CallArguments, resultOf } from "./traced-calls.js";

const WAIT_AFTER = 4;

export class InFlight {
  /** By page the call that wrote it back last; undefined of a pass that nobody has called for. */
  readonly #writes = new Map<number, CallArguments | undefined>();
  /** Calls that have waited, with the line of their return. */
  readonly #waited = new Map<CallArguments, number>();

  /** A folio is written back, within `call`. */
  begins(range: ByteRange, call: CallArguments | undefined): void {
    for (const page of pagesOf(range)) this.#writes.set(page, call);
  }

  returns(line: TraceLine, call: CallArguments | undefined): void {
    if (call !== undefined && waits(call) && (resultOf(line) ?? -1) >= 0) this.#waited.set(call, line.number);
  }

  /** I/O of these bytes is over. */
  ends(line: TraceLine, range: ByteRange, complain: Complain): void {
    for (const page of pagesOf(range)) {
      const call = this.#writes.get(page);
      const returned = call === undefined ? undefined : this.#waited.get(call);
      if (returned === undefined) continue;
      complain(
        line,
        `${call?.name} waits for this I/O, which it began, and has returned in line ${returned}`,
      );
      return;
    }
  }
}

function waits({ name, flags = 0 }: CallArguments): boolean {
  return (
    /^(?:fsync|fdatasync|msync)$/.test(name) || (name === "sync_file_range" && (flags & WAIT_AFTER) !== 0)
  );
}

function* pagesOf({ from, to }: ByteRange): Generator<number> {
  for (let at = from - (from % PAGE); at < to; at += PAGE) yield at;
}
