/**
 * What nobody will read before it is written, set to zero, so that states which differ in nothing else are one. Only for
 * plain programs (plain-programs.ts), and as follows from them:
 *
 * - What is on disk below a folio that is dirty, and so uptodate: it is one block. Nothing drops the folio or reads its block until writeback has
 *   cleaned it; then it writes the block, of which nothing is read until the I/O has ended, or finds a hole, which is not
 *   read either and whose next allocation brings what it brings.
 * - Of a write between lookup and folio lock, how far its last pass went, where its map begins, and, once it has got
 *   somewhere under this map, from where: that it has is all that counts. When its map is stale, which it will find before it
 *   touches the folio (where maps are not compared, none is ever marked stale), all else of the map, unless a reservation is to be
 *   given back.
 * - Of a write that is about to copy, the same, and all of the map in the last pass under it.
 * - Of an ioend over written extents, that the device has yet to take its bytes: it has them.
 * - When reclaim can take no more, that a pass of writeback holds on to pages which it has been at.
 */
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { Cookie, IomapFlag } from "../../kernel/objects/iomap.js";
import { Value } from "../../kernel/objects/values.js";
import type { Engine } from "../run/engine.js";

export class DeadValues {
  readonly #engine: Engine;
  readonly #writers: readonly Thread[];
  readonly #passes: readonly Thread[];
  /** Where the program counters of kworkers and of those that write lie in the state, and where pages' cells begin on disk. */
  readonly #kworkerPcs: Int32Array;
  readonly #writerPcs: Int32Array;
  readonly #diskOf: Int32Array;
  /** Folios are taken by other means than reclaim. */
  readonly #evicts: boolean;
  /** A pass that finds its map stale goes on, whether or not it got anywhere. */
  readonly #remaps: boolean;

  /** For a plain program. */
  constructor(engine: Engine) {
    const { k } = engine;
    this.#engine = engine;
    this.#writers = k.programThreads.filter((_, i) =>
      k.program.threads[i]!.some(({ does }) => does.data === "copied"),
    );
    this.#kworkerPcs = Int32Array.from(k.kworkers, ({ index }) => engine.pcAt[index]!);
    this.#writerPcs = Int32Array.from(this.#writers, ({ index }) => engine.pcAt[index]!);
    this.#passes = k.programThreads.filter((t) => t.wb !== k.layout.spare);
    this.#evicts = k.program.threads.some((ops) => ops.some(({ kind }) => kind === "evict"));
    this.#diskOf = Int32Array.from(k.g.pageCell, (cell) => k.layout.disk + cell);
    this.#remaps = !k.fixes.validate || k.fixes.remapOnZeroProgress;
  }

  /** Clears what is dead in the state as it is. */
  clear(): void {
    const { k } = this.#engine;
    const { s } = k;
    const { folioFlags } = k.layout;
    const kworkerPcs = this.#kworkerPcs;
    for (let i = 0; i < kworkerPcs.length; i++)
      if (s[kworkerPcs[i]!] === Pc.C_ENDIO && isWritten(k.kworkers[i]!)) this.#sent(k.kworkers[i]!);
    const diskOf = this.#diskOf;
    for (let p = 0, { pages } = k.g; p < pages; p++) {
      if ((s[folioFlags + p]! & FolioFlag.DIRTY) === 0) continue;
      for (let at = diskOf[p]!, end = diskOf[p + 1]!; at < end; at++) s[at] = 0;
    }
    const writerPcs = this.#writerPcs;
    for (let i = 0; i < writerPcs.length; i++) {
      const pc = s[writerPcs[i]!]!;
      if (pc === Pc.W_FAULT_IN) this.#beforeLock(this.#writers[i]!);
      else if (pc === Pc.W_COPY) this.#beforeCopy(this.#writers[i]!);
    }
    if (k.evictionsLeft > 0 || this.#evicts) return;
    for (let i = 0; i < this.#passes.length; i++) {
      const t = this.#passes[i]!;
      for (let p = 0; p < t.wbPage; p++) t.leaveBatch(p);
    }
  }

  /** The device takes the bytes of an ioend, unless that is a finding. */
  #sent(t: Thread): void {
    const { g, folios, disk } = this.#engine.k;
    const from = g.blockCell[t.ioStart]!;
    const to = g.blockCell[t.ioEnd]!;
    for (let c = from; c < to; c++) if (folios.cell(c) === Value.UNINITIALISED) return;
    for (let c = from; c < to; c++) disk.write(c, folios.cell(c));
    t.pc = Pc.C_FINISH;
    t.mapType = 0;
  }

  #beforeLock(t: Thread): void {
    const { k } = this.#engine;
    const gives = givesBack(t);
    const block = k.g.cellBlock[t.pos]!;
    t.chunkEnd = 0;
    t.mapStart = block;
    // Of one that got somewhere it is 0 since the copy.
    if (this.#remaps && !gives) t.iterPos = 0;
    if (t.cookie !== Cookie.BUMPED || gives) return;
    t.mapType = ExtentType.HOLE;
    t.mapEnd = block + 1;
  }

  #beforeCopy(t: Thread): void {
    const { g } = this.#engine.k;
    // What is copied is accepted: that is progress.
    t.iterPos = 0;
    if (t.chunkEnd >= t.end || t.chunkEnd >= g.blockCell[t.mapEnd]!) {
      t.clearMap();
      return;
    }
    t.mapStart = g.cellBlock[t.pos]!;
    if (t.cookie === Cookie.BUMPED && !givesBack(t)) t.mapType = ExtentType.HOLE;
  }
}

/** Of an ioend at its start. */
function isWritten(t: Thread): boolean {
  return t.flags === 0 && t.mapType === ExtentType.WRITTEN;
}

/** The map is a reservation, of which the write gives back what it has not used when the map turns out to be stale. */
function givesBack(t: Thread): boolean {
  return t.mapType === ExtentType.DELALLOC && (t.mapFlags & IomapFlag.NEW) !== 0;
}
