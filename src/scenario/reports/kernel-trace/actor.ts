/** One who calls in a trace: its operations so far, and what the next events of its call belong to. */
import type { ObservedEvent } from "../../observed.js";
import type { Op } from "../../types.js";
import type { TraceLine } from "./trace-lines.js";

export interface Call {
  readonly name: string;
  readonly line: TraceLine;
  /** Index of its operation, when some event of the inode has told of it. */
  op?: number;
}

export class Actor {
  readonly ops: Op[] = [];
  readonly events: ObservedEvent[] = [];
  call: Call | undefined;
  /** Whose maps the next events tell of: a reader's or a writer's. */
  side: "read" | "write" = "write";
  fault: "load" | "store" | undefined;
  /** The last operation still grows by what is seen. */
  grows: "read" | "evict" | "pass" | undefined;

  constructor(
    readonly name: string,
    readonly isKernels: boolean,
  ) {}

  push(op: Op, grows?: Actor["grows"]): number {
    this.grows = grows;
    return this.ops.push(op) - 1;
  }

  /** The last operation reaches as far as `to`, too. */
  grow(from: number, to: number): void {
    const last = this.ops.at(-1);
    if (last === undefined) return;
    this.ops[this.ops.length - 1] = { ...last, from: Math.min(last.from, from), to: Math.max(last.to, to) };
  }
}
