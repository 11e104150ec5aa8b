/**
 * The benchmark: sampling speed of every witness in one thread and in two, and what the inner loop allocates.
 * Medians of ROUNDS rounds; one machine, nothing else running.
 */
import { readdirSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type Fuzzed, measureComputed, measureFuzzing } from "./fuzzing.js";
import { measureSearch, measureSpin, measureWitnesses, mergedBoundaries, type Searched } from "./grid.js";
import { measureHeapGrowth, measureSampling, medianOf, type Rate } from "./sampling.js";
import { type Grid, measureGrid } from "./threads.js";

const ROUNDS = 3;
const SECONDS = 0.5;
const FOLDER = "scenarios/witnesses";
const MAIN = `${FOLDER}/unwritten-tail.yaml`;

function inWorkers(count: number, file: string, kernel: string): Promise<Rate> {
  const one = (): Promise<Rate> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { file, kernel } });
      worker.on("message", resolve);
      worker.on("error", reject);
    });
  return Promise.all(Array.from({ length: count }, one)).then((rates) => ({
    stepsPerSecond: rates.reduce((n, r) => n + r.stepsPerSecond, 0),
    schedulesPerSecond: rates.reduce((n, r) => n + r.schedulesPerSecond, 0),
  }));
}

async function main(): Promise<void> {
  console.log("Steps are those of schedules, without drains. Computed: each step by the kernel's paths.");
  console.log("Sampled: as run and fuzz do, with transitions that were met before looked up.\n");
  console.log(
    `${"PCT depth 3, kernel 6.0".padEnd(36)} ${"computed".padStart(10)} ${"sampled".padStart(10)} ${"schedules".padStart(12)}`,
  );
  for (const name of readdirSync(FOLDER)
    .filter((f) => f.endsWith(".yaml"))
    .sort()) {
    const file = `${FOLDER}/${name}`;
    const computed = Array.from({ length: ROUNDS }, () => measureSampling(file, "6.0", SECONDS / 2, false));
    const sampled = Array.from({ length: ROUNDS }, () => measureSampling(file, "6.0", SECONDS / 2, true));
    print(name.replace(".yaml", ""), sampled, computed);
  }
  const one: Rate[] = [];
  const two: Rate[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    one.push(await inWorkers(1, MAIN, "6.0"));
    two.push(await inWorkers(2, MAIN, "6.0"));
  }
  print("unwritten-tail, 1 thread", one);
  print("unwritten-tail, 2 threads", two);
  const ratio = medianOf(two.map((r) => r.stepsPerSecond)) / medianOf(one.map((r) => r.stepsPerSecond));
  console.log(`two threads are ${ratio.toFixed(2)} times one`);
  const growth = measureHeapGrowth(MAIN, "6.0", 10_000_000);
  const text = growth === undefined ? "not measured (node --expose-gc)" : `${(growth / 1e6).toFixed(2)} MB`;
  console.log(`heap growth over 10 M steps: ${text}`);
  fuzzing();
  exhaustive();
}

function fuzzing(): void {
  console.log("\nprograms of the fuzzer, kernel cured, by CPU time");
  const rate = ({ programs, steps, seconds }: Fuzzed): string =>
    `${Math.round(programs / seconds)} programs/s, ${perSecond(steps / seconds / 1e6, "M")} steps`;
  const rounds = (measure: (kernel: string) => Fuzzed): Fuzzed => {
    const one = measure("cured");
    const others = Array.from({ length: ROUNDS - 1 }, () => measure("cured"));
    return { ...one, seconds: medianOf([one, ...others].map(({ seconds }) => seconds)) };
  };
  console.log(`${"as fuzz runs them".padEnd(36)} ${rate(rounds(measureFuzzing))}`);
  console.log(`${"every step computed, drains too".padEnd(36)} ${rate(rounds(measureComputed))}`);
}

function exhaustive(): void {
  console.log(
    "\nevery state (merged steps), grid of 3 pages, 3 writers, 2 flushers, 2 evictions, kernel cured",
  );
  const grid = "scenarios/grid/p3w3k2.yaml";
  const ours = measureSearch(grid, "cured");
  const symmetric = measureSearch(grid, "cured", { reduced: false });
  const plain = measureSearch(grid, "cured", { symmetry: false, reduced: false });
  const { merged, all } = mergedBoundaries(grid, "cured");
  console.log(`${merged} of ${all} boundaries of the kernel's paths are merged`);
  printSearch("default", ours);
  printSearch("symmetry alone", symmetric);
  printSearch("no reduction", plain);
  const spin = measureSpin(3, 3, 2);
  if (spin === undefined)
    console.log("SPIN on the toy of the same race: not measured (packages spin and gcc)");
  else {
    printSearch("SPIN on the toy of the same race", spin);
    console.log(`SPIN takes ${(spin.seconds / ours.seconds).toFixed(1)} times as long as the default search`);
  }
  const three = "scenarios/grid/p3w3k3.yaml";
  printSearch("3 flushers, default", measureSearch(three, "cured"));
  printSearch("3 flushers, symmetry alone", measureSearch(three, "cured", { reduced: false }));
  printSearch("every witness on every kernel", measureWitnesses(FOLDER));
  threads();
}

/** Whole runs of the program, start-up and estimate included. */
function threads(): void {
  console.log("\nthe same by the program, on one thread and on two");
  const grids: readonly Grid[] = [
    { pages: 3, flushers: 2, rounds: ROUNDS },
    { pages: 3, flushers: 3, rounds: ROUNDS },
    { pages: 4, flushers: 2, rounds: ROUNDS },
    { pages: 4, flushers: 3, rounds: 1 },
  ];
  for (const grid of grids) {
    const [one, two] = [measureGrid(grid, 1), measureGrid(grid, 2)];
    const name = `${grid.pages} pages, ${grid.flushers} flushers`;
    printSearch(`${name}, 1 thread`, one);
    printSearch(`${name}, 2 threads`, two);
    console.log(`two threads are ${(one.seconds / two.seconds).toFixed(2)} times one`);
  }
}

/** A state that stands for several has more transitions behind it, so both rates are printed. */
function printSearch(name: string, { states, transitions, seconds, bytes }: Searched): void {
  const perState = bytes > 0 ? `, ${Math.round(bytes / states)} bytes per state` : "";
  const millions = (n: number): string => (n / seconds / 1e6).toFixed(2);
  const steps = transitions > 0 ? ` and ${millions(transitions)} M transitions/s` : "";
  const rate = `${millions(states)} M states/s${steps}`;
  console.log(`${name.padEnd(40)} ${states} states in ${seconds.toFixed(2)} s, ${rate}${perState}`);
}

function print(name: string, sampled: readonly Rate[], computed?: readonly Rate[]): void {
  const steps = (rates: readonly Rate[]) =>
    perSecond(medianOf(rates.map((r) => r.stepsPerSecond)) / 1e6, "M");
  const schedules = perSecond(medianOf(sampled.map((r) => r.schedulesPerSecond)) / 1e3, "k");
  const first = computed === undefined ? "" : steps(computed);
  console.log(
    `${name.padEnd(36)} ${first.padStart(10)} ${steps(sampled).padStart(10)} ${schedules.padStart(12)}`,
  );
}

const perSecond = (n: number, unit: string): string => `${n.toFixed(unit === "M" ? 1 : 0)} ${unit}/s`;

if (isMainThread) await main();
else {
  const { file, kernel } = workerData as { file: string; kernel: string };
  parentPort?.postMessage(measureSampling(file, kernel, 2 * SECONDS, true));
}
