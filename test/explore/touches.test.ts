/** What steps declare to read and write covers what they really touch: the state is instrumented. */

import { describe, expect, it } from "vitest";
import { Engine } from "../../src/explore/run/engine.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { LABEL_NAMES } from "../../src/kernel/machine/labels.js";
import type * as L from "../../src/kernel/machine/layout.js";
import { Global, Reg } from "../../src/kernel/machine/layout.js";
import { BUDGET_EVICTIONS, BUDGETS } from "../../src/kernel/machine/program.js";
import * as T from "../../src/kernel/machine/touches.js";
import { LargeFolios } from "../../src/kernel/objects/large-folios.js";
import { TOUCHES } from "../../src/kernel/paths/index.js";
import { FIX_NAMES, makeFixes } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { compile } from "../../src/scenario/compile.js";

const STEPS = 100_000;

/** A state array that notes which elements are read. */
function instrument(reads: Set<number>) {
  return (s: L.StateArray): L.StateArray =>
    new Proxy(s, {
      get(target, name) {
        if (typeof name === "string" && /^\d+$/.test(name)) {
          reads.add(Number(name));
          return target[Number(name)];
        }
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
      set(target, name, value) {
        return Reflect.set(target, name, value, target);
      },
    });
}

/** The resource bit that element `e` belongs to for a step of `thread`, or 0 for what is nobody else's business. */
function resourceOf(engine: Engine, e: number, thread: number, isWrite: boolean): number {
  const { k } = engine;
  const { layout: l, g } = k;
  const within = (at: number, n: number): boolean => e >= at && e < at + n;
  if (e === Global.ISIZE) return T.ISIZE;
  if (e === Global.DISK_SIZE) return T.DISK_SIZE;
  if (e === Global.RESERVED || e === Global.ILOCK) return 0;
  if (e === Global.IOLOCK) return T.IOLOCK;
  if (e === Global.INVALIDATE) return T.INVALIDATE;
  if (e === Global.WB_ERROR) return T.WB_ERROR;
  if (e === Global.UNDEFINED_FROM || e === Global.UNDEFINED_TO) return T.UNDEFINED;
  if (e === Global.BUDGET + BUDGET_EVICTIONS) return T.EVICTIONS;
  if (e === Global.FAULT_CAP) return isWrite ? T.BUDGET : 0;
  if (within(Global.BUDGET, BUDGETS)) return isWrite || k.s[e] !== 0 ? T.BUDGET : 0;
  // A folio's end is where the next page is no tail; without large folios there are none.
  const looksForTail = k.folios instanceof LargeFolios && !k.fixes.writeLargeFolios && !isWrite;
  if (within(l.folioFlags, g.pages) && looksForTail) return 0;
  if (within(l.folioFlags, g.pages)) return T.folioBit(e - l.folioFlags);
  if (within(l.folioLock, g.pages)) return T.folioBit(e - l.folioLock);
  if (within(l.blockFlags, g.blocks)) return T.folioBit(k.folios.pageOf(e - l.blockFlags));
  if (within(l.extents, g.blocks)) return T.extentBit(k.folios.pageOf(e - l.extents));
  if (within(l.cache, g.cells)) return T.folioBit(g.cellPage[e - l.cache]!);
  if (within(l.disk, g.cells)) return T.diskBit(g.cellPage[e - l.disk]!);
  if (within(l.ghost, g.cells)) return T.folioBit(g.cellPage[e - l.ghost]!);
  if (within(l.also, g.cells)) return T.folioBit(g.cellPage[e - l.also]!);
  for (let i = 0; i < l.threads.length; i++) {
    const r = l.threads[i]!;
    if (e === r.call + Reg.COOKIE && r.call !== l.spare) return T.SEQ;
    if (e === r.wbMap + Reg.WB_COOKIE && r.wbMap !== l.spare) return T.SEQ;
    if (!within(r.base, r.length)) continue;
    if (i === thread) return 0;
    // Windows of ground truth look at other threads' maps; ioends are built in the registers of their kworkers.
    if (i < l.programThreads && !isWrite) return 0;
    if (i >= l.programThreads && i < l.reclaim && thread < l.programThreads) return 0;
    return T.EVERYTHING;
  }
  return e >= l.spare ? 0 : T.EVERYTHING;
}

/**
 * What a step may declare by without declaring to read it: a budget only shrinks, and what is declared with it; how
 * many ioends are free counts only where they are scarce, and persistent.ts takes them all for scarce then.
 */
function onlyShrinks(engine: Engine, e: number): boolean {
  const { layout } = engine.k;
  if (e >= Global.BUDGET && e < Global.BUDGET + BUDGETS) return true;
  for (let i = layout.programThreads; i < engine.reclaim; i++) if (e === layout.threads[i]!.base) return true;
  return false;
}

describe("touches", () => {
  it("covers what steps touch and what they declare by, and no step uses registers that its thread lacks", () => {
    let steps = 0;
    const labels = new Set<number>();
    const complaints = new Set<string>();
    for (let seed = 0; steps < STEPS; seed++) {
      const rng = makeRng(`touches${seed}`);
      const program = compile(randomProgram(rng, "t")).program;
      const on = new Set(RELEASES[rng.below(RELEASES.length)]!.fixes);
      if (rng.chance(0.5)) {
        for (const name of FIX_NAMES) if (rng.chance(0.2)) on.has(name) ? on.delete(name) : on.add(name);
      }
      const reads = new Set<number>();
      const engine = new Engine(program, makeFixes(on), false, null, instrument(reads));
      const { k } = engine;
      const chooser = { choose: (_s: number, options: number) => rng.below(options) };
      for (let round = 0; round < 6; round++) {
        engine.reset();
        k.chooser = chooser;
        for (;;) {
          const enabled: number[] = [];
          for (let i = 0; i <= engine.reclaim; i++) if (engine.isEnabled(i)) enabled.push(i);
          if (enabled.every((i) => i === engine.reclaim)) break;
          const thread = enabled[rng.below(enabled.length)]!;
          const pc = k.threads[thread]!.pc;
          const declared = new T.TouchSet();
          reads.clear();
          TOUCHES[pc]!(k, k.threads[thread]!, declared);
          const declaredBy = [...reads];
          if (k.fixes.writeLargeFolios) declared.spread();
          for (const e of declaredBy) {
            if (onlyShrinks(engine, e)) continue;
            const bit = resourceOf(engine, e, thread, false);
            if ((bit & ~(declared.reads | declared.writes)) !== 0)
              complaints.add(`${LABEL_NAMES[pc]} declares by element ${e}, resource ${bit.toString(2)}`);
          }
          const before = Array.from(k.s.slice());
          reads.clear();
          engine.isEnabled(thread);
          engine.step(thread);
          const touched = [...reads];
          const after = Array.from(k.s.slice());
          steps++;
          labels.add(pc);
          if (thread !== engine.reclaim) {
            for (const e of touched) {
              const bit = resourceOf(engine, e, thread, false);
              if ((bit & ~(declared.reads | declared.writes)) !== 0)
                complaints.add(`${LABEL_NAMES[pc]} reads element ${e}, resource ${bit.toString(2)}`);
            }
          }
          for (let e = 0; e < before.length; e++) {
            if (before[e] === after[e]) continue;
            const bit = resourceOf(engine, e, thread, true);
            const seq = bit === T.SEQ && before[e] !== 1;
            if (thread !== engine.reclaim && (bit & ~(declared.writes | (seq ? declared.reads : 0))) !== 0)
              if (!(bit === T.SEQ && after[e] === 0))
                complaints.add(`${LABEL_NAMES[pc]} writes element ${e}, resource ${bit.toString(2)}`);
          }
          for (let e = k.layout.spare; e < k.layout.size; e++) {
            if (after[e] !== 0) complaints.add(`${LABEL_NAMES[pc]} uses a register it has not`);
          }
        }
      }
    }
    expect([...complaints].slice(0, 20)).toEqual([]);
    expect(labels.size).toBeGreaterThan(30);
  });
});
