/** Records traces on the running kernel: compiles the recorder, runs it on a loop-mounted image, reads the JSON. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { withCleanup } from "../machine/cleanup.js";
import { compileAll } from "../machine/compile-c.js";
import { type FreeSpace, freeSpaceOf } from "../machine/free-space.js";
import { imageIn, type Workplace, workplaceIn } from "../machine/image.js";
import { type Mounts, openMounts } from "../machine/mounts.js";
import { lastOf } from "../machine/run-command.js";
import { runningKernel } from "../machine/running-kernel.js";
import { MAX_TRACE_LENGTH } from "../traces/trace-text.js";
import { type RecordRequest, recorderC, recorderName, traceName } from "./recorder.js";
import { checkedTrace, type RecordedTrace } from "./recording.js";

const RECORD_LIMIT_MS = 600_000;

/**
 * Traces, each on an image of its own, so that it depends on nothing else; `onTrace` hears of each as it comes. Ask
 * nativeProblems first; throws Interrupted after cleaning up.
 */
export function recordAll(
  requests: readonly RecordRequest[],
  onTrace: (trace: RecordedTrace) => void,
  imageDir?: string,
): Promise<void> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, imageDir);
    const kernel = runningKernel();
    await compileRecorders(requests, kernel, place);
    const mounts = await openMounts(scope, place);
    for (const request of requests) {
      const { text, layout } = await recorded(request, place, mounts);
      onTrace(checkedTrace(request, kernel, text, layout));
      scope.signal.throwIfAborted();
    }
  });
}

async function recorded(
  request: RecordRequest,
  place: Workplace,
  mounts: Mounts,
): Promise<{ readonly text: string; readonly layout: FreeSpace }> {
  const name = traceName(request);
  const output = join(place.dir, `${name}.json`);
  const mountPoint = await mounts.mount(request.block);
  try {
    const layout = await freeSpaceOf(imageIn(place.dir, request.block), place);
    const args = [join(mountPoint, name), output, String(request.seed)];
    const run = await mounts.run(join(place.dir, recorderName(request)), args, RECORD_LIMIT_MS);
    if (run.code !== 0)
      throw new Error(`recording ${name}: ${run.killed ?? lastOf(run.stdout + run.stderr)}`);
    if (statSync(output).size > MAX_TRACE_LENGTH) throw new Error(`recording ${name}: it is over 32 MiB`);
    return { text: readFileSync(output, "utf8"), layout };
  } finally {
    rmSync(output, { force: true });
    mounts.unmount(mountPoint);
  }
}

/** Into the workplace, for a kernel by its label. */
export async function compileRecorders(
  requests: readonly RecordRequest[],
  kernel: string,
  place: Workplace,
): Promise<void> {
  const sources = requests.map(
    (request) => [recorderName(request), recorderC({ ...request, kernel })] as const,
  );
  await compileAll(sources, place);
}
