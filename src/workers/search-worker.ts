/**
 * A worker thread that takes part in a search which another one has begun: all that they have to tell each other lies in
 * shared memory.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type SubjectSpec, subjectOf } from "../explore/run/subject.js";
import { LongSearch } from "../explore/search/long-search.js";
import type { SharedHandle } from "../explore/search/shared-work.js";

export interface ShareTask {
  readonly subject: SubjectSpec;
  readonly handle: SharedHandle;
}

const { subject, handle } = workerData as ShareTask;
const { engine } = subjectOf(subject);
engine.reset();
engine.k.windows.fill(0);
new LongSearch(engine, handle).run();
// One that ends without this has died.
parentPort?.postMessage("left");
