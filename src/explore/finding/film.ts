/**
 * A run as a film: the state of the machine before its first step and after each, as plain data for pictures.
 */

import { boundaryByte, cellOfBlock, pageByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import { folioWords } from "../../kernel/objects/folio-words.js";
import { BlockFlag, FolioFlag } from "../../kernel/objects/folios.js";
import { HELD_FOLIO, LOCK_MODE_NAMES } from "../../kernel/objects/locks.js";
import { labelAt } from "../../kernel/paths/index.js";
import { functionAt } from "../../kernel/paths/step-names.js";
import { ThreadNames } from "../pin/thread-names.js";
import type { Engine } from "../run/engine.js";
import type { Subject } from "../run/subject.js";
import type { Strategy } from "../strategies/strategy.js";
import { type Trace, traceRun } from "./trace.js";

/** Bytes `[from, to)` that have one value. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** A thread between two steps. */
export interface Standing {
  readonly name: string;
  /** The kernel function that it runs next; undefined when it has finished. */
  readonly next: string | undefined;
  /** `IOLOCK exclusive`, `folio lock`. */
  readonly held: readonly string[];
  /** Page of the folio lock that it holds, bytes. */
  readonly folio: number | undefined;
  /** It cannot run: it waits for a lock, for I/O, or to be born. */
  readonly waits: boolean;
}

/** The machine between two steps; offsets and sizes in bytes. */
export interface Frame {
  readonly size: number;
  readonly diskSize: number;
  /** By ExtentType; holes too. */
  readonly extents: readonly Span[];
  /** By Value, where the page cache is uptodate. */
  readonly cache: readonly Span[];
  /** By Value, where an extent is written. */
  readonly disk: readonly Span[];
  readonly folios: readonly {
    readonly from: number;
    readonly to: number;
    readonly words: readonly string[];
  }[];
  /** The maps that calls hold, by ExtentType. */
  readonly maps: readonly (Span & { readonly thread: string })[];
  readonly threads: readonly Standing[];
}

export interface Film {
  readonly trace: Trace;
  /** Before the first step, and after each. */
  readonly frames: readonly Frame[];
  /** Bytes of each cell, ascending; there is a gap where pages are left out. */
  readonly cells: readonly (readonly [from: number, to: number])[];
  /** What the data values from FIRST_DATA on are called: `setup.2`. */
  readonly dataNames: readonly string[];
}

/** Makes a run under `strategy` and films it; the verdict stands in the engine. */
export function filmRun(subject: Subject, strategy: Strategy): Film {
  const { engine, compiled } = subject;
  const { g } = engine.k;
  const names = new ThreadNames(subject.scenario.threads);
  const frames: Frame[] = [];
  const trace = traceRun(engine, {
    name: "film",
    begin: (e: Engine) => {
      names.begin();
      strategy.begin(e);
    },
    choose: (kind, options) => strategy.choose(kind, options),
    next: (e: Engine, last) => {
      names.observe(e);
      frames.push(frameOf(e, names));
      return strategy.next(e, last);
    },
  });
  return {
    trace,
    frames: frames.slice(0, trace.steps.length + 1),
    cells: Array.from({ length: g.cells }, (_, c) => [startByte(g, c), g.cellEnd[c]!] as const),
    dataNames: compiled.dataNames,
  };
}

function frameOf(engine: Engine, names: ThreadNames): Frame {
  const { k } = engine;
  return {
    size: boundaryByte(k.g, k.isize),
    diskSize: boundaryByte(k.g, k.diskSize),
    extents: spans(k, (cell) => k.extents.type(k.blockOfCell(cell))),
    cache: spans(k, (cell) => (isCached(k, cell) ? k.folios.cell(cell) : undefined)),
    disk: spans(k, (cell) =>
      k.extents.type(k.blockOfCell(cell)) === ExtentType.WRITTEN ? k.disk.cell(cell) : undefined,
    ),
    folios: foliosOf(k),
    maps: mapsOf(engine, names),
    threads: k.threads
      .slice(0, engine.reclaim)
      .filter((t) => t.index < k.layout.programThreads || t.pc !== Pc.DONE)
      .map((t) => standing(engine, names, t)),
  };
}

/** Neighbouring cells of one value as one span; none where there is no value. */
function spans({ g }: Kernel, at: (cell: number) => number | undefined): Span[] {
  const found: Span[] = [];
  for (let c = 0; c < g.cells; ) {
    const value = at(c);
    let end = c + 1;
    while (end < g.cells && at(end) === value && g.cellStart[end] === g.cellEnd[end - 1]) end++;
    if (value !== undefined) found.push({ from: startByte(g, c), to: boundaryByte(g, end), value });
    c = end;
  }
  return found;
}

function isCached(k: Kernel, cell: number): boolean {
  const isPresent = k.folios.has(k.pageOfCell(cell), FolioFlag.PRESENT);
  return isPresent && k.folios.blockHas(k.blockOfCell(cell), BlockFlag.UPTODATE);
}

function foliosOf(k: Kernel): Frame["folios"] {
  const found = [];
  for (let page = 0; page < k.g.pages; page = Math.max(page + 1, k.folios.end(page))) {
    if (!k.folios.has(page, FolioFlag.PRESENT)) continue;
    const from = pageByte(k.g, page);
    const pages = Math.max(1, k.folios.end(page) - page);
    found.push({ from, to: from + pages * k.g.pageSize, words: folioWords(k.folios, page) });
  }
  return found;
}

function mapsOf(engine: Engine, names: ThreadNames): Frame["maps"] {
  const { k } = engine;
  return k.programThreads.flatMap((t) => {
    if (t.mapEnd <= t.mapStart) return [];
    const from = startByte(k.g, cellOfBlock(k.g, t.mapStart));
    const to = boundaryByte(k.g, cellOfBlock(k.g, Math.min(t.mapEnd, k.g.blocks)));
    return [{ thread: names.nameOf(engine, t.index), from, to, value: t.mapType }];
  });
}

function standing(engine: Engine, names: ThreadNames, t: Thread): Standing {
  const { k } = engine;
  const isProgram = t.index < k.layout.programThreads;
  // Of a kworker the element of `held` says who builds its ioend.
  const held = isProgram ? t.held : 0;
  return {
    name: names.nameOf(engine, t.index),
    next: t.pc === Pc.DONE ? undefined : functionAt(k.fixes, labelAt(k, t, t.pc)),
    held: LOCK_MODE_NAMES.filter((_, bit) => (held & (1 << bit)) !== 0),
    folio: (held & HELD_FOLIO) !== 0 && t.lockedPage >= 0 ? pageByte(k.g, t.lockedPage) : undefined,
    waits: t.pc !== Pc.DONE && !engine.rests(t.index) && !engine.isEnabled(t.index),
  };
}
