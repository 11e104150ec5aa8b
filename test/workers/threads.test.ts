/**
 * A search says the same whatever the number of its threads, and when one of them dies it says so, never less than all
 * that there is.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { ExploreResult } from "../../src/explore/search/prove.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import type { Exploration } from "../../src/workers/explore-off-thread.js";
import { directed } from "../explore/directed.js";
import { plainSubject, randomSubject } from "../explore/subjects.js";
import { scenarioAt } from "../scenarios.js";
import { bundledThreads } from "./threads.js";

/** Random programs that are searched by one, two and four threads, from which number on, and threads that are killed: more with these. */
const PROGRAMS = Number(process.env.STALEMAP_THREADED ?? 4);
const FROM = Number(process.env.STALEMAP_THREADED_FROM ?? 0);
const KILLS = Number(process.env.STALEMAP_KILLS ?? 6);

let start: typeof import("../../src/workers/explore-off-thread.js")["startExploring"];
beforeAll(async () => {
  start = (await bundledThreads()).startExploring;
});

type Spec = Parameters<typeof start>[0];

function explore(spec: Spec, threads: number, reduced = true): Exploration {
  return start(spec, { threads, longFrom: 1, reduced }, () => {});
}

/** Without what is measured. */
function said({ bytes: _, tableBytes: __, bytesPerState: ___, ...rest }: ExploreResult): unknown {
  return rest;
}

async function expectSame(spec: Spec): Promise<ExploreResult> {
  const { result: one } = await explore(spec, 1).result;
  for (const threads of [2, 4]) {
    const { result } = await explore(spec, threads).result;
    expect(said(result)).toEqual(said(one));
  }
  return one;
}

const on = (name: string, base: string): Spec => ({
  scenario: scenarioAt(`scenarios/grid/${name}.yaml`),
  variant: { base, with: [], without: [] },
});

describe("one, two and four threads", () => {
  it.each<[string, string, string]>([
    ["p3w2k2", "cured", "ok"],
    ["p2w2k1", "6.0", "mismatch"],
  ])("say the same of %s on %s", async (name, base, verdict) => {
    const result = await expectSame(on(name, base));
    expect([result.verdict, result.undecided]).toEqual([verdict, undefined]);
    expect(result.states > 1000 || result.isShortest).toBe(true);
  });

  it("say the same of random programs", async () => {
    let long = 0;
    let reduced = 0;
    for (let n = FROM; n < FROM + PROGRAMS; n++) {
      const { scenario, variant } = randomSubject(`threads ${n}`);
      const { states } = await expectSame({ scenario, variant });
      if (states > 100) long++;
      if (n % 2 !== 0) {
        const { subject } = directed(`directed${n}`) ?? {};
        if (subject !== undefined)
          await expectSame({
            scenario: subject.scenario,
            variant: subject.variant,
            fine: subject.engine.k.fine,
          });
        continue;
      }
      const plain = plainSubject(`plain${n + 6}`);
      const one = await expectSame({ scenario: plain.scenario, variant: plain.variant });
      if (one.alikeOrders) reduced++;
    }
    expect(Math.min(long, reduced)).toBeGreaterThan(0);
  });
});

describe("a thread that dies", () => {
  it("ends the search with a message, unless all was done", async () => {
    const spec = on("p3w3k2", "cured");
    const { result: whole } = await explore(spec, 2, false).result;
    const rng = makeRng("kills");
    let killed = 0;
    for (let n = 0; n < KILLS; n++) {
      const exploration = explore(spec, 3, false);
      const wait = 60 + rng.below(500);
      const victim = rng.below(3);
      setTimeout(() => {
        const threads = [...exploration.threads];
        void threads[victim % threads.length]?.terminate();
      }, wait);
      try {
        const { result } = await exploration.result;
        expect(said(result)).toEqual(said(whole));
      } catch (error) {
        killed++;
        expect(String(error)).toMatch(
          /a worker thread ended: status [01](, after \d+ states without a verdict)?$/,
        );
      }
      expect(exploration.threads.size).toBe(0);
    }
    expect(killed).toBeGreaterThan(0);
  });
});
