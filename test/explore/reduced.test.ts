/**
 * What a search leaves out of plain programs changes nothing that it finds: on random ones, on random kernels, whole
 * searches with and without it agree.
 */
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/dev/accept/search-mutants/outcome.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { isPlainProgram } from "../../src/explore/search/plain-programs.js";
import type { SearchResult } from "../../src/explore/search/search.js";
import { plainSubject } from "./subjects.js";

const PROGRAMS = 600;
const MOST_STATES = 2_500;

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
      const plain = outcomeOf(engine, { reduced: false, maxStates: MOST_STATES });
      if (plain.result.cut !== undefined) continue;
      judged++;
      if (plain.found !== 0) bad++;
      const reduced = outcomeOf(engine, { maxStates: MOST_STATES });
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
