/**
 * What a search leaves out of plain programs changes nothing that it finds: on random ones, on random kernels, whole
 * searches with and without it agree.
 */
import { describe, expect, it } from "vitest";
import { outcomeOf, outcomeText } from "../../src/dev/accept/search-mutants/outcome.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { isPlainProgram } from "../../src/explore/search/plain-programs.js";
import type { SearchResult } from "../../src/explore/search/search.js";
import { directed } from "./directed.js";
import { plainSubject } from "./subjects.js";

const PROGRAMS = 600;
const MOST_STATES = 2_500;
/** Programs of all kinds, and from which number on: more with these. */
const DIRECTED = Number(process.env.STALEMAP_DIRECTED ?? 120);
const FROM = Number(process.env.STALEMAP_DIRECTED_FROM ?? 0);
const MOST_DIRECTED = 700;

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

  it(`says what the whole one says, on ${DIRECTED} programs of all kinds, in all its ways`, () => {
    const reduced = new Set<string>();
    const bad = new Set<string>();
    for (let n = FROM; n < FROM + DIRECTED; n++) {
      const drawn = directed(`directed${n}`);
      if (drawn === undefined) continue;
      const { subject, thing, preemptions } = drawn;
      const limit = { preemptions, maxStates: MOST_DIRECTED };
      const whole = outcomeText(subject, { ...limit, reduced: false });
      if (whole === undefined) continue;
      const what = `program ${n}, ${thing}`;
      expect(outcomeText(subject, limit), what).toBe(whole);
      const any = search(subject.engine);
      if (any.alikeOrders) reduced.add(thing);
      if (any.found !== 0) bad.add(thing);
      expect(any.found !== 0, what).toBe(JSON.parse(whole)[0] !== 0);
      if (any.found !== 0) continue;
      for (const way of [{ longFrom: 1 }, { exact: true }])
        expect(said(search(subject.engine, way)), what).toEqual(said(any));
    }
    expect(reduced.size).toBeGreaterThan(1);
    expect(bad.size).toBeGreaterThan(2);
  });
});
