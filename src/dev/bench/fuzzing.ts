/**
 * How fast the fuzzer goes through its programs, set-up included, and how fast it would compute all their steps.
 */
import { makeSubject } from "../../explore/run/subject.js";
import { inTurn, makeStrategies } from "../../explore/strategies/index.js";
import { makeRng } from "../../explore/strategies/rng.js";
import { randomProgram } from "../../fuzz/random-program.js";
import { fuzzCases } from "../../tasks/fuzz-cases.js";

/** Cases that warm up, and those that are measured: the same ones, so that each has been seen before. */
const CASES = 4000;
const SCHEDULES = 60;

export interface Fuzzed {
  /** Seconds of CPU time of this process. */
  readonly seconds: number;
  readonly programs: number;
  readonly steps: number;
}

/** Seconds of CPU time that `work` takes when it is done for the second time. */
function secondTime(work: () => number): Omit<Fuzzed, "programs"> {
  work();
  const before = process.cpuUsage();
  const steps = work();
  return { steps, seconds: process.cpuUsage(before).user / 1e6 };
}

/** Cases as `fuzz --keep-going` has them, without what it shrinks. */
export function measureFuzzing(kernel: string): Fuzzed {
  const variant = { base: kernel, with: [], without: [] };
  const options = { variant, seed: "bench", mask: -1 };
  const job = { kind: "fuzz", options, from: 0, count: CASES, keepGoing: true } as const;
  return { programs: CASES, ...secondTime(() => fuzzCases(job).steps) };
}

/** The same programs with every step computed; steps are those of drains too. */
export function measureComputed(kernel: string): Fuzzed {
  const programs = CASES / 4;
  const variant = { base: kernel, with: [], without: [] };
  const work = (): number => {
    let steps = 0;
    for (let n = 0; n < programs; n++) {
      const { engine } = makeSubject(randomProgram(makeRng(`bench:${n}:program`), "case"), variant);
      const strategies = makeStrategies("mixed", makeRng(`bench:${n}:schedule`), engine);
      for (let i = 0; i < SCHEDULES; i++) engine.run(inTurn(strategies, i));
      steps += engine.computed;
    }
    return steps;
  };
  return { programs, ...secondTime(work) };
}
