/**
 * A worker thread that explores one subject: the search is one long synchronous call, so signals and time reach it
 * through a shared flag.
 */
import { parentPort, workerData } from "node:worker_threads";
import { subjectOf } from "../explore/run/subject.js";
import { estimateStates } from "../explore/search/estimate.js";
import { type ExploreOptions, exploreScenario } from "../explore/search/prove.js";
import { HELP_FROM } from "../explore/search/search.js";
import { makeRng } from "../explore/strategies/rng.js";
import type { ExploreTask, WorkerReply } from "./explore-off-thread.js";

/** Random walks of the estimate. */
const PROBES = 1_800;
const TELL_EVERY_MS = 100;

const { subject: spec, options, stop } = workerData as ExploreTask;

function tell(reply: WorkerReply): void {
  parentPort?.postMessage(reply);
}

const shouldStop = (): boolean => Atomics.load(stop, 0) !== 0;

/** On a machine of its own, so that the search is not disturbed. */
function estimate(known: number): void {
  const { engine } = subjectOf(spec);
  const estimate = estimateStates(engine, options, PROBES, makeRng("estimate"), shouldStop);
  if (!shouldStop()) tell({ kind: "estimate", estimate, known });
}

let told = 0;
let isEstimated = options.preemptions !== undefined || spec.scenario.order !== undefined;
let estimateMs = 0;
const subject = subjectOf(spec);
const settled: ExploreOptions = {
  ...options,
  shouldStop,
  onLong: (handle) => tell({ kind: "long", handle }),
  onViolation: (choices) => tell({ kind: "violation", choices }),
  onProgress: (progress) => {
    const now = performance.now();
    // One of fewer is over before an estimate of it would be.
    if (!isEstimated && progress.states >= HELP_FROM) {
      isEstimated = true;
      estimate(progress.states);
      // Other threads go on with the search meanwhile.
      if ((options.threads ?? 1) === 1) estimateMs = performance.now() - now;
    }
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    tell({ kind: "progress", progress });
  },
};
const started = performance.now();
const result = exploreScenario(subject, settled);
const searchSeconds = (performance.now() - started - estimateMs) / 1000;
tell({ kind: "result", result, searchSeconds });
