/** Runs exported programs on the machine's own kernel, on loop-mounted XFS images that are gone afterwards. */
import { join } from "node:path";
import type { RealProgram } from "../../force/real-program.js";
import { exportC } from "../export/export-c.js";
import { type Scope, withCleanup } from "./cleanup.js";
import { compileAll, fileNameOf } from "./compile-c.js";
import { mountImage, temporaryDir } from "./image.js";
import { type RealResult, type RealVerdict, summarize, verdictOfExit } from "./program-verdict.js";
import { runCommand } from "./run-command.js";
import { runningKernel } from "./running-kernel.js";

export interface NativeOptions {
  readonly repeat: number;
  /** Where the image is made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
  readonly runLimitMs?: number;
  readonly onResult?: (result: RealResult) => void;
}

const RUN_LIMIT_MS = 90_000;

/** Ask nativeProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function runNative(programs: readonly RealProgram[], options: NativeOptions): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const dir = temporaryDir(scope, options.imageDir);
    const mounts = new Map<number, string>();
    const results: RealResult[] = [];
    const sources = programs.map((program, i) => ({
      name: `${i}-${fileNameOf(program.name)}`,
      source: exportC(program),
    }));
    const binaries = await compileAll(sources, { dir, signal: scope.signal });
    for (const [i, binary] of binaries.entries()) {
      const program = programs[i];
      if (program === undefined) break;
      const { block } = program.file;
      const mount = mounts.get(block) ?? (await mountImage(scope, dir, block));
      mounts.set(block, mount);
      const result = await runOne(program, { binary, mount, scope, options });
      results.push(result);
      options.onResult?.(result);
    }
    return results;
  });
}

interface Run {
  readonly binary: string;
  readonly mount: string;
  readonly scope: Scope;
  readonly options: NativeOptions;
}

async function runOne(program: RealProgram, { binary, mount, scope, options }: Run): Promise<RealResult> {
  const runs: RealVerdict[] = [];
  let output = "";
  for (let i = 0; i < options.repeat; i++) {
    const limitMs = options.runLimitMs ?? RUN_LIMIT_MS;
    const run = await runCommand(binary, [join(mount, `file-${i}`)], { limitMs, signal: scope.signal });
    scope.signal.throwIfAborted();
    const verdict = verdictOfExit(run.code);
    if (runs.every((earlier) => earlier !== verdict)) output += run.stdout + run.stderr;
    runs.push(verdict);
  }
  const { name, file } = program;
  return { name, block: file.block, kernel: runningKernel(), runs, verdict: summarize(runs), output };
}
