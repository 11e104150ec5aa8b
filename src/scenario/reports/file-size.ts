/**
 * How large the file is while a report is read: one size as long as one thing is done after the other, else the smallest
 * and largest that there can be. Bytes.
 */
import { OPS } from "../../kernel/ops.js";
import { targetOf } from "../op-bytes.js";
import type { Op } from "../types.js";

export class FileSize {
  readonly #block: number;
  low = 0;
  /** Where nothing says what was there before, there is no largest. */
  high = Number.POSITIVE_INFINITY;

  constructor(block: number) {
    this.#block = block;
  }

  /** The one that it is; undefined where that depends on who comes first. */
  get known(): number | undefined {
    return this.low === this.high ? this.low : undefined;
  }

  get isTold(): boolean {
    return Number.isFinite(this.high);
  }

  /** It begins empty. */
  create(): void {
    this.low = 0;
    this.high = 0;
  }

  /** An operation is done; `isAlone`: nothing else runs beside it. */
  take(op: Op, isAlone: boolean): void {
    const [low, high] = [this.#behind(this.low, op), this.#behind(this.high, op)];
    this.low = isAlone ? low : Math.min(this.low, low, high);
    this.high = isAlone ? high : Math.max(this.high, high, low);
  }

  #behind(size: number, op: Op): number {
    const { grows, takes } = OPS[op.kind];
    const length = op.to - op.from;
    if (op.kind === "truncate") return op.to;
    if (op.faultAt === op.from) return size;
    if (takes === "length") return size + length;
    if (op.kind === "collapse" || op.kind === "insert") {
      const isMade = (op.from | length) % this.#block === 0;
      if (op.kind === "insert") return isMade && op.from < size ? size + length : size;
      return isMade && op.to < size ? size - length : size;
    }
    if (op.kind === "store" || op.keepSize === true || !grows || !Number.isFinite(op.to)) return size;
    const copied = Math.min(op.to, size) - op.from;
    if (op.target !== undefined) return copied > 0 ? Math.max(size, op.target + copied) : size;
    return Math.max(size, targetOf(op)?.to ?? op.to);
  }
}
