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

/** Where the k-th source page of a stopped write starts in the file, and up to where it reaches. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * The write cut into source pages, which is how far user space can steer it: at page boundaries, where its source
 * ends, at its stops; and, behind each stop, the last byte of the block there (the bell of real/export/c/writer_run_to.c).
 */
export function cutWrite(op: Op, stops: readonly number[], file: RealProgram["file"]): CutWrite {
  const bad = Math.min(op.faultAt ?? op.to, op.to);
  const cuts = new Set([op.from, op.to, bad]);
  for (let at = nextMultiple(op.from, file.page); at < op.to; at += file.page) cuts.add(at);
  for (const stop of stops) {
    const blockEnd = Math.min(nextMultiple(stop, file.block), op.to, bad);
    for (const at of [stop, Math.max(blockEnd - 1, stop), blockEnd]) cuts.add(at);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces = edges.slice(1).map((to, i) => ({ from: edges[i] ?? to, to }));
  return { pieces, readable: pieces.filter((piece) => piece.to <= bad).length };
}

export interface CutWrite {
  readonly pieces: readonly Piece[];
  /** How many of them the source has; the others are not mapped. */
  readonly readable: number;
}

const nextMultiple = (at: number, unit: number) => (Math.floor(at / unit) + 1) * unit;

const MAX_DATA_IDS = 250;

/** What keeps a program from being run on a real kernel, one sentence each; empty when nothing does. */
export function problemsOf(program: RealProgram): string[] {
  const problems: string[] = [];
  if (program.file.page !== 4096)
    problems.push(`A page of ${program.file.page} bytes: only 4096 can be forced.`);
  const ids = dataIds(program);
  if (ids.length > MAX_DATA_IDS)
    problems.push(`${ids.length} operations carry data, at most ${MAX_DATA_IDS} can.`);
  for (const { id } of opsOf(program).filter((op) => op.shortCopy !== undefined))
    problems.push(
      `${id}: a short copy can leave uninitialised page memory readable; programs that show it are not exported.`,
    );
  const known = new Set([...ids, "zero"]);
  let stops: readonly number[] = [];
  for (const action of program.actions) {
    if (action.do === "start") {
      if (stops.length > 0) problems.push(`${action.op.id} starts while another write is stopped (IOLOCK).`);
      problems.push(...stopProblems(action.op, action.stops, program.file));
      stops = action.stops;
    } else if (action.do === "resume") {
      if (stops.length === 0) problems.push("resume, but no write is stopped.");
      stops = stops.slice(1);
    } else if (action.do === "fail" || action.do === "kill" || action.do === "retry") {
      if (stops.length === 0) problems.push(`${action.do}, but no write is stopped.`);
      if (action.do !== "retry") stops = [];
    } else if (action.do === "op") {
      if (stops.length > 0 && OPS[action.op.kind].takesIolock)
        problems.push(`${action.op.id}: ${action.op.kind} waits for IOLOCK, which the stopped write holds.`);
    }
  }
  if (stops.length > 0) problems.push("A write is still stopped at the end.");
  for (const promise of allPromises(program))
    for (const id of promise.allowed) if (!known.has(id)) problems.push(`No operation writes ${id}.`);
  return problems;
}

function stopProblems(op: RealOp, stops: readonly number[], file: RealProgram["file"]): string[] {
  const problems: string[] = [];
  const { pieces, readable } = cutWrite(op, stops, file);
  stops.forEach((stop, i) => {
    const at = pieces.findIndex((piece) => piece.from === stop);
    if (stop <= (stops[i - 1] ?? -1)) problems.push(`${op.id}: stops must ascend.`);
    if (at < 0 || at >= readable || (stop !== op.from && stop % file.page !== 0))
      problems.push(`${op.id}: ${stop} is not where a readable source page of it starts.`);
    else if (stop > op.from && !hasBell(pieces, readable, at, file.block))
      problems.push(`${op.id}: a stop before a single byte cannot be forced on 6.6 and later.`);
  });
  return problems;
}

function hasBell(pieces: readonly Piece[], readable: number, at: number, block: number): boolean {
  const [first, second] = pieces.slice(at, readable).map((piece) => Math.floor(piece.from / block));
  return second !== undefined && first === second;
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

function opsOf({ setup, actions }: RealProgram): RealOp[] {
  return [...setup, ...actions.flatMap((action) => ("op" in action ? [action.op] : []))];
}
