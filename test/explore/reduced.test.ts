/**
 * What a search leaves out of plain programs changes nothing that it finds: on random ones, on random kernels, whole
 * searches with and without it agree.
 */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/explore/run/engine.js";
import type { Subject } from "../../src/explore/run/subject.js";
import { Canonical } from "../../src/explore/search/canonical.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { isPlainProgram } from "../../src/explore/search/plain-programs.js";
import type { SearchOptions, SearchResult } from "../../src/explore/search/search.js";
import { CHOICES } from "../../src/kernel/machine/choices.js";
import { Global } from "../../src/kernel/machine/layout.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { plainSubject } from "./subjects.js";

const PROGRAMS = 600;
const MOST_STATES = 2_500;

/** What a run left behind, without what is on disk where it will be overwritten; not budgets, not reclaim. */
function finalState({ k, reclaim }: Engine, canonical: Canonical): string {
  const saved = k.s.slice();
  const { g, folios, layout } = k;
  for (let i = 0; i < CHOICES; i++) k.s[Global.BUDGET + i] = 0;
  k.threads[reclaim]!.pc = 0;
  for (let c = 0; c < g.cells; c++)
    if (folios.has(g.cellPage[c]!, FolioFlag.DIRTY | FolioFlag.UPTODATE)) k.s[layout.disk + c] = 0;
  const key = canonical.key();
  k.s.set(saved);
  return key;
}

function outcomeOf({ engine }: Subject, options: SearchOptions) {
  const canonical = new Canonical(engine.k, true);
  const finals = new Set<string>();
  const onEnd = (e: Engine): void => void finals.add(finalState(e, canonical));
  const result = search(engine, { goal: "all", maxStates: MOST_STATES, onEnd, ...options });
  const findings = new Set(
    result.violations.map((v) => [v.oracle, v.from, v.to, v.expected, v.actual, v.kind].join()),
  );
  return { result, found: result.found, findings: [...findings].sort(), finals: [...finals].sort() };
}

const said = ({ states, transitions, ends, found, cut }: SearchResult) => [
  states,
  transitions,
  ends,
  found,
  cut,
];

describe("reduced", () => {
  it(`a search finds what the whole one finds, on ${PROGRAMS} random plain programs`, () => {
    let judged = 0;
    let bad = 0;
    let whole = 0;
    let left = 0;
    for (let n = 0; judged < PROGRAMS; n++) {
      const subject = plainSubject(`plain${n}`);
      const { engine } = subject;
      if (!isPlainProgram(engine)) continue;
      const plain = outcomeOf(subject, { reduced: false });
      if (plain.result.cut !== undefined) continue;
      judged++;
      if (plain.found !== 0) bad++;
      const reduced = outcomeOf(subject, {});
      const what = `program ${n}`;
      expect([reduced.result.cut, reduced.result.alikeOrders], what).toEqual([undefined, true]);
      expect([reduced.found, reduced.findings, reduced.finals], what).toEqual([
        plain.found,
        plain.findings,
        plain.finals,
      ]);
      whole += plain.result.states;
      left += reduced.result.states;
      if (plain.result.states > 600) continue;
      const any = search(engine);
      expect(any.found !== 0, what).toBe(plain.found !== 0);
      if (plain.found === 0) expect(said(search(engine, { longFrom: 1 })), what).toEqual(said(any));
      const steps = [true, false].map((reduced) => search(engine, { goal: "shortest", reduced }).steps);
      expect(steps[0], what).toBe(steps[1]);
    }
    expect(bad).toBeGreaterThan(PROGRAMS / 20);
    expect(left).toBeLessThan(0.7 * whole);
  });
});
