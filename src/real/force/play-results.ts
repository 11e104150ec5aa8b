/** What operations give back on the model, and what its loads and reads see. */
import { Oracles } from "../../check/oracles.js";
import { Errno, LINUX_ERRNO } from "../../kernel/machine/errors.js";
import { boundaryByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { writeStart } from "../../kernel/paths/buffered-write.js";
import { byteOfValue } from "./end-state.js";
import type { Returned } from "./forced-moves.js";

/** Notes what each operation of the program gives back. */
export class Results extends Oracles {
  readonly returns: Returned[][] = [];
  /** What loads and reads have seen, by `THREAD OPERATION`. */
  readonly saw = new Map<string, [count: number, value: number][]>();

  override seen(k: Kernel, t: Thread, from: number, to: number): void {
    super.seen(k, t, from, to);
    // What a copy has seen, nobody is shown.
    if (t.index >= k.layout.programThreads || k.opOf(t).does.copies) return;
    const key = `${t.index} ${t.op}`;
    const runs = this.saw.get(key) ?? [];
    this.saw.set(key, runs);
    for (let c = from; c < to; c++) {
      const value = byteOfValue(k.folios.cell(c));
      const count = boundaryByte(k.g, c + 1) - startByte(k.g, c);
      const last = runs.at(-1);
      if (last?.[1] === value) last[0] += count;
      else runs.push([count, value]);
    }
  }

  override returned(k: Kernel, t: Thread, done: number, status: number): void {
    super.returned(k, t, done, status);
    if (t.index >= k.layout.programThreads) return;
    const { kind, does, from } = k.opOf(t);
    const isCounted = does.data === "copied" || does.copies || kind === "read";
    const start = does.copies ? from : writeStart(k, t);
    const bytes = isCounted ? boundaryByte(k.g, done) - startByte(k.g, start) : 0;
    const failed = status !== 0 && bytes <= 0;
    const value = status === Errno.SIGBUS ? "SIGBUS" : failed ? -(LINUX_ERRNO[status] ?? status) : bytes;
    this.returns[t.index]?.push(value);
  }
}
