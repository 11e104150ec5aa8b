/**
 * Runs exported programs on another kernel under QEMU's software emulation (no KVM): a small initramfs, two XFS
 * disks (4k and 1k blocks), one boot for all programs, verdicts from the serial console. Nothing is left running.
 */
import { join } from "node:path";
import type { RealProgram } from "../../force/real-program.js";
import { exportC } from "../export/export-c.js";
import { boot, MODULES, noResult } from "./boot.js";
import { type Scope, withCleanup } from "./cleanup.js";
import { compileAll, fileNameOf } from "./compile-c.js";
import { type ConsoleReport, parseConsole } from "./console.js";
import { makeImage, temporaryDir } from "./image.js";
import { type ArchiveFile, baseFiles, initScript, programFiles } from "./initramfs.js";
import { type KernelPackage, modulesInOrder, resolveKernel } from "./kernel-package.js";
import { type RealResult, summarize } from "./program-verdict.js";

export interface QemuOptions {
  /** Directory of an unpacked kernel package, or the name of a Debian package that apt can download. */
  readonly kernel: string;
  readonly repeat: number;
  /** For the whole boot. */
  readonly limitMs?: number;
  readonly cacheDir?: string | undefined;
  readonly onOutput?: (text: string) => void;
}

const BOOT_LIMIT_MS = 180_000;
const RUN_LIMIT_SECONDS = 75;
const MOUNTS: ReadonlyMap<number, string> = new Map([
  [4096, "/4k"],
  [1024, "/1k"],
]);

/** Ask qemuProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function runQemu(programs: readonly RealProgram[], options: QemuOptions): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const { cacheDir } = options;
    const kernel = await resolveKernel(options.kernel, { cacheDir, signal: scope.signal });
    const dir = temporaryDir(scope);
    const named = programs.map((program, i) => ({ program, name: `${i}-${fileNameOf(program.name)}` }));
    const files = await archive(named, { kernel, dir, scope, repeat: options.repeat });
    for (const block of MOUNTS.keys()) await makeImage(join(dir, `${block}.img`), block, scope.signal);
    const { limitMs = BOOT_LIMIT_MS, onOutput } = options;
    const result = await boot({ kernel, dir, files, disks: disksIn(dir), limitMs, onOutput }, scope);
    const report = parseConsole(result.stdout);
    if (report.runs.size === 0) throw new Error(noResult(kernel, report, result));
    return named.map((one) => resultOf(one, report));
  });
}

function disksIn(dir: string): string[] {
  return [...MOUNTS.keys()].flatMap((block) => [
    "-drive",
    `file=${join(dir, `${block}.img`)},format=raw,if=virtio,cache=unsafe`,
  ]);
}

/** A program and its name in the machine. */
interface Named {
  readonly program: RealProgram;
  readonly name: string;
}

interface Wanted {
  readonly kernel: KernelPackage;
  readonly dir: string;
  readonly scope: Scope;
  readonly repeat: number;
}

async function archive(
  named: readonly Named[],
  { kernel, dir, scope, repeat }: Wanted,
): Promise<ArchiveFile[]> {
  const sources = named.map(({ program, name }) => ({ name, source: exportC(program) }));
  const binaries = await compileAll(sources, { dir, signal: scope.signal });
  const modules = modulesInOrder(kernel, MODULES);
  const runs = named.map(({ program, name }) => {
    const mount = MOUNTS.get(program.file.block);
    if (!mount) throw new Error(`${program.name}: no disk with ${program.file.block}-byte blocks.`);
    return { name, mount, repeat };
  });
  const init = initScript(
    modules.map((module) => module.name),
    runs,
    RUN_LIMIT_SECONDS,
  );
  return [
    ...baseFiles(modules, init),
    ...programFiles(named.map(({ name }, i) => [name, binaries[i] ?? ""])),
  ];
}

function resultOf({ program, name }: Named, report: ConsoleReport): RealResult {
  const run = report.runs.get(name);
  const runs = run?.verdicts ?? [];
  return {
    name: program.name,
    block: program.file.block,
    kernel: report.kernel,
    runs,
    verdict: summarize(runs),
    output: run?.output ?? report.problems.join("\n"),
  };
}
