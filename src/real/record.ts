/** Records a trace on the running kernel: compiles the recorder, runs it on a loop-mounted image, reads the JSON. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withCleanup } from "./cleanup.js";
import { runCommand } from "./command.js";
import { compileC } from "./compile.js";
import { freeSpaceOf } from "./free-space.js";
import { imageIn, mountImage, temporaryDir } from "./image.js";
import { runningKernel } from "./native.js";
import { type RecorderOptions, recorderC } from "./recorder.js";

export type RecordRequest = Omit<RecorderOptions, "kernel">;

export interface RecordedTrace {
  readonly request: RecordRequest;
  /** KERNEL/BLOCKSIZE-KIND-sSEED.json, as the given traces are named. */
  readonly path: string;
  readonly json: string;
}

const RECORD_LIMIT_MS = 600_000;

/** One trace. */
export async function record(request: RecordRequest, imageDir?: string): Promise<RecordedTrace> {
  return (await recordAll([request], imageDir))[0];
}

/** Many traces, each on an image of its own, so that it depends on nothing else. Ask nativeProblems first; throws Interrupted after cleaning up. */
export function recordAll(requests: readonly RecordRequest[], imageDir?: string): Promise<RecordedTrace[]> {
  return withCleanup(async (scope) => {
    const dir = temporaryDir(scope, imageDir);
    const kernel = runningKernel();
    const traces: RecordedTrace[] = [];
    for (const request of requests) {
      const { block, kind, seed } = request;
      const name = `${block / 1024}k-${kind}-s${seed}`;
      const source = recorderC({ ...request, kernel });
      const binary = await compileC(source, { dir, name, signal: scope.signal });
      const output = join(dir, `${name}.json`);
      const options = { limitMs: RECORD_LIMIT_MS, signal: scope.signal };
      const { run, layout } = await withCleanup(async (own) => {
        const mount = await mountImage(own, dir, block);
        const layout = await freeSpaceOf(imageIn(dir, block), scope.signal);
        return { run: await runCommand(binary, [join(mount, name), output], options), layout };
      });
      if (run.code !== 0) throw new Error(`recording ${name}: ${run.killed ?? run.stdout.trim()}`);
      const json = readFileSync(output, "utf8").replace(
        '{"v":1,',
        `{"v":1,"layout":${JSON.stringify(layout)},`,
      );
      traces.push({ request, path: `${kernel}/${name}.json`, json });
      rmSync(output);
      rmSync(binary);
    }
    return traces;
  });
}
