/**
 * Runs exported programs on another kernel under QEMU's software emulation (no KVM): a small initramfs, two XFS
 * disks (4k and 1k blocks), one boot for all programs, verdicts from the serial console. Nothing is left running.
 */
import type { RealProgram } from "../../force/real-program.js";
import { boot, noResult } from "./boot.js";
import { withCleanup } from "./cleanup.js";
import { type Compiled, compilePrograms } from "./compile-c.js";
import { parseConsole, runCommands } from "./console.js";
import { makeImage, temporaryDir } from "./image.js";
import { resolveKernel } from "./kernel-package.js";
import { type RealResult, resultOf } from "./program-verdict.js";

interface QemuOptions {
  /** Directory of an unpacked kernel package, or the name of a Debian package that apt can download. */
  readonly kernel: string;
  readonly repeat: number;
  /** For the whole boot. */
  readonly limitMs: number;
}

const RUN_LIMIT_SECONDS = 75;
/** Mount points by block size, in the order of the disks. */
const MOUNTS: ReadonlyMap<number, string> = new Map([
  [4096, "/4k"],
  [1024, "/1k"],
]);

/** Ask qemuProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function runQemu(programs: readonly RealProgram[], options: QemuOptions): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const { repeat, limitMs } = options;
    const kernel = await resolveKernel(options.kernel, scope.signal);
    const dir = temporaryDir(scope);
    const compiled = await compilePrograms(programs, dir, scope.signal);
    const runs = compiled.map((one) => ({ name: one.name, mount: mountOf(one), repeat }));
    const disks: string[] = [];
    for (const block of MOUNTS.keys()) {
      const image = await makeImage(dir, block, scope.signal);
      disks.push("-drive", `file=${image},format=raw,if=virtio,cache=unsafe`);
    }
    const init = runCommands([...MOUNTS.values()], runs, RUN_LIMIT_SECONDS);
    const names = compiled.map(({ name }) => name);
    const result = await boot({ kernel, dir, programs: names, init, disks, limitMs }, scope);
    const report = parseConsole(result.stdout);
    if (report.runs.size === 0) throw new Error(noResult(kernel, report.problems, result));
    const none = { verdicts: [], output: report.problems.join("\n") };
    return compiled.map(({ program, name }) =>
      resultOf(program, report.kernel, report.runs.get(name) ?? none),
    );
  });
}

function mountOf({ program }: Compiled): string {
  const mount = MOUNTS.get(program.file.block);
  if (mount === undefined)
    throw new Error(`${program.name}: no disk with ${program.file.block}-byte blocks.`);
  return mount;
}
