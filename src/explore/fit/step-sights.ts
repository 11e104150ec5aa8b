/**
 * What a kernel's trace would show of one step of the model, told from the state before and after it. Steps are fine: each
 * is what one label does.
 */
import { boundaryByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import { type Thread, WbFlag } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
import { IomapFlag } from "../../kernel/objects/iomap.js";
import type { RecordType, Sight } from "../../scenario/observed.js";

const TYPES: readonly RecordType[] = ["hole", "delalloc", "unwritten", "written"];

export interface StepSight {
  readonly sight: Sight;
  /** A trace may lack it: a map that was still cached gives none, and older kernels do not tell. */
  readonly isOptional?: boolean;
}

/** Bytes of blocks `[from, to)`. */
export function blockRange({ g }: Kernel, from: number, to: number): { from: number; to: number } {
  return { from: startByte(g, g.blockCell[from]!), to: boundaryByte(g, g.blockCell[to]!) };
}

export function recordAt(k: Kernel, block: number): { from: number; to: number; type: RecordType } {
  const range = blockRange(k, k.extents.recordStart(block), k.extents.recordEnd(block));
  return { ...range, type: TYPES[k.extents.type(block)]! };
}

/** Looks before a step and tells afterwards. */
export class StepSights {
  readonly #k: Kernel;
  readonly #present: Uint8Array;
  #t: Thread;
  #pc = 0;
  #block = 0;
  #at = 0;
  #end = 0;
  #status = 0;
  #type = 0;
  #record = { from: 0, to: 0 };
  #folio = { from: 0, to: 0 };
  #wbFlags = 0;
  #isStale = false;

  constructor(k: Kernel) {
    this.#k = k;
    this.#present = new Uint8Array(k.g.pages);
    this.#t = k.harness;
  }

  before(t: Thread): void {
    const { g, folios, extents } = this.#k;
    this.#t = t;
    this.#pc = t.pc;
    for (let p = 0; p < g.pages; p++) this.#present[p] = folios.has(p, FolioFlag.PRESENT) ? 1 : 0;
    const cell = this.#cell(t);
    this.#at = startByte(g, cell);
    this.#end = boundaryByte(g, t.end);
    this.#status = t.status;
    this.#wbFlags = t.wbFlags;
    this.#isStale = (t.mapFlags & IomapFlag.STALE) !== 0;
    this.#block = Math.min(cell >= g.cells ? g.blocks : g.cellBlock[cell]!, g.blocks - 1);
    this.#type = extents.type(this.#block);
    this.#record = isMapper(t.pc) ? recordAt(this.#k, this.#block) : { from: 0, to: 0 };
    if (t.pc === Pc.B_CLEAR_DIRTY) {
      const { wbPage } = t;
      this.#folio = {
        from: startByte(g, folios.firstCell(wbPage)),
        to: boundaryByte(g, folios.endCell(wbPage)),
      };
    } else if (t.pc === Pc.C_CONVERT) this.#folio = blockRange(this.#k, t.ioStart, t.ioEnd);
    else if (isLocker(t.pc) && t.mapEnd > 0) this.#folio = blockRange(this.#k, t.mapStart, t.mapEnd);
  }

  /** What the step has shown, in the order in which a trace would. */
  after(): readonly StepSight[] {
    const out: StepSight[] = [];
    const { g, folios } = this.#k;
    for (let p = 0; p < g.pages; p++) {
      const is = folios.has(p, FolioFlag.PRESENT) ? 1 : 0;
      if (is === this.#present[p]) continue;
      const at = startByte(g, g.pageCell[p]!);
      out.push({ sight: { what: is === 1 ? "page added" : "page dropped", at } });
    }
    const shown = this.#shown();
    if (shown !== undefined) out.push(shown);
    return out;
  }

  /** Cell that the step works at. */
  #cell(t: Thread): number {
    const { g } = this.#k;
    switch (t.pc) {
      case Pc.Z_BEGIN:
      case Pc.Z_BEGIN_NEXT:
        return t.zeroPos;
      case Pc.S_MKWRITE_BEGIN:
      case Pc.S_MKWRITE_NEXT:
        return g.blockCell[t.mkwriteBlock]!;
      case Pc.B_LOOKUP_FIRST:
      case Pc.B_LOOKUP:
      case Pc.B_CONVERT:
        return g.blockCell[t.wbBlock]!;
      default:
        return Math.min(t.pos, g.cells);
    }
  }

  #shown(): StepSight | undefined {
    const t = this.#t;
    switch (this.#pc) {
      case Pc.W_BEGIN:
      case Pc.W_BEGIN_NEXT:
        return this.#status === 0 ? this.#map(this.#end) : undefined;
      case Pc.S_MKWRITE_BEGIN:
      case Pc.S_MKWRITE_NEXT:
        return this.#map(undefined);
      case Pc.Z_BEGIN:
      case Pc.Z_BEGIN_NEXT:
        return this.#type === ExtentType.HOLE || t.pc === Pc.Z_CONVERT ? undefined : this.#map(undefined);
      case Pc.W_LOCK:
      case Pc.W_VALIDATE_EARLY:
        return !this.#isStale && (t.mapFlags & IomapFlag.STALE) !== 0 ? this.#stale() : undefined;
      case Pc.Z_LOCK:
        return t.pc === Pc.Z_BEGIN_NEXT ? this.#stale() : undefined;
      case Pc.B_CLEAR_DIRTY:
        return { sight: { what: "writeback of", ...this.#folio } };
      case Pc.B_LOOKUP_FIRST:
      case Pc.B_LOOKUP:
        return t.pc === Pc.B_CONVERT ? undefined : { sight: this.#writebackMap(false), isOptional: true };
      case Pc.B_CONVERT: {
        const failed = (t.wbFlags & ~this.#wbFlags & WbFlag.FAILED) !== 0;
        return failed || t.pc === Pc.B_CONVERT ? undefined : { sight: this.#writebackMap(true) };
      }
      case Pc.C_CONVERT:
        return { sight: { what: "conversion", ...this.#folio } };
      default:
        return undefined;
    }
  }

  #stale(): StepSight {
    return { sight: { what: "stale map", ...this.#folio }, isOptional: true };
  }

  #writebackMap(isNew: boolean): Sight {
    const { from, to } = this.#record;
    return { what: "writeback map", isNew, at: this.#at, from, to, type: TYPES[this.#type]! };
  }

  /** The new reservation alone, not what it has become one with; a fault's has gone with its map. */
  #reserved(): { from: number; to: number } {
    const k = this.#k;
    const { mapStart, mapEnd } = this.#t;
    if (mapEnd > 0) return blockRange(k, mapStart, mapEnd);
    return { from: blockRange(k, this.#block, this.#block + 1).from, to: -1 };
  }

  /** `end` is where what is asked for ends; undefined: the model does not say. */
  #map(end: number | undefined): StepSight {
    const k = this.#k;
    const isNew = this.#type === ExtentType.HOLE;
    if (isNew && k.extents.type(this.#block) === ExtentType.HOLE)
      return { sight: { what: "no space", at: this.#at } };
    const type = TYPES[isNew ? ExtentType.DELALLOC : this.#type]!;
    const record = isNew ? this.#reserved() : this.#record;
    return { sight: { what: "map", isNew, at: this.#at, end: end ?? -1, type, ...record } };
  }
}

function isMapper(pc: number): boolean {
  return (
    pc === Pc.W_BEGIN ||
    pc === Pc.W_BEGIN_NEXT ||
    pc === Pc.Z_BEGIN ||
    pc === Pc.Z_BEGIN_NEXT ||
    pc === Pc.S_MKWRITE_BEGIN ||
    pc === Pc.S_MKWRITE_NEXT ||
    pc === Pc.B_LOOKUP_FIRST ||
    pc === Pc.B_LOOKUP ||
    pc === Pc.B_CONVERT
  );
}

function isLocker(pc: number): boolean {
  return pc === Pc.W_LOCK || pc === Pc.W_VALIDATE_EARLY || pc === Pc.Z_LOCK;
}
