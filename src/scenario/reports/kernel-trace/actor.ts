/** One who calls in a trace: its operations so far, and what the next events of its call belong to. */
import type { ObservedEvent } from "../../observed.js";
import type { ByteRange, Op } from "../../types.js";
import { fieldsOf } from "./sights.js";
import type { TraceLine } from "./trace-lines.js";

export interface Call {
  readonly name: string;
  readonly line: TraceLine;
  /** Index of its operation, when some event of the inode has told of it. */
  op?: number;
  /** Of copy_file_range(): where it reads the file. */
  source?: number;
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

  /** copy_file_range() reads a piece, and writes it: the first of each say from where to where. Another file's data is written. */
  copies(isWrite: boolean, { from, to }: ByteRange): void {
    const { call } = this;
    if (call === undefined || call.op !== undefined) return;
    this.grows = undefined;
    if (!isWrite) call.source ??= from;
    else if (call.source === undefined) call.op = this.push({ kind: "write", from, to });
    else {
      const length = fieldsOf("sys_", call.line.fields).number("len") ?? to - from;
      const source = { from: call.source, to: call.source + length };
      call.op = this.push({ kind: "copy_range", ...source, target: from });
    }
  }

  /** Such a call reads what is not cached yet: with readahead, which is a read of its own. */
  get readsForCopy(): boolean {
    return this.call?.source !== undefined && this.call.op === undefined && this.grows !== "read";
  }
}
