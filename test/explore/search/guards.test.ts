/**
 * Programs that the guards of a search's reductions are there for: searches with and without agree on each. That they differ
 * without the guard is tried by `npm run accept -- search-mutants`; here, that each guard stands where its mutant changes it.
 */
import { describe, expect, it } from "vitest";
import { judged } from "../../../src/dev/accept/search-mutants/judge.js";
import { PROGRAMS } from "../../../src/dev/accept/search-mutants/programs.js";
import { mutatedSource } from "../../../src/dev/accept/search-mutants/run.js";
import { MUTANTS } from "../../../src/dev/accept/search-mutants/table.js";

describe("guards of reductions", () => {
  it.each(Object.entries(PROGRAMS))("%s is searched alike with and without them", (name, program) => {
    const whole = judged(name, program, false);
    const reduced = judged(name, program, true);
    expect(whole.says).toBeDefined();
    expect(reduced.says).toBe(whole.says);
    expect(reduced.work).toBeLessThanOrEqual(whole.work);
  });

  it("stand in the sources, each once", () => {
    for (const mutant of MUTANTS) expect(() => mutatedSource(mutant), mutant.name).not.toThrow();
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });

  it("have a program each, and each program has a guard", () => {
    const named = new Set(MUTANTS.flatMap(({ program }) => program ?? []));
    expect([...named].sort()).toEqual(Object.keys(PROGRAMS).sort());
  });
});
