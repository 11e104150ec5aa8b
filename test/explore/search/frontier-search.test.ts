/**
 * The search on small programs against a plain one that is written down here: the states breadth first, whole, in a Set.
 */

import { describe, expect, it } from "vitest";
import { examine } from "../../../src/explore/finding/finding.js";
import type { Engine } from "../../../src/explore/run/engine.js";
import type { Subject } from "../../../src/explore/run/subject.js";
import { Canonical } from "../../../src/explore/search/canonical.js";
import { search } from "../../../src/explore/search/frontier-search.js";
import type { Progress, SearchResult } from "../../../src/explore/search/search.js";
import { Transitions } from "../../../src/explore/search/transitions.js";
import { ORACLE_NAMES } from "../../../src/kernel/oracle-table.js";
import { grid, PLAIN, SEEN, subjectOf, TWINS } from "./subjects.js";

const SUBJECTS: readonly (readonly [string, Subject])[] = [
  ["plain", subjectOf(PLAIN, "6.0")],
  ["twins on 6.0", subjectOf(TWINS, "6.0")],
  ["twins on cured", subjectOf(TWINS, "cured")],
  ["p1w1k1 on 6.0", grid("p1w1k1", "6.0")],
  ["p2w1k1 on 6.0", grid("p2w1k1", "6.0")],
  ["p1w1f1s1k1 on 6.0", grid("p1w1f1s1k1", "6.0")],
  ["p1w1k1 on cured", grid("p1w1k1", "cured")],
  ["seen on 6.0", subjectOf(SEEN, "6.0")],
];

interface Plain {
  readonly states: number;
  readonly transitions: number;
  readonly ends: number;
  readonly maxDepth: number | undefined;
  readonly found: number;
  /** Steps of the shortest run that violates anything. */
  readonly steps: number;
}

interface Node {
  readonly state: Engine["k"]["s"];
  readonly depth: number;
  readonly found: number;
}

/** What the search says of a program, the plain way; with `tellsFound` states differ by what their run violated. */
function plainSearch(engine: Engine, symmetry: boolean, tellsFound: boolean): Plain {
  const { k, verdict } = engine;
  const canonical = new Canonical(k, symmetry);
  const transitions = new Transitions(engine);
  const list = new Int16Array(transitions.most);
  const seen = new Set<string>();
  const queue: Node[] = [];
  const arrive = (depth: number, found: number): void => {
    const key = `${tellsFound ? found : 0} ${canonical.key()}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ state: k.s.slice(), depth, found });
  };
  engine.reset();
  let [total, ends, steps, made] = [verdict.found, 0, -1, 0];
  arrive(0, verdict.found);
  for (const { state, depth, found } of queue) {
    k.s.set(state);
    const n = transitions.enabled(list, 0);
    if (n === 0) {
      ends++;
      verdict.found = 0;
      k.lockOrder.edges.fill(0);
      engine.finish();
      total |= verdict.found;
      if ((found | verdict.found) !== 0 && steps < 0) steps = depth;
    }
    for (const transition of list.slice(0, n)) {
      transitions.forced = 0;
      do {
        k.s.set(state);
        verdict.found = 0;
        transitions.run(transition);
        made++;
        total |= verdict.found;
        arrive(depth + 1, found | verdict.found);
      } while (transitions.next());
    }
  }
  return { states: seen.size, transitions: made, ends, maxDepth: queue.at(-1)!.depth, found: total, steps };
}

function whole(result: SearchResult): Omit<Plain, "steps"> {
  const { states, transitions, ends, maxDepth, found } = result;
  return { states, transitions, ends, maxDepth, found };
}

describe("the search of all violations", () => {
  it.each(SUBJECTS)("of %s looks at the states of the plain one, each once", (_, { engine }) => {
    for (const symmetry of [true, false]) {
      const { steps: __, ...plain } = plainSearch(engine, symmetry, false);
      for (const exact of [false, true]) {
        const result = search(engine, { goal: "all", symmetry, exact, reduced: false });
        expect(whole(result)).toEqual(plain);
        expect([result.cut, result.steps, result.expectedMissed > 0]).toEqual([undefined, -1, !exact]);
      }
    }
  });

  it("takes identical threads for one another unless told not to", () => {
    const { engine } = SUBJECTS[2]![1];
    const [some, all] = [search(engine), search(engine, { symmetry: false })];
    expect(some.states).toBeLessThan(all.states);
    expect(search(engine, { symmetry: true }).states).toBe(some.states);
  });

  it.each(SUBJECTS)("of %s keeps runs that show what it says", (_, subject) => {
    const result = search(subject.engine, { goal: "all" });
    expect(result.found !== 0).toBe(result.violations.length > 0);
    for (const { oracle, choices } of result.violations) {
      const shown = { oracle: ORACLE_NAMES[oracle], choices };
      expect(examine(subject, choices, 1 << oracle)).toMatchObject(shown);
    }
  });
});

describe("the search of any violation", () => {
  it.each(SUBJECTS)("of %s looks at every state unless it finds one", (_, subject) => {
    const plain = plainSearch(subject.engine, true, false);
    const result = search(subject.engine, { reduced: false });
    expect(search(subject.engine, { goal: "any", reduced: false })).toEqual(result);
    expect(result.found !== 0).toBe(plain.found !== 0);
    if (plain.found === 0)
      expect([result.states, result.transitions, result.ends]).toEqual([
        plain.states,
        plain.transitions,
        plain.ends,
      ]);
    else {
      expect(result.transitions).toBeLessThan(plain.transitions);
      expect(examine(subject, result.violations[0]!.choices, -1)).toBeDefined();
    }
  });
});

describe("the search of a shortest failing run", () => {
  it.each(SUBJECTS)("of %s finds one as long as the plain one's", (_, subject) => {
    const plain = plainSearch(subject.engine, true, true);
    const result = search(subject.engine, { goal: "shortest", reduced: false });
    expect(result.steps).toBe(plain.steps);
    expect(search(subject.engine, { goal: "shortest" }).steps).toBe(plain.steps);
    if (plain.steps < 0) {
      expect(whole(result)).toEqual({
        ...whole(result),
        states: plain.states,
        transitions: plain.transitions,
      });
      return;
    }
    expect(examine(subject, result.violations[0]!.choices, -1)!.steps).toBe(plain.steps);
    expect(result.ends).toBeGreaterThan(0);
    expect(result.states).toBeLessThanOrEqual(plain.states);
  });

  it("keeps a violation in case it is cut short", () => {
    const subject = SUBJECTS[7]![1];
    const cuts = [...Array(40).keys()].map((n) =>
      search(subject.engine, { goal: "shortest", exact: true, memoryBytes: 100_000 + 5_000 * n }),
    );
    const kept = cuts.filter((r) => r.cut === "memory" && r.found !== 0);
    expect(kept.length).toBeGreaterThan(0);
    for (const { steps, violations } of kept) {
      expect(steps).toBe(-1);
      expect(examine(subject, violations[0]!.choices, -1)).toBeDefined();
    }
  });
});

describe("a mask", () => {
  it("leaves out what does not count", () => {
    const { engine } = SUBJECTS[1]![1];
    const { found } = search(engine, { goal: "all" });
    for (const goal of ["any", "all", "shortest"] as const) {
      const result = search(engine, { goal, mask: ~found });
      expect([result.found, result.violations, result.steps, result.cut]).toEqual([0, [], -1, undefined]);
      const one = search(engine, { goal, mask: found & -found });
      expect([one.found, one.violations.length > 0]).toEqual([found & -found, true]);
    }
  });
});

describe("a bound of preemptions", () => {
  /** Whether any run with at most so many preemptions fails: by trying them all. */
  function fails({ engine }: Subject, bound: number): boolean {
    const transitions = new Transitions(engine);
    const { k, verdict } = engine;
    const tried = new Map<string, number>();
    const canonical = new Canonical(k, false);
    const visit = (last: number, left: number): boolean => {
      const key = `${last} ${canonical.key()}`;
      if ((tried.get(key) ?? -1) >= left) return false;
      tried.set(key, left);
      const saved = k.s.slice();
      const list = new Int16Array(transitions.most);
      const n = transitions.enabled(list, 0);
      if (n === 0) {
        verdict.found = 0;
        k.lockOrder.edges.fill(0);
        engine.finish();
        return verdict.found !== 0;
      }
      for (const transition of list.slice(0, n)) {
        const thread = Math.min(transition, engine.reclaim);
        k.s.set(saved);
        const preempts = last >= 0 && last !== thread && engine.isEnabled(last);
        if (preempts && left === 0) continue;
        transitions.forced = 0;
        const answers: { forced: number; picks: Uint16Array }[] = [];
        do {
          k.s.set(saved);
          transitions.run(transition);
          answers.push({ forced: transitions.asked, picks: transitions.picks.slice() });
        } while (transitions.next());
        for (const { forced, picks } of answers) {
          k.s.set(saved);
          verdict.found = 0;
          transitions.picks.set(picks);
          transitions.forced = forced;
          transitions.run(transition);
          if (verdict.found !== 0 || visit(thread, left - (preempts ? 1 : 0))) return true;
        }
      }
      return false;
    };
    engine.reset();
    return visit(-1, bound);
  }

  it.each(SUBJECTS)("on %s keeps to it, and says when it kept something out", (_, subject) => {
    const plain = plainSearch(subject.engine, true, false);
    const found: boolean[] = [];
    let bound = 0;
    for (; bound < 30; bound++) {
      const result = search(subject.engine, { preemptions: bound });
      found.push(result.found !== 0);
      if (bound < 3) expect(result.found !== 0, `${bound}`).toBe(fails(subject, bound));
      if (result.found !== 0) {
        const finding = examine(subject, result.violations[0]!.choices, -1)!;
        expect(finding.preemptions).toBeLessThanOrEqual(bound);
        break;
      }
      expect(result.cut === undefined || result.cut === "preemptions").toBe(true);
      if (result.cut === undefined) break;
    }
    expect(bound).toBeGreaterThan(0);
    expect(found.at(-1)).toBe(plain.found !== 0);
  });
});

describe("a search that is cut short", () => {
  const { engine } = SUBJECTS[2]![1];
  const full = search(engine);

  it("by a number of states stops soon after it, and not before", () => {
    expect(full.transitions).toBeGreaterThan(64);
    const result = search(engine, { maxStates: 10 });
    expect([result.cut, result.states >= 10, result.states < full.states]).toEqual(["states", true, true]);
    expect(search(engine, { maxStates: full.states + 1 }).cut).toBeUndefined();
  });

  it("by whoever waits for it", () => {
    let asked = 0;
    const stop = () => ++asked > 0;
    const result = search(engine, { shouldStop: stop });
    expect([result.cut, asked, result.states < full.states]).toEqual(["stopped", 1, true]);
    expect(search(engine, { shouldStop: () => false }).cut).toBeUndefined();
    expect(search(engine, { shouldStop: stop, maxStates: 1 }).cut).toBe("states");
  });

  it("by memory: of the table, or of what is still to be looked at", () => {
    for (const goal of ["any", "all", "shortest"] as const) {
      const none = search(engine, { goal, memoryBytes: 1 });
      expect([none.cut, none.states < full.states]).toEqual(["memory", true]);
      const exact = search(engine, { goal, exact: true, memoryBytes: 100_000 });
      expect(exact.cut).toBe("memory");
      const { bytes } = search(engine, { goal });
      expect(search(engine, { goal, memoryBytes: bytes }).cut).toBe("memory");
      expect(search(engine, { goal, memoryBytes: 2 * bytes }).cut).toBeUndefined();
    }
  });
});

describe("whoever looks on", () => {
  it("is told how far the search is", () => {
    const { engine } = SUBJECTS[2]![1];
    const told: Progress[] = [];
    const result = search(engine, { goal: "all", onProgress: (p) => told.push(p) });
    expect(told).toHaveLength(1);
    const [{ states, transitions, depth, queue, bytes }] = told as [Progress];
    expect(transitions).toBeGreaterThanOrEqual(64);
    expect(transitions).toBeLessThan(80);
    expect(states).toBeGreaterThan(queue);
    expect(states).toBeLessThan(result.states);
    expect([queue > 0, depth > 0, depth < result.maxDepth!, bytes > 0]).toEqual(Array(4).fill(true));
  });

  it("sees each end of a run once, before it is judged", () => {
    for (const [, { engine }] of SUBJECTS) {
      const ends = new Set<string>();
      let n = 0;
      const result = search(engine, {
        goal: "all",
        onEnd: (e) => {
          n++;
          ends.add(e.k.s.subarray(0, e.k.layout.compared).join());
        },
      });
      expect([n, ends.size]).toEqual([result.ends, result.ends]);
    }
  });

  it("is told which windows were entered", () => {
    const { engine } = SUBJECTS[1]![1];
    const first = search(engine, { goal: "all" });
    expect(first.windows.some((n) => n > 0)).toBe(true);
    expect(search(engine, { goal: "all" }).windows).toEqual(first.windows);
  });
});
