/** The transitions out of a state: threads, pages that reclaim could take, and the answers within a step. */

import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/explore/run/engine.js";
import { DeadValues } from "../../../src/explore/search/dead-values.js";
import { decisionsOf } from "../../../src/explore/search/decisions-of.js";
import { Transitions } from "../../../src/explore/search/transitions.js";
import { Pc } from "../../../src/kernel/machine/labels.js";
import { FolioFlag } from "../../../src/kernel/objects/folios.js";
import { engineFor, residency } from "../../kernel/machine.js";

/** Three clean pages and a dirty one, which a load and a read look at; reclaim may take two. */
const CACHED = `
name: cached
file: { size: 16k, block: 4k }
setup: [{ write: 0..12k }, { fsync: {} }, { write: 12k..16k }]
threads: { a: [{ load: 0..16k }], b: [{ read: 0..4k }] }
budget: { evictions: 2 }
`;
/** A write that may be cut short, not by the first thread, and an even number of transitions. */
const FAULTY = `
name: faulty
file: { size: 4k, block: 4k }
threads: { l: [{ load: 0..4k }], w: [{ write: 0..4k }] }
budget: { short-copy: 1, fatal-signal: 1 }
`;

function enabled(transitions: Transitions, at = 0): number[] {
  const list = new Int16Array(at + transitions.most).fill(-7);
  const n = transitions.enabled(list, at);
  expect([...list.subarray(0, at)]).toEqual(Array(at).fill(-7));
  return [...list.subarray(at, at + n)];
}

function start(text: string): { engine: Engine; transitions: Transitions } {
  const engine = engineFor(text);
  engine.reset();
  return { engine, transitions: new Transitions(engine) };
}

describe("enabled transitions", () => {
  it("are threads, then clean pages, and are written where they are asked for", () => {
    const { engine, transitions } = start(CACHED);
    const { reclaim } = engine;
    expect([transitions.reclaim, transitions.most]).toEqual([reclaim, reclaim + 4]);
    const all = [0, 1, reclaim, reclaim + 1, reclaim + 2];
    expect(enabled(transitions)).toEqual(all);
    expect(enabled(transitions, 3)).toEqual(all);
  });

  it("are no pages when reclaim may take no more", () => {
    const { engine, transitions } = start(CACHED);
    transitions.run(engine.reclaim);
    expect(enabled(transitions)).toEqual([0, 1, engine.reclaim + 1, engine.reclaim + 2]);
    transitions.run(engine.reclaim + 1);
    expect(enabled(transitions)).toEqual([0, 1]);
  });

  it("are none when nothing but reclaim could run", () => {
    const { engine, transitions } = start(CACHED);
    for (const thread of [0, 1]) {
      for (let guard = 0; guard < 100 && engine.isEnabled(thread); guard++) transitions.run(thread);
    }
    expect(engine.k.evictionsLeft).toBe(2);
    expect(enabled(transitions)).toEqual([]);
    expect(enabled(transitions, 2)).toEqual([]);
  });
});

describe("a transition of reclaim", () => {
  it.each([
    [0, ".ccd"],
    [1, "c.cd"],
    [2, "cc.d"],
  ])("takes page %d, and has no other answers", (page, left) => {
    const { engine, transitions } = start(CACHED);
    expect(residency(engine)).toBe("cccd");
    transitions.run(engine.reclaim + page);
    expect(residency(engine)).toBe(left);
    expect([...transitions.picks.subarray(0, transitions.asked)]).toEqual([page]);
    expect(transitions.next()).toBe(false);
  });

  it("counts clean pages alone, and asks nothing for the only one", () => {
    const { engine, transitions } = start(CACHED.replace("evictions: 2", "evictions: 3"));
    transitions.run(engine.reclaim + 1);
    transitions.run(engine.reclaim + 2);
    expect(transitions.picks[0]).toBe(1);
    expect(residency(engine)).toBe("c..d");
    transitions.picks[0] = 9;
    transitions.forced = 1;
    transitions.run(engine.reclaim);
    expect([residency(engine), transitions.asked]).toEqual(["...d", 0]);
    expect(transitions.next()).toBe(false);
  });
});

describe("the answers within a step", () => {
  /** All answers to these questions, in the order in which they are tried. */
  function answers(
    transitions: Transitions,
    options: (picks: readonly number[]) => number | undefined,
  ): number[][] {
    const all: number[][] = [];
    transitions.forced = 0;
    do {
      transitions.asked = 0;
      const picks: number[] = [];
      for (let n = options(picks); n !== undefined; n = options(picks)) picks.push(transitions.choose(0, n));
      all.push(picks);
    } while (transitions.next());
    return all;
  }

  it("are all combinations, the last question's first", () => {
    const { transitions } = start(FAULTY);
    const options = [2, 3];
    expect(answers(transitions, (picks) => options[picks.length])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });

  it("may decide what is asked next", () => {
    const { transitions } = start(FAULTY);
    const whileOne = (picks: readonly number[]) => (picks.length < 3 && !picks.includes(0) ? 2 : undefined);
    expect(answers(transitions, whileOne)).toEqual([[0], [1, 0], [1, 1, 0], [1, 1, 1]]);
    expect(answers(transitions, (picks) => [3, picks[0] === 1 ? 2 : undefined][picks.length])).toEqual([
      [0],
      [1, 0],
      [1, 1],
      [2],
    ]);
  });

  it("are one when nothing is asked", () => {
    const { transitions } = start(FAULTY);
    expect(answers(transitions, () => undefined)).toEqual([[]]);
  });

  it("are kept beyond the room there is at first", () => {
    const { transitions } = start(FAULTY);
    for (const asked of [64, 65, 200]) {
      const all = answers(transitions, (picks) =>
        picks.length < asked ? (picks.length > asked - 3 ? 2 : 1) : undefined,
      );
      expect(all.map((picks) => picks.slice(-2))).toEqual([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]);
      expect(all.every((picks) => picks.length === asked)).toBe(true);
    }
  });
});

describe("a move", () => {
  it("is a transition and a combination, as one number", () => {
    const { transitions } = start(CACHED);
    const { most } = transitions;
    const moves = [0, 1, 2].flatMap((c) => Array.from({ length: most }, (_, t) => transitions.move(t, c)));
    expect(moves).toEqual(Array.from({ length: 3 * most }, (_, i) => i));
  });

  it("of what there is not throws", () => {
    const { transitions } = start(CACHED);
    const { most } = transitions;
    const fits = Math.floor((2 ** 31 - 1) / most);
    expect(transitions.move(0, fits)).toBe(fits * most);
    for (const [transition, combination] of [
      [-1, 1],
      [most, 0],
      [0, fits + 1],
    ] as const)
      expect(() => transitions.move(transition, combination)).toThrow(
        `no transition ${transition} of ${most} with answers ${combination}`,
      );
  });
});

describe("a path of moves", () => {
  it("is the run that took them, with its answers, from the start", () => {
    for (const text of [CACHED, FAULTY]) {
      const { engine, transitions } = start(text);
      // Always the last transition, and its last answers.
      for (const wanted of [0, 1, 2, 99]) {
        engine.reset();
        const path: number[] = [];
        const decisions: number[] = [];
        for (let list = enabled(transitions); list.length > 0; list = enabled(transitions)) {
          const transition = list.at(wanted === 1 ? 0 : -1)!;
          const before = engine.k.s.slice();
          let combination = 0;
          transitions.forced = 0;
          transitions.run(transition);
          while (combination < wanted && transitions.next()) {
            combination++;
            engine.k.s.set(before);
            transitions.run(transition);
          }
          path.push(transitions.move(transition, combination));
          decisions.push(
            Math.min(transition, engine.reclaim),
            ...transitions.picks.subarray(0, transitions.asked),
          );
        }
        const end = engine.k.s.slice();
        engine.k.s.fill(0);
        expect(decisionsOf(engine, path)).toEqual(decisions);
        expect([...engine.k.s]).toEqual([...end]);
      }
    }
  });
});

/** Of plain programs: two written pages that are dirty, a pass over both, and who looks at them after it. */
const SENT = `
name: sent
file: { size: 8k, block: 4k }
setup: [{ write: 0..8k }, { fsync: {} }, { write: 0..8k }]
threads: { a: [{ writeback: 0..8k }], w: [{ write: 0..6k }], b: [{ writeback: 0..8k }, { writeback: 0..8k }] }
budget: { evictions: 1 }
`;

describe("the end of an ioend", () => {
  const reduced = (text: string) => {
    const engine = engineFor(text, "cured");
    engine.reset();
    const transitions = new Transitions(engine, true);
    const dead = new DeadValues(engine);
    const late = engine.reclaim + engine.k.g.pages;
    const run = (transition: number): string => {
      transitions.run(transition);
      dead.clear();
      return residency(engine);
    };
    const until = (thread: number, isThere: () => boolean): void => {
      for (let guard = 0; guard < 50 && !isThere(); guard++) run(thread);
    };
    const [a, w, b] = [0, 1, 2] as const;
    until(a, () => engine.thread(a).pc === 0);
    expect(engine.thread(3).pc).toBe(Pc.C_FINISH);
    return { engine, transitions, late, run, until, a, w, b };
  };

  it("comes right before reclaim takes its folio, which comes right before a write looks there", () => {
    const { engine, transitions, late, run, until, w, b } = reduced(SENT);
    expect(enabled(transitions)).toEqual([w, b]);
    until(w, () => engine.thread(w).pc === Pc.W_FAULT_IN);
    expect(enabled(transitions)).toEqual([w, b, late + w]);
    run(late + w);
    const out: number[] = [];
    transitions.addDecisions(out);
    expect(out).toEqual([3, engine.reclaim, 0, w]);
    expect([engine.thread(3).pc, engine.k.evictionsLeft]).toEqual([0, 0]);
  });

  it("comes right before a pass finds its folio dirty again", () => {
    const { engine, transitions, late, run, until, w, b } = reduced(SENT);
    until(w, () => engine.thread(w).pc === Pc.W_COPY);
    expect(enabled(transitions)).toEqual([w, b]);
    run(w);
    expect(enabled(transitions)).toEqual([w, b, late + w, late + b]);
    const before = engine.k.s.slice();
    run(b);
    expect([engine.thread(b).pc, engine.thread(b).wbPage, engine.thread(3).pc]).toEqual([
      Pc.B_NEXT,
      1,
      Pc.C_FINISH,
    ]);
    engine.k.s.set(before);
    run(late + b);
    expect(engine.k.folios.has(0, FolioFlag.DIRTY)).toBe(false);
    expect(engine.thread(3).ioEnd).toBe(1);
  });

  it("comes by itself where somebody waits for it, where any folio may be looked at, and at the end", () => {
    for (const op of ["fsync: 0..8k", "sync_file_range: 0..8k", "read: 0..8k", "evict: 0..8k"]) {
      const { transitions, w, b } = reduced(SENT.replace("b: [{ writeback: 0..8k }", `b: [{ ${op} }`));
      expect(enabled(transitions).slice(0, 3), op).toEqual([w, b, 3]);
    }
    const { engine, transitions, until, w, b } = reduced(
      SENT.replace(", b: [{ writeback: 0..8k }", ", b: [{ writeback: 6k..8k }"),
    );
    until(b, () => engine.thread(b).pc === 0);
    until(w, () => engine.thread(w).pc === Pc.W_COPY);
    expect(enabled(transitions)).toEqual([w]);
    until(w, () => engine.thread(w).pc === Pc.W_FAULT_IN);
    until(w, () => engine.thread(w).pc === Pc.W_COPY);
    expect(enabled(transitions)).toEqual([w, 3]);
    until(w, () => engine.thread(w).pc === 0);
    expect(enabled(transitions)).toEqual([3]);
  });
});
