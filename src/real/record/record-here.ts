/** Records traces on the running kernel: compiles the recorder, runs it on a loop-mounted image, reads the JSON. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withCleanup } from "../machine/cleanup.js";
import { compileAll } from "../machine/compile-c.js";
import { type FreeSpace, freeSpaceOf } from "../machine/free-space.js";
import { imageIn, mountImage, temporaryDir } from "../machine/image.js";
import { runCommand } from "../machine/run-command.js";
import { runningKernel } from "../machine/running-kernel.js";
import { type RecorderOptions, recorderC } from "./recorder.js";

export interface RecordRequest extends Omit<RecorderOptions, "kernel"> {
  readonly seed: number;
}

export interface RecordedTrace {
  readonly request: RecordRequest;
  /** KERNEL/BLOCKSIZE-KIND-sSEED.json, as the given traces are named. */
  readonly path: string;
  readonly json: string;
}

const RECORD_LIMIT_MS = 600_000;

/** Traces, each on an image of its own, so that it depends on nothing else. Ask nativeProblems first; throws Interrupted after cleaning up. */
export function recordAll(requests: readonly RecordRequest[], imageDir?: string): Promise<RecordedTrace[]> {
  return withCleanup(async (scope) => {
    const { signal } = scope;
    const dir = temporaryDir(scope, imageDir);
    const kernel = runningKernel();
    await compileRecorders(requests, kernel, dir, signal);
    const traces: RecordedTrace[] = [];
    for (const request of requests) {
      const { block, seed } = request;
      const name = traceName(request);
      const output = join(dir, `${name}.json`);
      const { run, layout } = await withCleanup(async (own) => {
        const mount = await mountImage(own, dir, block);
        const layout = await freeSpaceOf(imageIn(dir, block), signal);
        const args = [join(mount, name), output, String(seed)];
        const run = await runCommand(join(dir, recorderName(request)), args, {
          limitMs: RECORD_LIMIT_MS,
          signal,
        });
        return { run, layout };
      });
      if (run.code !== 0) throw new Error(`recording ${name}: ${run.killed ?? run.stdout.trim()}`);
      const json = withLayout(readFileSync(output, "utf8"), layout);
      traces.push({ request, path: `${kernel}/${name}.json`, json });
      rmSync(output);
    }
    return traces;
  });
}

export const traceName = ({ block, kind, seed }: RecordRequest) => `${block / 1024}k-${kind}-s${seed}`;

/** Of the program, which serves all seeds. */
export const recorderName = ({ block, kind, ops }: RecordRequest) => `record-${block / 1024}k-${kind}-${ops}`;

/** Into the directory, for a kernel by its label. */
export async function compileRecorders(
  requests: readonly RecordRequest[],
  kernel: string,
  dir: string,
  signal: AbortSignal,
): Promise<void> {
  const sources = requests.map(
    (request) => [recorderName(request), recorderC({ ...request, kernel })] as const,
  );
  await compileAll(sources, dir, signal);
}

/** The free space that the file found is part of the trace. */
export function withLayout(json: string, layout: FreeSpace): string {
  return json.replace('{"v":1,', `{"v":1,"layout":${JSON.stringify(layout)},`);
}
