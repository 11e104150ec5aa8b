/**
 * What a search leaves out of plain programs changes nothing that it finds: on random ones, on random kernels, whole
 * searches with and without it agree.
 */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/explore/run/engine.js";
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { Canonical } from "../../src/explore/search/canonical.js";
import { search } from "../../src/explore/search/frontier-search.js";
import { isPlainProgram } from "../../src/explore/search/plain-programs.js";
import type { SearchOptions, SearchResult } from "../../src/explore/search/search.js";
import { makeRng, type Rng } from "../../src/explore/strategies/rng.js";
import { CHOICES } from "../../src/kernel/machine/choices.js";
import { Global } from "../../src/kernel/machine/layout.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { scenario } from "../kernel/machine.js";

const PROGRAMS = 600;
const MOST_STATES = 4_000;

/** Most of them races of writes with what cleans and drops pages. */
function plainSubject(seed: string): Subject {
  const rng = makeRng(seed);
  const pages = 1 + rng.below(3);
  const range = (): string => {
    const from = rng.below(2 * pages);
    const to = from + 1 + rng.below(2 * pages - from);
    return `${2 * from}k..${2 * to}k`;
  };
  const one = (kinds: readonly string[]): string => `{ ${kinds[rng.below(kinds.length)]}: ${range()} }`;
  const some = (most: number, kinds: readonly string[]): string =>
    Array.from({ length: rng.below(most + 1) }, () => one(kinds)).join(", ");
  const kinds = ["write", "write", "writeback", "writeback", "read", "fsync", "sync_file_range", "evict"];
  const threads = Array.from({ length: 2 + rng.below(3) }, (_, i) => {
    const more = some(1, kinds);
    return `  t${i}: [${one(i === 0 ? ["write"] : i === 1 ? ["writeback", "fsync"] : kinds)}${more && ", "}${more}]`;
  });
  if (rng.chance(0.3)) threads.push(threads[rng.below(threads.length)]!.replace("t", "twin"));
  const program = scenario(`
name: ${seed}
file: { size: ${4 * pages}k, block: 4k }
setup: [${some(3, ["fallocate", "write", "writeback", "fsync", "punch", "zero"])}]
budget: { evictions: ${rng.below(3)} }
threads:
${threads.join("\n")}
`);
  return makeSubject(program, randomKernel(rng));
}

function randomKernel(rng: Rng) {
  const base = rng.chance(0.3) ? "cured" : RELEASES[rng.below(RELEASES.length)]!.name;
  const toggled = rng.chance(0.5) ? FIX_NAMES.filter(() => rng.chance(0.15)) : [];
  const added = toggled.filter(() => rng.chance(0.5));
  return { base, with: added, without: toggled.filter((name) => !added.includes(name)) };
}

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
      if (plain.result.states > 1_000) continue;
      const any = search(engine);
      expect(any.found !== 0, what).toBe(plain.found !== 0);
      if (plain.found === 0) expect(said(search(engine, { longFrom: 1 })), what).toEqual(said(any));
      const steps = [true, false].map((reduced) => search(engine, { goal: "shortest", reduced }).steps);
      expect(steps[0], what).toBe(steps[1]);
    }
    expect(bad).toBeGreaterThan(PROGRAMS / 20);
    expect(left).toBeLessThan(whole / 2);
  });
});
