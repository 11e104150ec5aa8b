/**
 * A worker thread that explores one subject: the search is one long synchronous call, so signals and time reach it
 * through a shared flag.
 */
import { parentPort, workerData } from "node:worker_threads";
import { estimateStates } from "../explore/estimate.js";
import { type ExploreOptions, type ExploreResult, exploreScenario } from "../explore/explore.js";
import { makeRng } from "../explore/rng.js";
import type { ExploreReply, ExploreTask } from "./explore.js";
import { subjectOf } from "./job.js";

/** A search of no more states is over before an estimate of it would be. */
const QUICK_STATES = 100_000;
/** Random walks of the estimate. */
const PROBES = 1_800;
const TELL_EVERY_MS = 100;

const port = parentPort!;
const { subject: spec, options, stop } = workerData as ExploreTask;

function tell(reply: ExploreReply): void {
  port.postMessage(reply);
}

let told = 0;
const subject = subjectOf(spec);
const settled: ExploreOptions = {
  ...options,
  shouldStop: () => Atomics.load(stop, 0) !== 0,
  onProgress: (progress) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    tell({ sort: "progress", progress });
  },
};

/** Whether the quick search left anything open: states, or whether its failing run is the shortest. */
function isSettled({ undecided, finding, isShortest }: ExploreResult): boolean {
  return undecided !== "states" && (finding === undefined || isShortest || options.preemptions !== undefined);
}

let started = performance.now();
let result = exploreScenario(subject, { ...settled, maxStates: QUICK_STATES, onProgress: () => {} });
if (!isSettled(result)) {
  const { symmetry } = result.reductions;
  const estimate = estimateStates(subject.engine, symmetry, PROBES, makeRng("estimate"));
  tell({ sort: "estimate", estimate, known: result.states });
  started = performance.now();
  result = exploreScenario(subject, settled);
}
tell({ sort: "result", result, searchSeconds: (performance.now() - started) / 1000 });
