/**
 * The pipe of a copy, as a kernel's has it: pages that were read and are not yet written, held until they are. A cell of it is
 * what the page cache has while its page is there, until it is copied; and what that had last when the page has left it.
 */
import type { Folios } from "../objects/folios.js";
import type { Geometry } from "./geometry.js";
import { Pc } from "./labels.js";
import type { StateArray } from "./layout.js";
import type { KernelOp, KernelProgram } from "./program.js";
import type { Thread } from "./thread.js";

/** A kernel. */
interface Machine {
  readonly s: StateArray;
  readonly g: Geometry;
  readonly folios: Folios;
  readonly program: KernelProgram;
  opOf(t: Thread): KernelOp;
}

/** Whose page is in the page cache: this and what follows are no Values. One that is copied has its Value added to it, and 1. */
const inCache = (k: Machine): number => k.program.values;

/** The copy that the thread is in. */
function copyOf(k: Machine, t: Thread): KernelOp | undefined {
  if (t.pipeCells === 0 || t.pc === Pc.DONE || t.pc === Pc.LAP) return undefined;
  const op = k.opOf(t);
  return op.does.copies ? op : undefined;
}

/** The read got cells `[from, to)` out of the page cache. */
export function toPipe(k: Machine, t: Thread, from: number, to: number): void {
  const at = t.pipe - k.opOf(t).from;
  k.s.fill(inCache(k), at + from, at + to);
}

/** The Value that the pipe has for cell `cell` of the target. */
export function fromPipe(k: Machine, t: Thread, cell: number): number {
  const { from, target } = k.opOf(t);
  const at = t.pipe + cell - target;
  return k.s[at] === inCache(k) ? k.folios.cell(cell - target + from) : valueIn(k, at);
}

/** Cell `cell` of the target has got what the pipe had for it, whatever is stored into the source from now on. */
export function copied(k: Machine, t: Thread, cell: number): void {
  const at = t.pipe + cell - k.opOf(t).target;
  if (k.s[at] === inCache(k)) k.s[at] = inCache(k) + 1 + fromPipe(k, t, cell);
}

const valueIn = (k: Machine, at: number): number => {
  const value = k.s[at]!;
  return value > inCache(k) ? value - inCache(k) - 1 : value;
};

/** What was read of the source up to cell `to` is written, or given up. */
export function emptyPipe(k: Machine, t: Thread, to: number): void {
  k.s.fill(0, t.pipe, t.pipe + to - k.opOf(t).from);
}

/** Cells `[startOf(page), endOf(end))` of the source lie in pages `[page, end)`. */
const startOf = (k: Machine, { from }: KernelOp, page: number): number => Math.max(from, k.g.pageCell[page]!);
const endOf = (k: Machine, { to }: KernelOp, end: number): number => Math.min(to, k.g.pageCell[end]!);

/** Whether the thread's pipe has some of pages `[page, end)`. */
export function isInPipe(k: Machine, t: Thread, page: number, end: number): boolean {
  const op = copyOf(k, t);
  if (op === undefined) return false;
  const to = endOf(k, op, end);
  for (let c = startOf(k, op, page); c < to; c++) if (k.s[t.pipe + c - op.from]! >= inCache(k)) return true;
  return false;
}

/** Pages `[page, end)` leave the page cache; the pipe keeps them. */
export function keepInPipe(k: Machine, t: Thread, page: number, end: number): void {
  const op = copyOf(k, t);
  if (op === undefined) return;
  const to = endOf(k, op, end);
  for (let c = startOf(k, op, page); c < to; c++) {
    const at = t.pipe + c - op.from;
    k.s[at] = k.s[at] === inCache(k) ? k.folios.cell(c) : valueIn(k, at);
  }
}
