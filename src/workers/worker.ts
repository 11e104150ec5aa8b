/**
 * A worker thread: does the jobs it is sent, one after the other.
 */
import { parentPort, workerData } from "node:worker_threads";
import { doJob, type Job } from "../tasks/index.js";
import type { Reply } from "./pool.js";

const hurry = workerData as Int32Array;

parentPort?.on("message", (job: Job) => {
  let reply: Reply;
  try {
    reply = { result: doJob(job, () => Atomics.load(hurry, 0) !== 0) };
  } catch (error) {
    reply = { error: error as Error };
  }
  parentPort?.postMessage(reply);
});
