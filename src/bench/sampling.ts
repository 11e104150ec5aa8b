/**
 * How fast schedules run: steps per second and schedules per second of one witness under PCT, in this thread.
 */
import { readFileSync } from "node:fs";
import { Pct } from "../explore/pct.js";
import { makeRng } from "../explore/rng.js";
import { makeSubject } from "../explore/subject.js";
import { parseScenario } from "../scenario/parse.js";

export interface Rate {
  readonly stepsPerSecond: number;
  readonly schedulesPerSecond: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Runs `file` on `kernel` for about `seconds` after a warm-up of half that; throws when the file is not valid. */
export function measureSampling(file: string, kernel: string, seconds: number): Rate {
  const parsed = parseScenario(readFileSync(file, "utf8"), file);
  if ("diagnostics" in parsed) throw new Error(`${file} is not valid`);
  const { engine } = makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
  const pct = new Pct(makeRng("bench"), 3, engine);
  const until = (end: number): number => {
    let n = 0;
    while (performance.now() < end) {
      for (let i = 0; i < 2000; i++) engine.run(pct);
      n += 2000;
    }
    return n;
  };
  until(performance.now() + seconds * 500);
  engine.totalSteps = 0;
  const start = performance.now();
  const schedules = until(start + seconds * 1000);
  const elapsed = (performance.now() - start) / 1000;
  return { stepsPerSecond: engine.totalSteps / elapsed, schedulesPerSecond: schedules / elapsed };
}

/** Bytes by which the heap grows over `steps` steps after warm-up; needs --expose-gc. */
export function measureHeapGrowth(file: string, kernel: string, steps: number): number | undefined {
  const gc = (globalThis as { gc?: () => void }).gc;
  if (gc === undefined) return undefined;
  const parsed = parseScenario(readFileSync(file, "utf8"), file);
  if ("diagnostics" in parsed) throw new Error(`${file} is not valid`);
  const { engine } = makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
  const pct = new Pct(makeRng("heap"), 3, engine);
  const run = (n: number): void => {
    engine.totalSteps = 0;
    while (engine.totalSteps < n) engine.run(pct);
  };
  run(2_000_000);
  gc();
  const before = process.memoryUsage().heapUsed;
  run(steps);
  // Without a collection in between: what the loop itself leaves behind counts.
  return process.memoryUsage().heapUsed - before;
}
