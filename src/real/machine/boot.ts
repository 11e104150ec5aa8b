/** Boots a kernel under QEMU's software emulation (no KVM) with an initramfs and raw disks, and takes its console down. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import { cpioArchive, type Root, rootFiles } from "./initramfs.js";
import { type KernelPackage, modulesInOrder } from "./kernel-package.js";
import { type CommandResult, runCommand } from "./run-command.js";

/** Its directory is temporary and gets the initramfs, too. */
interface Boot extends Omit<Root, "modules"> {
  readonly kernel: KernelPackage;
  /** Arguments of QEMU that add the disks. */
  readonly disks: readonly string[];
  /** More for the kernel's command line. */
  readonly append?: string;
  /** For the whole boot. */
  readonly limitMs: number;
}

const MODULES = ["virtio_pci", "virtio_blk", "crc32c_generic", "xfs"];
const MACHINE =
  "-M q35 -accel tcg -cpu max -smp 2 -m 1024 -nodefaults -display none -no-reboot -serial stdio".split(" ");
const APPEND = "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable no_timer_check";

/** What was printed until the kernel powered off or the limit ended it. Throws what aborted the scope. */
export async function boot(
  { kernel, disks, append = "", limitMs, ...root }: Boot,
  { signal }: Scope,
): Promise<CommandResult> {
  const initramfs = join(root.dir, "initramfs");
  const modules = modulesInOrder(kernel, MODULES);
  writeFileSync(initramfs, cpioArchive(rootFiles({ ...root, modules })));
  const line = `${APPEND} ${append}`;
  const args = [...MACHINE, "-kernel", kernel.image, "-initrd", initramfs, "-append", line, ...disks];
  const result = await runCommand("qemu-system-x86_64", args, { limitMs, signal });
  signal.throwIfAborted();
  return result;
}

/** Why a boot brought nothing. */
export function noResult(
  kernel: KernelPackage,
  problems: readonly string[],
  { stderr, killed }: CommandResult,
): string {
  const why = [killed ?? "", ...problems, stderr.trim()].filter((text) => text !== "").join("; ");
  return `${kernel.name} under QEMU gave no result: ${why || "the kernel ended before the first program"}`;
}
