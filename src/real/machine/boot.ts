/** Boots a kernel under QEMU's software emulation (no KVM) with an initramfs and raw disks, and takes its console down. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import type { ConsoleReport } from "./console.js";
import { type ArchiveFile, cpioArchive } from "./initramfs.js";
import type { KernelPackage } from "./kernel-package.js";
import { type CommandResult, runCommand } from "./run-command.js";

export interface Boot {
  readonly kernel: KernelPackage;
  /** Temporary; gets the initramfs. */
  readonly dir: string;
  readonly files: readonly ArchiveFile[];
  /** Arguments of QEMU that add the disks. */
  readonly disks: readonly string[];
  /** More for the kernel's command line. */
  readonly append?: string;
  /** For the whole boot. */
  readonly limitMs: number;
  readonly onOutput?: ((text: string) => void) | undefined;
}

export const MODULES = ["virtio_pci", "virtio_blk", "crc32c_generic", "xfs"];
const MACHINE =
  "-M q35 -accel tcg -cpu max -smp 2 -m 1024 -nodefaults -display none -no-reboot -serial stdio".split(" ");
const APPEND = "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable no_timer_check";

/** What was printed until the kernel powered off or the limit ended it. Throws what aborted the scope. */
export async function boot(
  { kernel, dir, files, disks, append, limitMs, onOutput }: Boot,
  scope: Scope,
): Promise<CommandResult> {
  const initramfs = join(dir, "initramfs");
  writeFileSync(initramfs, cpioArchive(files));
  const line = append === undefined ? APPEND : `${APPEND} ${append}`;
  const result = await runCommand(
    "qemu-system-x86_64",
    [...MACHINE, "-kernel", kernel.image, "-initrd", initramfs, "-append", line, ...disks],
    { limitMs, signal: scope.signal, onOutput },
  );
  scope.signal.throwIfAborted();
  return result;
}

/** Why a boot brought nothing. */
export function noResult(
  kernel: KernelPackage,
  report: Pick<ConsoleReport, "problems">,
  { stderr, killed }: CommandResult,
): string {
  const why = [killed ?? "", ...report.problems, stderr.trim()].filter((text) => text !== "").join("; ");
  return `${kernel.name} under QEMU gave no result: ${why || "the kernel ended before the first program"}`;
}
