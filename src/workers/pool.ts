/**
 * Where jobs are done: in this thread between turns of the event loop, or on worker threads. Which thread does a job
 * never shows in its result.
 */
import { Worker } from "node:worker_threads";
import { type Asking, doJob, type Job, type ResultOf } from "../tasks/index.js";

export interface Pool {
  /** How many jobs are worth having under way. */
  readonly width: number;
  run<J extends Job>(job: J): Promise<ResultOf<J>>;
  close(): Promise<void>;
}

export function openPool(jobs: number): Pool {
  return jobs <= 1 ? new InlinePool() : new WorkerPool(jobs);
}

class InlinePool implements Pool {
  readonly width = 1;

  async run<J extends Job>(job: J): Promise<ResultOf<J>> {
    // Signals are delivered between turns of the event loop.
    await new Promise<void>((resolve) => setImmediate(resolve));
    return doJob(job);
  }
  async close(): Promise<void> {}
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** What a worker posts back. */
export type Reply = { readonly result: unknown } | { readonly error: Error };

class WorkerPool implements Pool {
  readonly width: number;
  readonly #workers: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #queue: Waiting[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #most: number;

  constructor(jobs: number) {
    this.#most = jobs;
    this.width = 3 * jobs;
  }

  run<J extends Job>(job: J): Promise<ResultOf<J>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    const free = this.#idle.length + this.#most - this.#workers.length;
    for (const waiting of this.#queue.splice(0, free)) {
      const worker = this.#idle.pop() ?? this.#start();
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.job);
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.js", import.meta.url));
    this.#workers.push(worker);
    worker.on("message", (reply: Reply) => {
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      if ("result" in reply) waiting?.resolve(reply.result as never);
      else waiting?.reject(reply.error);
      this.#dispatch();
    });
    worker.on("error", (error) => {
      this.#busy.get(worker)?.reject(error);
      this.#busy.delete(worker);
      this.#workers.splice(this.#workers.indexOf(worker), 1);
    });
    return worker;
  }
}

/**
 * Does the jobs that some work asks for, and gives what comes of it. Once `stop` says so the work gets no more
 * results. `told` hears each.
 */
export async function drive<T>(
  pool: Pool,
  work: Asking<T>,
  stop: () => boolean,
  told: (result: ResultOf<Job>) => void = () => {},
): Promise<T> {
  let next = work.next();
  while (next.done !== true) {
    const result = stop() ? undefined : await pool.run(next.value);
    if (result !== undefined) told(result);
    next = work.next(result);
  }
  return next.value;
}

/** Works on the items, `width` at a time, and gives the results in the order of the items. */
export async function* inOrder<I, R>(
  width: number,
  items: Generator<I>,
  work: (item: I) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  const next = (): Promise<R> | undefined => {
    while (underWay.length < width) {
      const item = items.next();
      if (item.done === true) break;
      const result = work(item.value);
      result.catch(() => {});
      underWay.push(result);
    }
    return underWay.shift();
  };
  for (let first = next(); first !== undefined; first = next()) yield await first;
}
