/**
 * Where jobs are done. Short ones, when one is to run at a time, in this thread between turns of the event loop; all
 * others on worker threads, so that signals and time are heard whatever a job takes. Which thread does a job never
 * shows in its result.
 */
import { Worker } from "node:worker_threads";
import { type Asking, doJob, isShort, type Job, type ResultOf } from "../tasks/index.js";

/** A worker thread ended by itself: an exception outside a job, an exit, no memory. */
export class WorkerDied extends Error {
  readonly isOutOfMemory: boolean;

  /** `states`: how many a search had looked at by then. */
  constructor(cause: unknown, states?: number) {
    const isOutOfMemory = (cause as NodeJS.ErrnoException)?.code === "ERR_WORKER_OUT_OF_MEMORY";
    const why = cause instanceof Error ? cause.message : String(cause);
    const covered = states === undefined ? "" : `, after ${states} states without a verdict`;
    super(`a worker thread ${isOutOfMemory ? "ran out of memory" : `ended: ${why}`}${covered}`);
    this.isOutOfMemory = isOutOfMemory;
  }
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** What a worker posts back. */
export type Reply = { readonly result: unknown } | { readonly error: Error };

export class Pool {
  /** How many jobs are worth having under way. */
  readonly width: number;
  readonly #most: number;
  /** Not zero: hurry. Every worker sees it. */
  readonly #hurry = new Int32Array(new SharedArrayBuffer(4));
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: Waiting[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  #death: WorkerDied | undefined;
  #isClosed = false;

  constructor(jobs: number) {
    this.#most = jobs;
    this.width = jobs === 1 ? 1 : 3 * jobs;
  }

  /** Rejects with what the job throws, or with WorkerDied, after which the pool does no more jobs on threads. */
  run<J extends Job>(job: J): Promise<ResultOf<J>> {
    if (this.#most === 1 && isShort(job)) return nextTurn().then(() => doJob(job));
    if (this.#death !== undefined) return Promise.reject(this.#death);
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#dispatch();
    });
  }

  /** Asks the jobs that sample or search, now and later, to end with what they have. */
  hurry(): void {
    Atomics.store(this.#hurry, 0, 1);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #dispatch(): void {
    const free = this.#idle.length + this.#most - this.#workers.size;
    for (const waiting of this.#queue.splice(0, free)) {
      const worker = this.#idle.pop() ?? this.#start();
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.job);
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: this.#hurry });
    this.#workers.add(worker);
    worker.on("message", (reply: Reply) => {
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      if ("result" in reply) waiting?.resolve(reply.result as never);
      else waiting?.reject(reply.error);
      this.#dispatch();
    });
    worker.on("error", (error) => this.#bury(worker, error));
    worker.on("exit", (code) => this.#bury(worker, `status ${code}`));
    return worker;
  }

  /** Nothing is done again that may have killed a worker. */
  #bury(worker: Worker, cause: unknown): void {
    if (!this.#workers.delete(worker) || this.#isClosed) return;
    this.#death = new WorkerDied(cause);
    if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
    for (const { reject } of [this.#busy.get(worker), ...this.#queue.splice(0)].filter(
      (w) => w !== undefined,
    ))
      reject(this.#death);
    this.#busy.delete(worker);
  }
}

/** Signals are delivered between turns of the event loop; the first immediate may still be of the same turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

const LOOK_EVERY_MS = 50;
/** What a job gets to end with what it has, once it is to stop. */
const GRACE_MS = 1_000;

/** The job's result, or undefined when `stop` says so before there is one. */
export async function unless<J extends Job>(
  pool: Pick<Pool, "run" | "hurry">,
  job: J,
  stop: () => boolean,
): Promise<ResultOf<J> | undefined> {
  if (stop()) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<undefined>((resolve) => {
    let waited = 0;
    timer = setInterval(() => {
      if (!stop()) return;
      pool.hurry();
      waited += LOOK_EVERY_MS;
      if (waited > GRACE_MS) resolve(undefined);
    }, LOOK_EVERY_MS);
  });
  const result = pool.run(job);
  // Nobody hears of a failure after the stop.
  result.catch(() => {});
  try {
    return await Promise.race([result, stopped]);
  } finally {
    clearInterval(timer);
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
    const result = await unless(pool, next.value, stop);
    if (result !== undefined) told(result);
    next = work.next(result);
  }
  return next.value;
}

/**
 * Works on the items, `width` at a time, and gives the results in the order of the items. When one fails, those under
 * way are still given; then the failure is thrown.
 */
export async function* inOrder<I, R>(
  width: number,
  items: Iterator<I>,
  work: (item: I) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  const failures: unknown[] = [];
  const next = (): Promise<R> | undefined => {
    while (underWay.length < width && failures.length === 0) {
      const item = items.next();
      if (item.done === true) break;
      const result = work(item.value);
      result.catch(() => {});
      underWay.push(result);
    }
    return underWay.shift();
  };
  for (let first = next(); first !== undefined; first = next()) {
    try {
      yield await first;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
