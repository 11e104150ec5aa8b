/** Runs exported programs on the machine's own kernel, on loop-mounted XFS images that are gone afterwards. */
import { join } from "node:path";
import type { RealProgram } from "../../force/real-program.js";
import { withCleanup } from "./cleanup.js";
import { compilePrograms } from "./compile-c.js";
import { workplaceIn } from "./image.js";
import { openMounts } from "./mounts.js";
import { type ProgramRuns, type RealResult, resultOf, verdictOfRun } from "./program-verdict.js";
import { runningKernel } from "./running-kernel.js";

interface NativeOptions {
  readonly repeat: number;
  /** Where the image is made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
  /** Hears of each program's result as it comes, in order; of an interrupted one when it has lost data. */
  readonly onResult?: (result: RealResult) => void;
}

const RUN_LIMIT_MS = 90_000;

/** Ask nativeProblems first. Throws Interrupted on a signal, after cleaning up. */
export function runNative(
  programs: readonly RealProgram[],
  { repeat, imageDir, onResult = () => {} }: NativeOptions,
): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, imageDir);
    const compiled = await compilePrograms(programs, place);
    const mounts = await openMounts(scope, place);
    const mountPoints = new Map<number, string>();
    const results: RealResult[] = [];
    for (const { program, name } of compiled) {
      const { block } = program.file;
      const mountPoint = mountPoints.get(block) ?? (await mounts.mount(block));
      mountPoints.set(block, mountPoint);
      const runs: ProgramRuns = { verdicts: [], output: "" };
      for (let i = 0; i < repeat && !scope.signal.aborted; i++) {
        const run = await mounts.run(join(place.dir, name), [join(mountPoint, `file-${i}`)], RUN_LIMIT_MS);
        if (scope.signal.aborted) break;
        const verdict = verdictOfRun(run.code, run.stdout);
        if (!runs.verdicts.includes(verdict)) runs.output += run.stdout + run.stderr;
        runs.verdicts.push(verdict);
      }
      const result = resultOf(program, runningKernel(), runs);
      if (!scope.signal.aborted || runs.verdicts.includes("lost")) onResult(result);
      scope.signal.throwIfAborted();
      results.push(result);
    }
    return results;
  });
}
