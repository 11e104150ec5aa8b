/** Runs exported programs on the machine's own kernel, on loop-mounted XFS images that are gone afterwards. */
import { join } from "node:path";
import type { RealProgram } from "../../force/real-program.js";
import { type Scope, withCleanup } from "./cleanup.js";
import { compilePrograms } from "./compile-c.js";
import { mountImage, temporaryDir } from "./image.js";
import { type ProgramRuns, type RealResult, resultOf, verdictOfExit } from "./program-verdict.js";
import { runCommand } from "./run-command.js";
import { runningKernel } from "./running-kernel.js";

interface NativeOptions {
  readonly repeat: number;
  /** Where the image is made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
}

const RUN_LIMIT_MS = 90_000;

/** Ask nativeProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function runNative(
  programs: readonly RealProgram[],
  { repeat, imageDir }: NativeOptions,
): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const dir = temporaryDir(scope, imageDir);
    const mounts = new Map<number, string>();
    const results: RealResult[] = [];
    for (const { program, name } of await compilePrograms(programs, dir, scope.signal)) {
      const { block } = program.file;
      const mount = mounts.get(block) ?? (await mountImage(scope, dir, block));
      mounts.set(block, mount);
      const runs: ProgramRuns = { verdicts: [], output: "" };
      for (let i = 0; i < repeat; i++) await runOnce(join(dir, name), join(mount, `file-${i}`), runs, scope);
      results.push(resultOf(program, runningKernel(), runs));
    }
    return results;
  });
}

async function runOnce(binary: string, file: string, runs: ProgramRuns, { signal }: Scope): Promise<void> {
  const run = await runCommand(binary, [file], { limitMs: RUN_LIMIT_MS, signal });
  signal.throwIfAborted();
  const verdict = verdictOfExit(run.code);
  if (!runs.verdicts.includes(verdict)) runs.output += run.stdout + run.stderr;
  runs.verdicts.push(verdict);
}
