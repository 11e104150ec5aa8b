/**
 * A worker thread that explores one subject: the search is one long synchronous call, so signals and time reach it
 * through a shared flag.
 */
import { parentPort, workerData } from "node:worker_threads";
import { estimateStates } from "../explore/estimate.js";
import { type ExploreOptions, exploreScenario } from "../explore/explore.js";
import { makeRng } from "../explore/rng.js";
import { DEFAULT_REDUCTIONS } from "../explore/search.js";
import type { ExploreReply, ExploreTask } from "./explore.js";
import { subjectOf } from "./job.js";

/** Random walks of the estimate. */
const PROBES = 2_000;
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
const { symmetry } = options.reductions ?? DEFAULT_REDUCTIONS;
tell({ sort: "estimate", estimate: estimateStates(subject.engine, symmetry, PROBES, makeRng("estimate")) });
tell({ sort: "result", result: exploreScenario(subject, settled) });
