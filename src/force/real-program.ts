/**
 * A schedule that user space can force on a real kernel, as plain data: what is done alone beforehand, the write
 * that is stopped where its source page faults in (after ->iomap_begin has cached the map, before the folio is
 * locked), what is done meanwhile, how the write goes on, and which bytes the operations promise at the end.
 * Whoever makes one (the explorer, the fuzzer, a test) needs to know nothing about C, and export-c.ts nothing
 * about the model.
 */
import { OPS } from "../kernel/ops.js";
import type { Op } from "../scenario/types.js";

/** An operation with the name of its data: `setup.2`, `writer.0`. */
export type RealOp = Op & { readonly id: string };

/** Bytes `[from, to)` hold the data of one of these operations, or `zero`. */
export interface RealPromise {
  readonly from: number;
  readonly to: number;
  readonly allowed: readonly string[];
}

export type RealAction =
  /** Start the write in a process of its own and let it run to its first stop; to its end when `stops` is empty.
   * A stop is a file offset: everything of the write below it has been written, the page at it has not been
   * looked up yet. It is the start of the write or a page boundary inside it. */
  | { readonly do: "start"; readonly op: RealOp; readonly stops: readonly number[] }
  /** Let the stopped write run to its next stop, or to its end. */
  | { readonly do: "resume" }
  /** Nothing can be copied at the stop: the write looks its page up (and drops a stale map, and maps again), copies
   * nothing, and stops there once more. */
  | { readonly do: "retry" }
  /** The source becomes unreadable at the stop: EFAULT or a short write. */
  | { readonly do: "fail" }
  /** SIGKILL while the write is stopped. */
  | { readonly do: "kill" }
  /** An operation by the process that watches (never the writer's). A load may say what it must see. */
  | { readonly do: "op"; readonly op: RealOp; readonly expect?: readonly RealPromise[] }
  /** Allocate all free space of the file system, so that the next reservation gets ENOSPC. */
  | { readonly do: "fill-space" };

export interface RealProgram {
  readonly name: string;
  readonly token?: string | undefined;
  /** The race in two columns, for the header comment. */
  readonly race: readonly string[];
  readonly file: { readonly size: number; readonly block: number; readonly page: number };
  readonly setup: readonly RealOp[];
  /** Threads that opened the file themselves; absent: all share the description of the setup. */
  readonly ownFds?: readonly string[];
  readonly actions: readonly RealAction[];
  readonly expected: readonly RealPromise[];
}

/** Those for the end, and those of what is read meanwhile. */
export function allPromises(program: RealProgram): RealPromise[] {
  return [
    ...program.expected,
    ...program.actions.flatMap((action) => (action.do === "op" ? (action.expect ?? []) : [])),
  ];
}

/** The operations that put data into the file, in program order; the n-th one writes bytes of value n + 1. */
export function dataIds(program: RealProgram): string[] {
  const ops = opsOf(program).filter((op) => OPS[op.kind].data !== "none");
  return [...new Set(ops.map((op) => op.id))];
}

export function opsOf({ setup, actions }: RealProgram): RealOp[] {
  return [...setup, ...actions.flatMap((action) => ("op" in action ? [action.op] : []))];
}
