/**
 * Runs exported programs on another kernel under QEMU's software emulation (no KVM): a small initramfs, two XFS
 * disks (4k and 1k blocks), one boot for all programs, verdicts from the serial console. Nothing is left running.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Scope, withCleanup } from "./cleanup.js";
import { runCommand } from "./command.js";
import { compileAll, fileNameOf } from "./compile.js";
import { type ConsoleReport, parseConsole } from "./console.js";
import { findTool } from "./environment.js";
import { exportC } from "./export-c.js";
import { makeImage, temporaryDir } from "./image.js";
import { type ArchiveFile, cpioArchive, initScript } from "./initramfs.js";
import { type KernelPackage, modulesInOrder, resolveKernel } from "./kernel-package.js";
import type { RealProgram } from "./realizable.js";
import { type RealResult, summarize } from "./verdict.js";

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
const MODULES = ["virtio_pci", "virtio_blk", "crc32c_generic", "xfs"];
const MOUNTS: ReadonlyMap<number, string> = new Map([
  [4096, "/4k"],
  [1024, "/1k"],
]);
const APPEND = "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable no_timer_check";

/** Ask qemuProblems first. Throws Interrupted on SIGINT and SIGTERM, after cleaning up. */
export function runQemu(programs: readonly RealProgram[], options: QemuOptions): Promise<RealResult[]> {
  return withCleanup(async (scope) => {
    const { cacheDir } = options;
    const kernel = await resolveKernel(options.kernel, { cacheDir, signal: scope.signal });
    const dir = temporaryDir(scope);
    const names = programs.map((program, i) => `${i}-${fileNameOf(program.name)}`);
    writeFileSync(join(dir, "initramfs"), await initramfs(programs, names, { kernel, dir, scope, options }));
    for (const block of MOUNTS.keys()) await makeImage(join(dir, `${block}.img`), block, scope.signal);
    const limitMs = options.limitMs ?? BOOT_LIMIT_MS;
    const { onOutput } = options;
    const boot = await runCommand("qemu-system-x86_64", qemuArguments(kernel, dir), {
      limitMs,
      signal: scope.signal,
      ...(onOutput ? { onOutput } : {}),
    });
    scope.signal.throwIfAborted();
    const report = parseConsole(boot.stdout);
    if (report.runs.size === 0) throw new Error(noResult(kernel, report, boot.stderr, boot.killed));
    return programs.map((program, i) => resultOf(program, report, names[i]));
  });
}

function qemuArguments(kernel: KernelPackage, dir: string): string[] {
  const disks = [4096, 1024].flatMap((block) => [
    "-drive",
    `file=${join(dir, `${block}.img`)},format=raw,if=virtio,cache=unsafe`,
  ]);
  const machine =
    "-M q35 -accel tcg -cpu max -smp 2 -m 1024 -nodefaults -display none -no-reboot -serial stdio";
  return [
    ...machine.split(" "),
    ...["-kernel", kernel.image, "-initrd", join(dir, "initramfs"), "-append", APPEND],
    ...disks,
  ];
}

interface Boot {
  readonly kernel: KernelPackage;
  readonly dir: string;
  readonly scope: Scope;
  readonly options: QemuOptions;
}

async function initramfs(
  programs: readonly RealProgram[],
  names: readonly string[],
  { kernel, dir, scope, options }: Boot,
): Promise<Buffer> {
  const files: ArchiveFile[] = [];
  const sources = programs.map((program, i) => ({ name: names[i], source: exportC(program) }));
  const binaries = await compileAll(sources, { dir, signal: scope.signal });
  binaries.forEach((binary, i) => {
    files.push({ path: `programs/${names[i]}`, content: readFileSync(binary), executable: true });
  });
  const modules = modulesInOrder(kernel, MODULES);
  files.push(...modules.map(({ name, content }) => ({ path: `modules/${name}.ko`, content })));
  const runs = programs.map((program, i) => {
    const mount = MOUNTS.get(program.file.block);
    if (!mount) throw new Error(`${program.name}: no disk with ${program.file.block}-byte blocks.`);
    return { name: names[i], mount, repeat: options.repeat };
  });
  const init = initScript(
    modules.map((module) => module.name),
    runs,
    RUN_LIMIT_SECONDS,
  );
  files.push({
    path: "bin/busybox",
    content: readFileSync(findTool("busybox") ?? "busybox"),
    executable: true,
  });
  files.push({ path: "init", content: init, executable: true });
  return cpioArchive(files);
}

function resultOf(program: RealProgram, report: ConsoleReport, name: string): RealResult {
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

function noResult(kernel: KernelPackage, report: ConsoleReport, stderr: string, killed = ""): string {
  const why = [killed, ...report.problems, stderr.trim()].filter((text) => text !== "").join("; ");
  return `${kernel.name} under QEMU gave no result: ${why || "the kernel ended before the first program"}`;
}
