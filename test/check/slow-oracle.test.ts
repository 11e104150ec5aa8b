/**
 * The oracles against a slow restatement of their rules (slow-oracle.ts) on random runs, most of which meet a file
 * with a wrong value somewhere. ORACLE_RUNS sets how many, 4,000 unless said; 100,000 take two minutes.
 */
import { describe, expect, it } from "vitest";
import { NOT_DURABLE, type Verdict } from "../../src/check/violations.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeStrategies } from "../../src/explore/strategies/index.js";
import { makeRng, type Rng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import type { Judge } from "../../src/kernel/machine/events.js";
import type { Kernel } from "../../src/kernel/machine/kernel.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { TOGGLES } from "../../src/kernel/versions/toggles.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { encodeToken } from "../../src/scenario/token.js";
import type { Scenario } from "../../src/scenario/types.js";
import { SlowOracle } from "./slow-oracle.js";

const RUNS = Number(process.env.ORACLE_RUNS ?? 4000);
const PER_PROGRAM = 20;

/** Every release, and each toggle the other way round on the two youngest models of the series. */
const VARIANTS: readonly KernelVariant[] = [
  ...RELEASES.map(({ name }) => ({ base: name, with: [], without: [] })),
  ...TOGGLES.flatMap(({ name }) =>
    RELEASES.filter((r) => r.name === "6.2" || r.name === "cured").map(({ name: base, fixes }) =>
      fixes.has(name) ? { base, with: [], without: [name] } : { base, with: [name], without: [] },
    ),
  ),
];

/** The setup runs at the head of the first thread, so that both oracles see it. */
function withoutSetup(scenario: Scenario): Scenario {
  const [first, ...rest] = scenario.threads;
  return {
    ...scenario,
    setup: [],
    threads: [{ ...first!, ops: [...scenario.setup, ...first!.ops] }, ...rest],
  };
}

/** Tells both of everything; what happens as a call ends, `meanwhile`, neither is told. */
function both(fast: Judge<Kernel>, slow: SlowOracle, meanwhile: () => void): Judge<Kernel> {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(fast)).filter((n) => n !== "constructor");
  const tell = (name: string) => [
    name,
    (...args: unknown[]) => {
      if (name === "changed") meanwhile();
      for (const judge of [slow, fast])
        (judge as unknown as Record<string, (...a: unknown[]) => void>)[name]!(...args);
    },
  ];
  return Object.fromEntries(names.map(tell)) as unknown as Judge<Kernel>;
}

/** Puts another value into the cache or on the disk, behind the kernel's back: some of that is excused, and some is not. */
function spoil(k: Kernel, rng: Rng): void {
  const cell = rng.below(k.g.cells);
  const value = rng.below(k.program.values);
  if (rng.chance(0.5)) k.folios.fill(cell, cell + 1, value);
  else k.disk.write(cell, value);
}

/** What the two say differently of a run, if anything. */
function difference(slow: SlowOracle, verdict: Verdict): string | undefined {
  const content = verdict.has(Oracle.CONTENT);
  // With three values or more src/check allows anything.
  const mayMiss = slow.isWide && !content;
  if (slow.content.size > 0 !== content && !mayMiss) return "content";
  if (content && !slow.isWide && !slow.content.has(verdict.from[Oracle.CONTENT]!)) return "place of content";
  if (slow.exposed.size > 0 !== verdict.has(Oracle.EXPOSURE)) return "exposure";
  const results = verdict.has(Oracle.RESULTS);
  // The first of the oracle's violations can be another.
  const isDurability = results && verdict.kind[Oracle.RESULTS] === NOT_DURABLE;
  if (isDurability && slow.notDurable.size === 0) return "durability";
  return slow.notDurable.size > 0 && !results && !slow.isWide ? "durability missed" : undefined;
}

describe(`the oracles and their slow restatement, on ${RUNS} random runs`, () => {
  it("agree", () => {
    const disagreements: string[] = [];
    const counts = { runs: 0, bad: 0, wide: 0 };
    for (let n = 0; counts.runs < RUNS; n++) {
      const scenario = withoutSetup(randomProgram(makeRng(`slow:${n}`), `slow-${n}`));
      const variant = VARIANTS[n % VARIANTS.length]!;
      const { engine } = makeSubject(scenario, variant);
      const { k, verdict } = engine;
      const strategies = makeStrategies("mixed", makeRng(`slow:${n}:s`), engine);
      const slow = new SlowOracle();
      const rng = makeRng(`slow:${n}:spoil`);
      k.judge = both(engine.oracles, slow, () => {
        if (rng.chance(0.1)) spoil(k, rng);
      });
      engine.atEnd = () => {
        if (rng.chance(0.5)) spoil(k, rng);
        slow.atRest(k);
        return 0;
      };
      for (let i = 0; i < PER_PROGRAM; i++) {
        slow.reset(k.g.cells);
        engine.run(strategies[i % strategies.length]!);
        const isStuck = verdict.has(Oracle.PROGRESS);
        if (!isStuck) slow.drained(k);
        counts.runs++;
        if (isStuck) continue;
        if (verdict.found !== 0) counts.bad++;
        if (slow.isWide) counts.wide++;
        const differs = difference(slow, verdict);
        if (differs === undefined) continue;
        const token = encodeToken({ scenario, variant, choices: choicesOf(engine) });
        disagreements.push(`${differs} of case ${n}: ${token}`);
      }
    }
    expect(disagreements.slice(0, 10)).toEqual([]);
    expect(counts.bad).toBeGreaterThan(counts.runs / 10);
    expect(counts.wide).toBeLessThan(counts.runs / 20);
  });
});
