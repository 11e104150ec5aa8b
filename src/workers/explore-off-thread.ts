/**
 * Exploring on a worker thread, so that progress is shown and signals are heard while the search runs.
 */
import { Worker } from "node:worker_threads";
import type { SubjectSpec } from "../explore/run/subject.js";
import type { Estimate } from "../explore/search/estimate.js";
import type { ExploreOptions, ExploreResult } from "../explore/search/prove.js";
import type { Progress } from "../explore/search/search.js";
import { WorkerDied } from "./pool.js";

export interface ExploreTask {
  readonly subject: SubjectSpec;
  readonly options: Omit<ExploreOptions, "onProgress" | "onViolation" | "shouldStop">;
  /** Not zero: stop. */
  readonly stop: Int32Array;
}

export type ExploreReply =
  /** Once a search turns out to be long; it has met `known` states by then. Not under a bound of preemptions. */
  | { readonly kind: "estimate"; readonly estimate: Estimate; readonly known: number }
  /** A failing run, while a shorter one is looked for. */
  | { readonly kind: "violation"; readonly choices: readonly number[] }
  | { readonly kind: "progress"; readonly progress: Progress }
  | ({ readonly kind: "result" } & Explored);

export interface Explored {
  readonly result: ExploreResult;
  /** Without the estimate. */
  readonly searchSeconds: number;
}

export interface Exploration {
  readonly result: Promise<Explored>;
  /** Asks the search to stop with what it has. */
  stop(): void;
}

export function startExploring(
  subject: SubjectSpec,
  options: ExploreTask["options"],
  onReply: (reply: ExploreReply) => void,
): Exploration {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const task: ExploreTask = { subject, options, stop };
  const worker = new Worker(new URL("./explore-worker.js", import.meta.url), { workerData: task });
  const result = new Promise<Explored>((resolve, reject) => {
    worker.on("message", (reply: ExploreReply) => {
      if (reply.kind === "result") resolve(reply);
      else onReply(reply);
    });
    worker.on("error", (error) => reject(new WorkerDied(error)));
    worker.on("exit", (code) => reject(new WorkerDied(`status ${code}`)));
  });
  return { result, stop: () => void Atomics.store(stop, 0, 1) };
}
