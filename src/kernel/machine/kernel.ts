/**
 * One modelled machine: the flat state with its named views, the toggles of the kernel that runs, and the program.
 * Nothing that a schedule can change lives outside `s`; counters and traces beside it are only watched.
 */

import { Disk } from "../objects/disk.js";
import { ExtentType } from "../objects/extent-types.js";
import { Extents } from "../objects/extents.js";
import { Folios } from "../objects/folios.js";
import { LargeFolios } from "../objects/large-folios.js";
import { type LockOrder, makeLocks, type SharedLock } from "../objects/locks.js";
import type { Fixes } from "../versions/fixes.js";
import { Checks, checkIndex } from "./checks.js";
import { Choice, type Chooser, DEFAULT_CHOOSER } from "./choices.js";
import type { Judge } from "./events.js";
import { boundaryByte, type Geometry } from "./geometry.js";
import * as L from "./layout.js";
import { Global } from "./layout.js";
import { isInPipe, keepInPipe } from "./pipe.js";
import type { KernelOp, KernelProgram } from "./program.js";
import { CallFlag, Thread } from "./thread.js";
import { WINDOWS } from "./windows.js";

/** Receives what a step did, in words; set only while a trace is made. */
export interface Tracer {
  /** The thread is about to run the step of label `pc`. */
  step(t: Thread, pc: number): void;
  note(t: Thread, text: string): void;
}

export class Kernel {
  /** What cells, blocks and pages are in bytes. */
  readonly g: Geometry;
  readonly layout: L.Layout;
  /** The state: all that a schedule can change. */
  readonly s: L.StateArray;
  readonly folios: Folios;
  readonly extents: Extents;
  readonly disk: Disk;
  readonly iolock: SharedLock;
  readonly invalidate: SharedLock;
  readonly ilock: SharedLock;
  readonly lockOrder: LockOrder;
  /** In thread order: those of the program, kworkers, reclaim, the harness. */
  readonly threads: readonly Thread[];
  /** Those of `threads` that run the program, and those that complete an ioend each (idle while there is none). */
  readonly programThreads: readonly Thread[];
  readonly kworkers: readonly Thread[];
  /** From this one on kworkers are idle in all states that the machine comes to; most programs never need more than a few. */
  usedKworkers: number;
  /** Runs the setup, and after each schedule the drain (write back all, evict, compare): no schedule chooses it. */
  readonly harness: Thread;
  /** Times each window was entered since they were forgotten, and a number that changes whenever one of them does. */
  readonly windows = new Uint32Array(WINDOWS.length);
  entered = 0;
  /** Answers the choices of the step that runs. */
  chooser: Chooser = DEFAULT_CHOOSER;
  tracer: Tracer | null = null;
  /** Operations of the harness: setup or drain. */
  harnessOps: readonly KernelOp[];
  /** Off where the flusher is played by sync_file_range(), which makes one pass, whatever that leaves dirty. */
  flusherComesBack = true;
  /** The harness drains: its results are nobody's. */
  draining = false;

  /** With the toggles that are on; `fine`: every boundary is an interleaving point (--fine). */
  constructor(
    readonly program: KernelProgram,
    readonly fixes: Fixes,
    public judge: Judge<Kernel>,
    readonly fine = false,
  ) {
    this.g = program.geometry;
    this.layout = L.makeLayout(program, fixes);
    this.s = L.makeState(this.layout);
    const locks = makeLocks(this.s);
    this.iolock = locks.iolock;
    this.invalidate = locks.invalidate;
    this.ilock = locks.ilock;
    this.lockOrder = locks.order;
    this.folios =
      fixes.writeLargeFolios || fixes.dirtyPerBlock
        ? new LargeFolios(this.s, this.g, this.layout, this.lockOrder, fixes)
        : new Folios(this.s, this.g, this.layout, this.lockOrder);
    this.disk = new Disk(this.s, this.g, this.layout);
    this.extents = new Extents(this.s, this.g, this.layout, this.disk, program);
    this.threads = this.layout.threads.map((registers, i) => new Thread(this.s, registers, i));
    const { programThreads, reclaim } = this.layout;
    this.programThreads = this.threads.slice(0, programThreads);
    this.kworkers = this.threads.slice(programThreads, reclaim);
    this.usedKworkers = this.kworkers.length;
    this.harness = this.threads[this.layout.harness]!;
    this.harnessOps = program.setup;
    this.isize = program.initialSize;
    this.diskSize = program.initialSize;
    this.s[Global.FAULT_CAP] = program.faultCap ?? L.BYTE_LIMIT;
  }

  /** i_size, a cell boundary: 0 to `g.cells`. */
  get isize(): number {
    return this.s[Global.ISIZE]!;
  }
  set isize(cells: number) {
    if (Checks.ON) checkIndex("i_size", cells, this.g.cells + 1);
    this.s[Global.ISIZE] = cells;
  }
  /** i_disk_size, a cell boundary. */
  get diskSize(): number {
    return this.s[Global.DISK_SIZE]!;
  }
  set diskSize(cells: number) {
    if (Checks.ON) checkIndex("i_disk_size", cells, this.g.cells + 1);
    this.s[Global.DISK_SIZE] = cells;
  }
  /** What is left of the budget of a fault. */
  budget(kind: Choice): number {
    return this.s[Global.BUDGET + kind]!;
  }

  /** The operation that a program thread or the harness is in. */
  opOf(t: Thread): KernelOp {
    return t.index === this.layout.harness ? this.harnessOps[t.op]! : this.program.threads[t.index]![t.op]!;
  }
  /** The open file description that a program thread or the harness uses. */
  descriptionOf(t: Thread): number {
    return this.program.descriptions?.[t.index] ?? 0;
  }
  /** Whether the thread does its operations again and again. */
  repeats(t: Thread): boolean {
    return this.program.repeats?.[t.index] === true;
  }
  /** How many operations the thread has. */
  opCount(t: Thread): number {
    return t.index === this.layout.harness ? this.harnessOps.length : this.program.threads[t.index]!.length;
  }

  /** Asks for one of `options`; a forced choice asks nobody. */
  choose(kind: Choice, options: number): number {
    return options < 2 ? 0 : this.chooser.choose(kind, options);
  }
  /** A fault of the environment with `options` outcomes (0: none), while its budget lasts. */
  fault(kind: Choice, options: number): number {
    if (options < 2 || this.s[Global.BUDGET + kind] === 0 || this.s[Global.FAULT_CAP] === 0) return 0;
    const value = this.chooser.choose(kind, options);
    if (value !== 0) {
      this.s[Global.BUDGET + kind]!--;
      if (this.program.faultCap !== undefined) this.s[Global.FAULT_CAP]!--;
    }
    return value;
  }

  /** Counts that the run entered a window, by its number in windows.ts. */
  reach(window: number): void {
    this.windows[window]!++;
    this.entered++;
  }

  /** From now on windows are counted from 0. */
  forgetWindows(): void {
    this.windows.fill(0);
    this.entered++;
  }

  /** Tells the trace what the step did. Texts that cost time are made only when there is a tracer. */
  note(t: Thread, text: string): void {
    this.tracer?.note(t, text);
  }

  /** Cells `[from, to)` as bytes for a note: `4096..8192`. */
  bytes(from: number, to: number): string {
    return `${this.g.cellStart[from]}..${boundaryByte(this.g, to)}`;
  }
  /** Blocks `[from, to)` likewise. */
  blockBytes(from: number, to: number): string {
    return this.bytes(this.g.blockCell[from]!, this.g.blockCell[to]!);
  }

  /** The page that holds a cell; the page past the last for the end of the file's model. */
  pageOfCell(cell: number): number {
    return cell >= this.g.cells ? this.g.pages : this.g.cellPage[cell]!;
  }
  /** The block that holds a cell; the block past the last for the end of the file's model. */
  blockOfCell(cell: number): number {
    return cell >= this.g.cells ? this.g.blocks : this.g.cellBlock[cell]!;
  }
  /** First block that starts at or after a cell boundary. */
  blockRoundUp(cell: number): number {
    return cell === 0 ? 0 : this.g.cellBlock[cell - 1]! + 1;
  }
  /** First page that starts at or after a cell boundary. */
  pageRoundUp(cell: number): number {
    return cell === 0 ? 0 : this.g.cellPage[cell - 1]! + 1;
  }

  /** What a read of the cell through the extent tree gives: disk where written, else zero. */
  throughExtents(cell: number): number {
    return this.extents.type(this.g.cellBlock[cell]!) === ExtentType.WRITTEN ? this.disk.cell(cell) : 0;
  }

  /** Grants the budgets of the program: setup runs without faults. */
  grantBudgets(): void {
    for (let i = 0; i < this.program.budget.length; i++) this.s[Global.BUDGET + i] = this.program.budget[i]!;
  }
  /** Leaves no fault: the drain runs without. */
  withdrawBudgets(): void {
    for (let i = 0; i < this.program.budget.length; i++) this.s[Global.BUDGET + i] = 0;
  }
  /** Pages that reclaim may still take. */
  get evictionsLeft(): number {
    return this.s[Global.BUDGET + Choice.EVICT]!;
  }

  /** Whether reclaim and invalidation can drop the folio that starts at the page: nobody uses it or has a reference to it. */
  isEvictable(page: number): boolean {
    return this.folios.isEvictable(page) && !this.#isReferenced(page);
  }

  /**
   * A fault that has found the folio holds on to it until it is mapped, a writeback pass while it goes through what it looked up,
   * and the pipe of a copy until what was read is written.
   */
  #isReferenced(page: number): boolean {
    const end = this.folios.end(page);
    const threads = this.programThreads;
    for (let i = 0; i < threads.length; i++) {
      const t = threads[i]!;
      for (let p = page; p < end; p++) if (t.inBatch(p)) return true;
      if (isInPipe(this, t, page, end)) return true;
      if (!t.hasFlag(CallFlag.FAULTED)) continue;
      const faulted = this.pageOfCell(t.pos);
      if (faulted >= page && faulted < end) return true;
    }
    return false;
  }

  /** The folio that holds the page leaves the page cache, whoever holds on to it: a pass does not take the next one there for it. */
  dropFolio(page: number): void {
    const head = this.folios.head(page);
    const end = this.folios.end(page);
    for (let i = 0; i < this.programThreads.length; i++) {
      const t = this.programThreads[i]!;
      for (let p = head; p < end; p++) t.leaveBatch(p);
      keepInPipe(this, t, head, end);
    }
    this.folios.remove(page);
  }

  /** Whether a writer's cached map covers one of blocks `[from, to)` and was taken for delalloc or unwritten (for windows). */
  coveredByWriteMap(from: number, to: number): boolean {
    const threads = this.programThreads;
    for (let i = 0; i < threads.length; i++) {
      const t = threads[i]!;
      if (
        t.mapEnd > from &&
        t.mapStart < to &&
        (t.mapType === ExtentType.DELALLOC || t.mapType === ExtentType.UNWRITTEN)
      )
        return from < to;
    }
    return false;
  }
}
