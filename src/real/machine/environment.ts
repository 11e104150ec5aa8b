/**
 * What running on a real kernel needs. Each missing piece is one sentence that says how to get it; the caller prints
 * them and exits 125.
 */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { TOOL_PATH } from "./run-command.js";

export function findTool(name: string): string | undefined {
  return TOOL_PATH.split(":")
    .filter((dir) => dir !== "")
    .map((dir) => join(dir, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Empty when this machine can compile a program and run it on a loop-mounted XFS. */
export function nativeProblems(): string[] {
  const isLinux = process.platform === "linux";
  return [
    ...unless(isLinux, `This is ${process.platform}: run on Linux, or use --qemu.`),
    ...unless(process.getuid?.() === 0, "Not root: mounting and userfaultfd need it; run with sudo."),
    ...compilerAndMkfs(),
    ...needs("unshare", "util-linux"),
    ...needs("nsenter", "util-linux"),
    ...unless(hasXfs(), "The running kernel has no XFS: boot one with CONFIG_XFS_FS, or use --qemu."),
    ...unless(existsSync("/dev/loop-control"), "No loop devices: modprobe loop."),
    // the sysctl is there exactly when the kernel has userfaultfd (since 5.2)
    ...unless(
      !isLinux || existsSync("/proc/sys/vm/unprivileged_userfaultfd"),
      "The running kernel has no userfaultfd: boot one with CONFIG_USERFAULTFD, or use --qemu.",
    ),
  ];
}

/** Empty when this machine can boot another kernel under QEMU's software emulation. */
export function qemuProblems(): string[] {
  const busybox = findTool("busybox");
  const fault = busybox === undefined ? "missing" : "not static";
  return [
    ...compilerAndMkfs(),
    ...needs("qemu-system-x86_64", "qemu-system-x86"),
    ...needs("dpkg-deb", "dpkg"),
    ...needs("xz", "xz-utils"),
    ...unless(
      busybox !== undefined && isStatic(busybox),
      `busybox is ${fault}: apt-get install busybox-static.`,
    ),
  ];
}

const unless = (isThere: boolean, problem: string): string[] => (isThere ? [] : [problem]);
const needs = (tool: string, debianPackage: string): string[] =>
  unless(findTool(tool) !== undefined, `${tool} is missing: apt-get install ${debianPackage}.`);
const compilerAndMkfs = () => [...needs("gcc", "gcc libc6-dev"), ...needs("mkfs.xfs", "xfsprogs")];

function hasXfs(): boolean {
  const list = "/proc/filesystems";
  const isKnown = existsSync(list) && readFileSync(list, "utf8").split(/\s+/).includes("xfs");
  return isKnown || existsSync(join("/lib/modules", release(), "kernel/fs/xfs"));
}

/** Whether an ELF file asks for no interpreter (PT_INTERP). */
function isStatic(path: string): boolean {
  const elf = readFileSync(path);
  if (elf.readUInt32BE(0) !== 0x7f454c46) return false;
  const start = Number(elf.readBigUInt64LE(32));
  const size = elf.readUInt16LE(54);
  const count = elf.readUInt16LE(56);
  return Array.from({ length: count }, (_, i) => elf.readUInt32LE(start + i * size)).every(
    (type) => type !== 3,
  );
}
