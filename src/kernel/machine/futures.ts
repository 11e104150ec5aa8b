/**
 * What a thread may still read and write in all that it can do from now on, whatever the others do: its remaining
 * operations and the ioends that they submit. An upper bound, made of the same bits as touches.ts, and exact only
 * where every block of the file has a real extent that nobody will take away: nothing is reserved, allocated,
 * punched or discarded then, and the paths that declare to touch everything are out of reach.
 */

import { ExtentType } from "../objects/extent-types.js";
import type { Kernel } from "./kernel.js";
import { Pc } from "./labels.js";
import {
  BUDGET_DEVICE_ERROR,
  BUDGET_FATAL_SIGNAL,
  BUDGET_RESERVATION_FAILURE,
  BUDGET_SHORT_COPY,
  type KernelOp,
} from "./program.js";
import { CallFlag, IoendFlag, type Thread } from "./thread.js";
import {
  BUDGET,
  DISK_SIZE,
  diskBit,
  EVICTIONS,
  EXTENTS,
  extentBit,
  folioBit,
  INVALIDATE,
  IOENDS,
  IOLOCK,
  ISIZE,
  pagesBits,
  SEQ,
  type TouchSet,
  UNDEFINED,
  WB_ERROR,
} from "./touches.js";

/** Labels at which a thread can stand while its operation keeps to the bounds given here. */
const PLAIN: ReadonlySet<number> = new Set([
  Pc.W_IOLOCK,
  Pc.W_BEGIN_NEXT,
  Pc.W_COOKIE,
  Pc.W_FAULT_IN,
  Pc.W_LOCK,
  Pc.W_COPY,
  Pc.S_FAULT,
  Pc.S_MKWRITE,
  Pc.S_MKWRITE_NEXT,
  Pc.S_STORE,
  Pc.L_FAULT,
  Pc.L_LOAD,
  Pc.B_START,
  Pc.B_NEXT,
  Pc.B_LOOKUP,
  Pc.B_LOOKUP_FIRST,
  Pc.E_PAGE,
]);

const UNMAPPING: ReadonlySet<string> = new Set(["truncate", "punch", "zero"]);

/** Whether ioends can run out: they cannot where each has a block under writeback that no other can take. */
export function ioendsAreScarce(k: Kernel): boolean {
  return !k.fixes.completeBeforeEndWriteback || k.layout.kworkers < k.g.blocks;
}

export class Futures {
  readonly #k: Kernel;
  readonly #scarce: boolean;
  /** Per program thread the index of its last operation that takes extents away; -1 when there is none. */
  readonly #lastUnmapping: Int32Array;
  /** Of the state looked at last: see above. */
  #settled = false;
  /** Extent bits of pages with unwritten blocks. */
  #unwritten = 0;

  constructor(k: Kernel) {
    this.#k = k;
    this.#scarce = ioendsAreScarce(k);
    this.#lastUnmapping = Int32Array.from(k.program.threads, (ops) =>
      ops.findLastIndex((op) => UNMAPPING.has(op.kind)),
    );
  }

  /** Looks at the state as it is; the other methods are about that state. */
  look(): void {
    const { extents, folios, g } = this.#k;
    this.#settled = this.#keepsExtents();
    this.#unwritten = 0;
    for (let b = 0; b < g.blocks; b++) {
      const type = extents.type(b);
      if (type === ExtentType.UNWRITTEN) this.#unwritten |= extentBit(folios.pageOf(b));
      else if (type !== ExtentType.WRITTEN) this.#settled = false;
    }
  }

  #keepsExtents(): boolean {
    const { threads } = this.#k;
    for (let i = 0; i < this.#lastUnmapping.length; i++) {
      const t = threads[i]!;
      if (t.pc !== Pc.DONE && t.op <= this.#lastUnmapping[i]!) return false;
    }
    return true;
  }

  /** Adds what thread `index` may touch: a program thread with the ioends that it builds, a kworker, reclaim. */
  of(index: number, set: TouchSet): void {
    const k = this.#k;
    const { layout } = k;
    const t = k.threads[index]!;
    if (index === layout.reclaim) {
      if (k.evictionsLeft > 0) set.write(EVICTIONS | pagesBits(folioBit, 0, k.g.pages));
    } else if (index >= layout.programThreads) this.#ioend(t, set);
    else this.#program(t, set);
    if (k.fixes.writeLargeFolios) set.spread();
  }

  #program(t: Thread, set: TouchSet): void {
    if (t.pc === Pc.DONE) return;
    const k = this.#k;
    const ops = k.program.threads[t.index]!;
    if (PLAIN.has(t.pc)) this.#operation(t, ops[t.op]!, t.pos, set);
    else set.all();
    for (let i = t.op + 1; i < ops.length; i++) this.#operation(undefined, ops[i]!, ops[i]!.from, set);
    for (let i = 0; i < k.layout.kworkers; i++) {
      const worker = k.threads[k.layout.programThreads + i]!;
      if (worker.owner === t.index + 1) this.#ioend(worker, set);
    }
  }

  /** One operation from cell `pos` on; `t` when it is the one that the thread is in. */
  #operation(t: Thread | undefined, op: KernelOp, pos: number, set: TouchSet): void {
    if (op.kind === "write") this.#write(t, op, pos, set);
    else if (op.kind === "store" || op.kind === "load") this.#access(op, pos, set);
    else if (op.kind === "writeback") this.#writeback(t, op, set);
    else if (op.kind === "evict" || op.kind === "fadvise") {
      if (pos < op.to) set.write(this.#folios(pos, op.to));
      set.read(ISIZE);
    } else set.all();
  }

  #write(t: Thread | undefined, op: KernelOp, pos: number, set: TouchSet): void {
    const k = this.#k;
    const mayBeShort =
      (op.faultAt > pos && op.faultAt < op.to) || op.shortCopy >= 0 || k.budget(BUDGET_SHORT_COPY) > 0;
    const grows = pos > k.isize || op.to > k.isize;
    const hasNew =
      t !== undefined && (t.mapType === ExtentType.DELALLOC || t.hasFlag(CallFlag.CLEARED_SPACE));
    if (!this.#settled || mayBeShort || grows || hasNew || k.budget(BUDGET_RESERVATION_FAILURE) > 0) {
      set.all();
      return;
    }
    set.write(IOLOCK | UNDEFINED);
    set.read(EXTENTS | SEQ | ISIZE);
    if (k.isize < k.g.cells) set.write(this.#folios(k.isize, k.g.cells));
    if (k.budget(BUDGET_FATAL_SIGNAL) > 0) set.write(BUDGET);
    if (op.faultAt <= pos) return;
    const last = k.pageRoundUp(op.to);
    set.write(pagesBits(folioBit, k.g.cellPage[pos]!, last));
    set.read(pagesBits(diskBit, k.g.cellPage[pos]!, last));
  }

  #access(op: KernelOp, pos: number, set: TouchSet): void {
    const k = this.#k;
    const first = k.g.cellPage[pos]!;
    const last = k.pageRoundUp(op.to);
    set.write(pagesBits(folioBit, first, last));
    set.read(pagesBits(diskBit, first, last) | EXTENTS | SEQ | ISIZE | UNDEFINED | INVALIDATE);
    if (op.kind === "load") return;
    if (k.g.blocksPerPage > 1 || k.fixes.writeLargeFolios) set.write(INVALIDATE);
    if (!this.#settled) set.write(EXTENTS | SEQ);
    if (k.budget(BUDGET_RESERVATION_FAILURE) > 0) set.write(BUDGET);
  }

  #writeback(t: Thread | undefined, op: KernelOp, set: TouchSet): void {
    const k = this.#k;
    if (!this.#settled || !k.fixes.seqBumpOnConvert) {
      set.all();
      return;
    }
    // A large folio is written back as a whole, also where it sticks out of the range.
    const large = k.fixes.writeLargeFolios;
    const begun = t !== undefined && t.pc !== Pc.B_START;
    const first = large ? 0 : begun ? t.wbPage : k.pageOfCell(op.from);
    const last = large ? k.g.pages : k.pageRoundUp(op.to);
    set.write(pagesBits(folioBit, first, last) | pagesBits(diskBit, first, last));
    const extents = pagesBits(extentBit, first, last);
    set.read(extents | ISIZE | DISK_SIZE);
    if ((extents & this.#unwritten) !== 0) set.write((extents & this.#unwritten) | SEQ);
    if (k.g.pageCell[last]! > k.diskSize) set.write(DISK_SIZE);
    this.#completion(set);
  }

  /** A kworker: what is left of its ioend. */
  #ioend(t: Thread, set: TouchSet): void {
    const k = this.#k;
    if (t.pc === Pc.DONE) return;
    const first = k.folios.pageOf(t.ioStart);
    const last = k.folios.pageOf(t.ioEnd - 1) + 1;
    set.write(pagesBits(folioBit, first, last));
    set.read(ISIZE);
    if (t.pc === Pc.C_ENDIO) set.write(pagesBits(diskBit, first, last));
    if (t.hasFlag(IoendFlag.ERROR)) set.write(WB_ERROR);
    this.#completion(set);
    if (t.pc === Pc.C_FINISH && k.fixes.completeBeforeEndWriteback) return;
    set.read(DISK_SIZE);
    if (t.mapType === ExtentType.UNWRITTEN) set.write(pagesBits(extentBit, first, last) | SEQ);
    if (t.mapType === ExtentType.UNWRITTEN || t.hasFlag(IoendFlag.APPEND | IoendFlag.QUEUED))
      set.write(DISK_SIZE);
  }

  /** What any completion may touch. */
  #completion(set: TouchSet): void {
    if (this.#k.budget(BUDGET_DEVICE_ERROR) > 0) set.write(BUDGET | WB_ERROR);
    if (this.#scarce) set.write(IOENDS);
  }

  #folios(from: number, to: number): number {
    return pagesBits(folioBit, this.#k.g.cellPage[from]!, this.#k.pageRoundUp(to));
  }
}
