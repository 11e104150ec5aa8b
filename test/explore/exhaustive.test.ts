/** Searches with and without symmetry, and a stateless one, agree on random programs; reduced.test.ts is on other reductions. */

import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import type { Engine } from "../../src/explore/run/engine.js";
import type { Subject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { Canonical } from "../../src/explore/search/canonical.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { exploreScenario } from "../../src/explore/search/prove.js";
import type { SearchOptions, SearchResult } from "../../src/explore/search/search.js";
import { Transitions } from "../../src/explore/search/transitions.js";
import { CHOICES } from "../../src/kernel/machine/choices.js";
import { Global } from "../../src/kernel/machine/layout.js";
import { ORACLE_NAMES } from "../../src/kernel/oracle-table.js";
import { randomSubject } from "./subjects.js";

const PROGRAMS = 600;
const MOST_STATES = 15_000;

/** What a run left behind: contents in cache and on disk, extents, sizes; not budgets, not reclaim. */
function finalState(engine: Engine, canonical: Canonical): string {
  const { k } = engine;
  const saved = k.s.slice();
  for (let i = 0; i < CHOICES; i++) k.s[Global.BUDGET + i] = 0;
  k.s[Global.FAULT_CAP] = 0;
  k.threads[engine.reclaim]!.pc = 0;
  const key = canonical.key();
  k.s.set(saved);
  return key;
}

interface Outcome {
  readonly cut: SearchResult["cut"];
  readonly states: number;
  readonly found: number;
  readonly findings: readonly string[];
  readonly finals: readonly string[];
}

function outcomeOf(subject: Subject, options: SearchOptions): Outcome {
  const { engine } = subject;
  const canonical = new Canonical(engine.k, true);
  const finals = new Set<string>();
  const result = search(engine, {
    goal: "all",
    ...options,
    onEnd: (e) => finals.add(finalState(e, canonical)),
  });
  return {
    cut: result.cut,
    states: result.states,
    found: result.found,
    findings: [...new Set(result.violations.map((v) => `${v.oracle} ${v.from}..${v.to}`))].sort(),
    finals: [...finals].sort(),
  };
}

/** Every run one by one, no state remembered; undefined when there are too many steps. */
function stateless(subject: Subject, mostSteps: number): Omit<Outcome, "cut" | "states"> | undefined {
  const { engine } = subject;
  const { k, verdict } = engine;
  const canonical = new Canonical(k, true);
  const transitions = new Transitions(engine);
  const findings = new Set<string>();
  const finals = new Set<string>();
  // Of each depth its own, made when it is first reached.
  const depths: { saved: typeof k.s; list: Int16Array; picks: Uint16Array; options: Uint16Array }[] = [];
  let found = 0;
  let steps = 0;
  const note = (): void => {
    for (let o = 0; o < ORACLE_NAMES.length; o++) {
      if (verdict.has(o)) findings.add(`${o} ${verdict.from[o]}..${verdict.to[o]}`);
    }
    found |= verdict.found;
  };
  const visit = (depth: number): boolean => {
    depths[depth] ??= {
      saved: k.s.slice(),
      list: new Int16Array(transitions.most),
      picks: transitions.picks.slice(),
      options: transitions.options.slice(),
    };
    const own = depths[depth];
    own.saved.set(k.s);
    const n = transitions.enabled(own.list, 0);
    if (n === 0) {
      finals.add(finalState(engine, canonical));
      verdict.found = 0;
      k.lockOrder.edges.fill(0);
      engine.finish();
      note();
      k.s.set(own.saved);
      return true;
    }
    for (let i = 0; i < n; i++) {
      for (let asked = -1; ; ) {
        k.s.set(own.saved);
        transitions.forced = 0;
        if (asked >= 0) {
          transitions.picks.set(own.picks);
          transitions.options.set(own.options);
          transitions.asked = asked;
          if (!transitions.next()) break;
        }
        verdict.found = 0;
        transitions.run(own.list[i]!);
        if (++steps > mostSteps) return false;
        note();
        own.picks.set(transitions.picks);
        own.options.set(transitions.options);
        asked = transitions.asked;
        if (!visit(depth + 1)) return false;
      }
    }
    return true;
  };
  engine.reset();
  note();
  return visit(0) ? { found, findings: [...findings].sort(), finals: [...finals].sort() } : undefined;
}

const WAYS: { readonly [name: string]: SearchOptions } = {
  symmetry: { symmetry: true, reduced: false },
  exact: { symmetry: true, reduced: false, exact: true },
};

describe("search", () => {
  it(`agrees with itself whatever is reduced, on ${PROGRAMS} random programs`, () => {
    let judged = 0;
    let bad = 0;
    let oneByOne = 0;
    let fewer = 0;
    for (let n = 0; judged < PROGRAMS; n++) {
      const subject = randomSubject(`search${n}`);
      const plain = outcomeOf(subject, { symmetry: false, reduced: false, maxStates: MOST_STATES });
      if (plain.cut !== undefined || plain.states > 2 * MOST_STATES) continue;
      judged++;
      if (plain.found !== 0) bad++;
      for (const [name, options] of Object.entries(WAYS)) {
        if (options.exact === true && plain.states > 2_000) continue;
        const other = outcomeOf(subject, options);
        const what = `program ${n}, ${name}`;
        expect([what, other.cut, other.found], what).toEqual([what, undefined, plain.found]);
        expect(other.findings, what).toEqual(plain.findings);
        expect(other.finals, what).toEqual(plain.finals);
        if (name === "symmetry" && other.states < plain.states) fewer++;
      }
      if (plain.states < 2_000) {
        const any = search(subject.engine);
        const shortest = search(subject.engine, { goal: "shortest" });
        expect([any.found !== 0, shortest.found !== 0], `program ${n}`).toEqual(
          Array(2).fill(plain.found !== 0),
        );
      }
      const slow = plain.states < 300 ? stateless(subject, 30_000) : undefined;
      if (slow === undefined) continue;
      oneByOne++;
      expect(slow, `program ${n}, stateless`).toEqual({
        found: plain.found,
        findings: plain.findings,
        finals: plain.finals,
      });
    }
    expect(bad).toBeGreaterThan(20);
    expect(fewer).toBeGreaterThan(PROGRAMS / 10);
    expect(oneByOne).toBeGreaterThan(100);
  });

  it("finds what sampling finds, with a shortest run that is no longer", () => {
    let compared = 0;
    for (let n = 0; n < 250; n++) {
      const subject = randomSubject(`sampled${n}`);
      const sample = sampleScenario(subject, { schedules: 60, seed: `${n}`, mask: -1, stopAtFirst: true });
      const result = search(subject.engine, { goal: "all", maxStates: MOST_STATES });
      if (result.cut !== undefined) continue;
      expect(sample.found & ~result.found, `program ${n}`).toBe(0);
      if (sample.first === undefined) continue;
      compared++;
      const shortest = search(subject.engine, { goal: "shortest" });
      const long = examine(subject, sample.first.choices, -1)!;
      expect(shortest.steps, `program ${n}`).toBeLessThanOrEqual(long.steps);
      const short = examine(subject, shortest.violations[0]!.choices, -1)!;
      expect(short.steps, `program ${n}`).toBe(shortest.steps);
    }
    expect(compared).toBeGreaterThan(5);
  });

  it("gives runs that replay and need no more preemptions than their bound", () => {
    for (let n = 0; n < 60; n++) {
      const subject = randomSubject(`bounded${n}`);
      const full = exploreScenario(subject, { maxStates: MOST_STATES, shortest: false });
      if (full.undecided !== undefined) continue;
      const bounded = exploreScenario(subject, { preemptions: 40, maxStates: 20 * MOST_STATES });
      if (bounded.undecided !== undefined) continue;
      expect(bounded.verdict, `program ${n}`).toBe(full.verdict);
      if (full.verdict !== "mismatch") continue;
      expect(full.finding, `program ${n}`).toBeDefined();
      const bound = bounded.deepening.at(-1)!.preemptions;
      expect(bounded.finding!.preemptions, `program ${n}`).toBe(bound);
    }
  });
});
