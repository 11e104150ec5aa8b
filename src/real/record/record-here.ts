/** Records traces on the running kernel: compiles the recorder, runs it on a loop-mounted image, reads the JSON. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withCleanup } from "../machine/cleanup.js";
import { compileC } from "../machine/compile-c.js";
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
    const dir = temporaryDir(scope, imageDir);
    const kernel = runningKernel();
    const binaries = await compileRecorders(requests, { kernel, dir, signal: scope.signal });
    const traces: RecordedTrace[] = [];
    for (const request of requests) {
      const { block, seed } = request;
      const name = traceName(request);
      const output = join(dir, `${name}.json`);
      const options = { limitMs: RECORD_LIMIT_MS, signal: scope.signal };
      const { run, layout } = await withCleanup(async (own) => {
        const mount = await mountImage(own, dir, block);
        const layout = await freeSpaceOf(imageIn(dir, block), scope.signal);
        const args = [join(mount, name), output, String(seed)];
        return { run: await runCommand(binaryOf(binaries, request), args, options), layout };
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

function binaryOf(binaries: ReadonlyMap<string, string>, request: RecordRequest): string {
  const binary = binaries.get(recorderName(request));
  if (binary === undefined) throw new Error(`${recorderName(request)} was not compiled`);
  return binary;
}

/** Path of each program that the requests need, by its name. */
export async function compileRecorders(
  requests: readonly RecordRequest[],
  { kernel, dir, signal }: { readonly kernel: string; readonly dir: string; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, string>> {
  const binaries = new Map<string, string>();
  for (const request of requests) {
    const name = recorderName(request);
    if (binaries.has(name)) continue;
    binaries.set(name, await compileC(recorderC({ ...request, kernel }), { dir, name, signal }));
  }
  return binaries;
}

/** The free space that the file found is part of the trace. */
export function withLayout(json: string, layout: FreeSpace): string {
  return json.replace('{"v":1,', `{"v":1,"layout":${JSON.stringify(layout)},`);
}
