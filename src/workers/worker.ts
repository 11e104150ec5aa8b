/**
 * A worker thread: does the jobs it is sent, one after the other.
 */
import { parentPort } from "node:worker_threads";
import { doJob, type Job } from "../tasks/index.js";
import type { Reply } from "./pool.js";

const port = parentPort!;
port.on("message", (job: Job) => {
  port.postMessage(answer(job));
});

function answer(job: Job): Reply {
  try {
    return { result: doJob(job) };
  } catch (error) {
    const { message, stack } = error as Error;
    return { error: message, stack: stack ?? message };
  }
}
