/** Boots a kernel under QEMU's software emulation (no KVM) with an initramfs and raw disks, and takes its console down. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cpioArchive } from "./cpio.js";
import type { Workplace } from "./image.js";
import { type Root, rootFiles } from "./initramfs.js";
import { type Module, modulesInOrder } from "./kernel-modules.js";
import type { KernelPackage } from "./kernel-package.js";
import { type CommandResult, lastOf, runCommand } from "./run-command.js";

/** The workplace gets the initramfs, too. */
interface Boot extends Omit<Root, "modules" | "dir"> {
  readonly place: Workplace;
  readonly kernel: KernelPackage;
  /** Arguments of QEMU that add the disks. */
  readonly disks: readonly string[];
  /** Loaded behind the kernel's own. */
  readonly ownModules?: readonly Module[];
  /** More for the kernel's command line. */
  readonly append?: string;
  /** For the whole boot. */
  readonly limitMs: number;
}

const MODULES = ["virtio_pci", "virtio_blk", "crc32c_generic", "xfs"];
const MACHINE =
  "-M q35 -accel tcg -cpu max -smp 2 -m 1024 -nodefaults -display none -no-reboot -serial stdio".split(" ");
const APPEND = "console=ttyS0 quiet panic=-1 mitigations=off tsc=reliable no_timer_check";

/** More than any boot of ours prints. */
const CONSOLE_BYTES = 1 << 26;
/** After the limit, should nobody be left to keep it. */
const GRACE_SECONDS = 30;

/** What was printed until the kernel powered off or a limit ended it. Throws what aborted the workplace. */
export async function boot({
  kernel,
  disks,
  append = "",
  ownModules = [],
  limitMs,
  place,
  ...root
}: Boot): Promise<CommandResult> {
  const initramfs = join(place.dir, "initramfs");
  const modules = [...modulesInOrder(kernel, MODULES), ...ownModules];
  writeFileSync(initramfs, cpioArchive(rootFiles({ ...root, dir: place.dir, modules })));
  const line = `${APPEND} ${append}`;
  const args = [...MACHINE, "-kernel", kernel.image, "-initrd", initramfs, "-append", line, ...disks];
  const limit = ["-s", "KILL", String(Math.ceil(limitMs / 1000) + GRACE_SECONDS)];
  const guarded = [...limit, "qemu-system-x86_64", ...args];
  const result = await runCommand("timeout", guarded, { ...place, limitMs, limitBytes: CONSOLE_BYTES });
  place.signal.throwIfAborted();
  return result;
}

/** Why what a boot brought is no result. */
export function noResult(
  kernel: KernelPackage,
  problems: readonly string[],
  { code, stderr, killed }: CommandResult,
): string {
  const status = killed === undefined && code !== 0 ? `QEMU ended with status ${code}` : "";
  const why = [killed ?? "", ...problems, status, lastOf(stderr)].filter((text) => text !== "").join("; ");
  return `${kernel.name} under QEMU gave no result: ${why || "the kernel ended before the first program"}`;
}
