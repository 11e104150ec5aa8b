/**
 * Runs exported programs on another kernel under QEMU's software emulation (no KVM): a small initramfs, two XFS
 * disks (4k and 1k blocks), one boot for all programs, verdicts from the serial console. Nothing is left running.
 */
import type { RealProgram } from "../../force/real-program.js";
import { boot, noResult } from "./boot.js";
import { withCleanup } from "./cleanup.js";
import { type Compiled, compilePrograms } from "./compile-c.js";
import { parseConsole } from "./console.js";
import { driveOf, makeImage, workplaceIn } from "./image.js";
import { runCommands } from "./init-runs.js";
import { resolveKernel, versionOf } from "./kernel-package.js";
import { type RealResult, resultOf } from "./program-verdict.js";
import { kernelLabel, UNKNOWN_KERNEL } from "./running-kernel.js";

interface QemuOptions {
  /** Directory of an unpacked kernel package, or the name of a Debian package that apt can download. */
  readonly kernel: string;
  readonly repeat: number;
  /** For the whole boot. */
  readonly limitMs: number;
  /** Where the images are made; the system's temporary directory unless said. */
  readonly imageDir?: string | undefined;
}

const RUN_LIMIT_SECONDS = 75;
/** Mount points by block size, in the order of the disks. */
const MOUNTS: ReadonlyMap<number, string> = new Map([
  [4096, "/4k"],
  [1024, "/1k"],
]);

/** Ask qemuProblems first. Throws Interrupted on a signal, after cleaning up. */
export function runQemu(programs: readonly RealProgram[], options: QemuOptions): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const { repeat, limitMs, imageDir } = options;
    const place = workplaceIn(scope, imageDir);
    const kernel = await resolveKernel(options.kernel, place);
    const compiled = await compilePrograms(programs, place);
    const runs = compiled.map((one) => ({ name: one.name, mount: mountOf(one), repeat }));
    const disks: string[] = [];
    for (const block of MOUNTS.keys())
      disks.push("-drive", driveOf(await makeImage(place, block), "if=virtio,cache=unsafe"));
    const init = runCommands([...MOUNTS.values()], runs, RUN_LIMIT_SECONDS);
    const names = compiled.map(({ name }) => name);
    const result = await boot({ kernel, place, programs: names, init, disks, limitMs });
    const report = parseConsole(result.stdout, runs);
    if ([...report.runs.values()].every(({ verdicts }) => verdicts.length === 0))
      throw new Error(noResult(kernel, report.problems, result));
    const label = kernelLabel(versionOf(kernel));
    const isOther = report.kernel !== label && report.kernel !== UNKNOWN_KERNEL;
    const problems = [...report.problems, ...(isOther ? [`it booted ${report.kernel}, not ${label}`] : [])];
    const problem = problems.length === 0 ? undefined : noResult(kernel, problems, result);
    const none = { verdicts: [], output: "" };
    return compiled.map(({ program, name }) =>
      resultOf(program, report.kernel, report.runs.get(name) ?? none, problem),
    );
  });
}

function mountOf({ program }: Compiled): string {
  const mount = MOUNTS.get(program.file.block);
  if (mount === undefined)
    throw new Error(`${program.name}: no disk with ${program.file.block}-byte blocks.`);
  return mount;
}
