/** Searches at the limits of the language agree with each other, with sampling, and with the same program made small. */

import { describe, expect, it } from "vitest";
import { examine } from "../../src/explore/finding/finding.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { sampleScenario } from "../../src/explore/sample/sample.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { Transitions } from "../../src/explore/search/transitions.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { MAX_OPS_PER_THREAD, MAX_PAGES_TOUCHED, MAX_THREADS } from "../../src/scenario/limits.js";

function subjectOf(text: string, kernel = "6.0"): Subject {
  const parsed = parseScenario(text, "limits.yaml");
  if ("diagnostics" in parsed) throw new Error(JSON.stringify(parsed.diagnostics));
  return makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
}

/** The race of 2022 in the page that starts at `page` pages; reclaim can take any page before it as well. */
function raceAt(page: number): string {
  const k = 4 * page;
  return `
name: race-at
file: { size: ${k + 4}k, block: 4k }
setup: [{ fallocate: 0..${k + 4}k }, { write: ${k + 2}k..${k + 4}k }]
threads: { writer: [{ write: ${k}k..${k + 2}k }], flusher: [{ writeback: ${k}k..${k + 4}k }] }
budget: { evictions: 1 }
`;
}

/** What all three searches and a sample say, which must be the same. */
function agreed(subject: Subject) {
  const { engine } = subject;
  const any = search(engine);
  const all = search(engine, { goal: "all" });
  const shortest = search(engine, { goal: "shortest" });
  const plain = search(engine, { goal: "all", symmetry: false, reduced: false });
  expect([any.cut, all.cut, shortest.cut, plain.cut]).toEqual(Array(4).fill(undefined));
  expect(plain.found).toBe(all.found);
  expect([any.found !== 0, shortest.found !== 0]).toEqual([all.found !== 0, all.found !== 0]);
  if (all.found === 0) {
    expect(any.states).toBe(all.states);
    // Of a plain program a shortest run is looked for step by step.
    expect(shortest.states >= all.states && (shortest.states === all.states || all.deadValues)).toBe(true);
  }
  const sample = sampleScenario(subject, { schedules: 400, seed: "limits", mask: -1, stopAtFirst: false });
  expect(sample.found & ~all.found).toBe(0);
  if (sample.first !== undefined) {
    expect(shortest.steps).toBeLessThanOrEqual(examine(subject, sample.first.choices, -1)!.steps);
  }
  for (const v of [...any.violations, ...shortest.violations]) {
    expect(examine(subject, v.choices, -1)).toBeDefined();
  }
  if (all.found !== 0) {
    expect(examine(subject, shortest.violations[0]!.choices, -1)!.steps).toBe(shortest.steps);
  }
  return { found: all.found, steps: shortest.steps, states: all.states };
}

describe("a search at the limits of the language", () => {
  const first = agreed(subjectOf(raceAt(0)));

  it.each([1, 4, 6, 30, 37, 38, 44, MAX_PAGES_TOUCHED - 1])("finds the race in page %i", (page) => {
    const subject = subjectOf(raceAt(page));
    const pages = subject.engine.k.g.pages;
    expect(new Transitions(subject.engine).most).toBeGreaterThan(pages);
    expect(pages).toBeGreaterThan(page);
    expect(first.found).not.toBe(0);
    expect(agreed(subject)).toMatchObject({ found: first.found, steps: first.steps });
    expect(agreed(subjectOf(raceAt(page), "cured")).found).toBe(0);
  });

  it("takes all threads", () => {
    const racing = `writer: [{ write: 0..2k }], flusher: [{ writeback: 0..4k }]`;
    const others = Array.from({ length: MAX_THREADS - 2 }, (_, i) => `t${i}: [{ fadvise: 8k..12k }]`).join(
      ", ",
    );
    const text = (threads: string) => `
name: crowd
file: { size: 12k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k }]
threads: { ${threads} }
budget: { evictions: 1 }
`;
    const few = search(subjectOf(text(racing)).engine, { goal: "all" });
    const subject = subjectOf(text(`${others}, ${racing}`));
    expect(subject.engine.k.layout.programThreads).toBe(MAX_THREADS);
    expect(subject.engine.schedulable).toBeGreaterThan(MAX_THREADS);
    for (const goal of ["any", "all", "shortest"] as const) {
      const many = search(subject.engine, { goal });
      expect([many.cut, many.found !== 0]).toEqual([undefined, few.found !== 0]);
      expect(examine(subject, many.violations[0]!.choices, -1)).toBeDefined();
    }
    const sample = sampleScenario(subject, { schedules: 200, seed: "crowd", mask: -1, stopAtFirst: false });
    expect(sample.found & ~few.found).toBe(0);
  });

  it("takes as many operations as a thread may have", () => {
    const writes = Array.from(
      { length: MAX_OPS_PER_THREAD },
      (_, i) => `{ write: ${i % 4}k..${(i % 4) + 1}k }`,
    );
    const text = `
name: long
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }]
threads: { a: [${writes.join(", ")}], b: [${writes.join(", ")}] }
`;
    const subject = subjectOf(text, "cured");
    const halves = agreed(subject);
    expect(halves.found).toBe(0);
    expect(halves.states).toBeGreaterThan(MAX_OPS_PER_THREAD ** 2 / 2);
  });

  it("asks as many questions within one step as there are", () => {
    const transitions = new Transitions(subjectOf(raceAt(0)).engine);
    const asked = 100;
    const ask = (): number[] => {
      transitions.asked = 0;
      return Array.from({ length: asked }, () => transitions.choose(0, 2));
    };
    transitions.forced = 0;
    expect(ask()).toEqual(Array(asked).fill(0));
    expect(transitions.next()).toBe(true);
    expect(ask()).toEqual([...Array(asked - 1).fill(0), 1]);
    expect(transitions.next()).toBe(true);
    expect(ask()).toEqual([...Array(asked - 2).fill(0), 1, 0]);
  });
});
