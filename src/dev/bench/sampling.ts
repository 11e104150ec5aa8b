/**
 * How fast schedules run: steps per second and schedules per second of one witness under PCT, in this thread.
 */
import { readFileSync } from "node:fs";
import { CachedRuns } from "../../explore/run/memo.js";
import { makeSubject, type Subject } from "../../explore/run/subject.js";
import { Pct } from "../../explore/strategies/pct.js";
import { makeRng } from "../../explore/strategies/rng.js";
import { parseScenario } from "../../scenario/language/parse.js";

export interface Rate {
  readonly stepsPerSecond: number;
  readonly schedulesPerSecond: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A scenario file as it is run on a kernel. Throws when the file is not valid. */
export function subjectOn(file: string, kernel: string): Subject {
  const parsed = parseScenario(readFileSync(file, "utf8"), file);
  if ("diagnostics" in parsed) throw new Error(`${file} is not valid`);
  return makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
}

/**
 * Runs `file` on `kernel` for about `seconds` after a warm-up of half that, as `run` and `fuzz` do (`isCached`) or with
 * every step computed. Steps are those of schedules, without drains.
 */
export function measureSampling(file: string, kernel: string, seconds: number, isCached: boolean): Rate {
  const { engine } = subjectOn(file, kernel);
  const pct = new Pct(makeRng("bench"), 3, engine);
  const runs = new CachedRuns();
  runs.start(engine);
  let schedules = 0;
  let steps = 0;
  const until = (end: number): void => {
    while (performance.now() < end) {
      for (let i = 0; i < 2000; i++) {
        if (isCached) runs.run(pct);
        else engine.run(pct);
        steps += engine.steps;
      }
      schedules += 2000;
    }
  };
  until(performance.now() + seconds * 500);
  schedules = 0;
  steps = 0;
  const start = performance.now();
  until(start + seconds * 1000);
  const elapsed = (performance.now() - start) / 1000;
  return { stepsPerSecond: steps / elapsed, schedulesPerSecond: schedules / elapsed };
}

/** Bytes by which the heap grows over `steps` steps after warm-up; needs --expose-gc. */
export function measureHeapGrowth(file: string, kernel: string, steps: number): number | undefined {
  const gc = (globalThis as { gc?: () => void }).gc;
  if (gc === undefined) return undefined;
  const { engine } = subjectOn(file, kernel);
  const pct = new Pct(makeRng("heap"), 3, engine);
  const runs = new CachedRuns();
  runs.start(engine);
  const run = (n: number): void => {
    for (let done = 0; done < n; done += engine.steps) runs.run(pct);
  };
  run(2_000_000);
  gc();
  const before = process.memoryUsage().heapUsed;
  run(steps);
  // Without a collection in between: what the loop itself leaves behind counts.
  return process.memoryUsage().heapUsed - before;
}
