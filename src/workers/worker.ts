/**
 * A worker thread: does the jobs it is sent, one after the other.
 */
import { parentPort } from "node:worker_threads";
import { doJob, type Job } from "../tasks/index.js";
import type { Reply } from "./pool.js";

parentPort?.on("message", (job: Job) => {
  let reply: Reply;
  try {
    reply = { result: doJob(job) };
  } catch (error) {
    reply = { error: error as Error };
  }
  parentPort?.postMessage(reply);
});
