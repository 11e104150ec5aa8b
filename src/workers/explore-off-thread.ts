/**
 * Exploring on worker threads, so that progress is shown and signals are heard while the search runs: on one that knows
 * the whole, and, once the search turns out to be long, on others that take part.
 */
import { Worker } from "node:worker_threads";
import type { SubjectSpec } from "../explore/run/subject.js";
import type { Estimate } from "../explore/search/estimate.js";
import type { ExploreOptions, ExploreResult } from "../explore/search/prove.js";
import type { Progress } from "../explore/search/search.js";
import { type SharedHandle, SharedWork, Stop } from "../explore/search/shared-work.js";
import { WorkerDied } from "./pool.js";
import type { ShareTask } from "./search-worker.js";

export interface ExploreTask {
  readonly subject: SubjectSpec;
  readonly options: Omit<ExploreOptions, "onProgress" | "onViolation" | "onLong" | "shouldStop">;
  /** Not zero: stop. */
  readonly stop: Int32Array;
}

export type ExploreReply =
  /** Once a search turns out to be long; it has met `known` states by then. Not under a bound of preemptions. */
  | { readonly kind: "estimate"; readonly estimate: Estimate; readonly known: number }
  /** A failing run, while a shorter one is looked for. */
  | { readonly kind: "violation"; readonly choices: readonly number[] }
  | { readonly kind: "progress"; readonly progress: Progress };

/** The same, and what is between threads. */
export type WorkerReply =
  | ExploreReply
  /** Others may take part. */
  | { readonly kind: "long"; readonly handle: SharedHandle }
  | ({ readonly kind: "result" } & Explored);

export interface Explored {
  readonly result: ExploreResult;
  /** Without the estimate, where nobody searched meanwhile. */
  readonly searchSeconds: number;
}

export interface Exploration {
  /** Rejects with WorkerDied when one of the threads ends by itself, with what was covered by then. */
  readonly result: Promise<Explored>;
  /** The threads that are at it. */
  readonly threads: ReadonlySet<Worker>;
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
  const threads = new Set<Worker>();
  let shared: SharedWork | undefined;
  let isOver = false;
  const result = new Promise<Explored>((resolve, reject) => {
    const over = (): void => {
      isOver = true;
      shared?.stop(Stop.DIED);
      for (const thread of threads) void thread.terminate();
      threads.clear();
    };
    const start = (file: string, workerData: ExploreTask | ShareTask): Worker => {
      const worker = new Worker(new URL(file, import.meta.url), { workerData });
      const died = (cause: unknown): void => {
        if (isOver || !threads.delete(worker)) return;
        over();
        reject(new WorkerDied(cause, shared?.states));
      };
      threads.add(worker);
      worker.on("error", died);
      worker.on("exit", (code) => died(`status ${code}`));
      return worker;
    };
    const help = (handle: SharedHandle): void => {
      const helper = start("./search-worker.js", { subject, handle });
      // It has left the search, and may go.
      helper.on("message", () => threads.delete(helper));
    };
    start("./explore-worker.js", task).on("message", (reply: WorkerReply) => {
      if (reply.kind === "result") {
        over();
        resolve(reply);
      } else if (reply.kind === "long") {
        shared = new SharedWork(reply.handle);
        for (let i = 1; i < reply.handle.most; i++) help(reply.handle);
      } else onReply(reply);
    });
  });
  return { result, threads, stop: () => void Atomics.store(stop, 0, 1) };
}
