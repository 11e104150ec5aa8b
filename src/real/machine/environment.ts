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
  return [
    ...linuxProblem(),
    ...(process.getuid?.() === 0 ? [] : ["Not root: mounting and userfaultfd need it; run with sudo."]),
    ...compilerProblem(),
    ...mkfsProblem(),
    ...xfsProblem(),
    ...(existsSync("/dev/loop-control") ? [] : ["No loop devices: modprobe loop."]),
    ...userfaultfdProblem(),
  ];
}

/** Empty when this machine can boot another kernel under QEMU's software emulation. */
export function qemuProblems(): string[] {
  return [
    ...compilerProblem(),
    ...mkfsProblem(),
    ...toolProblem("qemu-system-x86_64", "qemu-system-x86"),
    ...toolProblem("dpkg-deb", "dpkg"),
    ...toolProblem("xz", "xz-utils"),
    ...busyboxProblem(),
  ];
}

function toolProblem(tool: string, debianPackage: string): string[] {
  return findTool(tool) ? [] : [`${tool} is missing: apt-get install ${debianPackage}.`];
}

const compilerProblem = () => toolProblem("gcc", "gcc libc6-dev");
const mkfsProblem = () => toolProblem("mkfs.xfs", "xfsprogs");

function linuxProblem(): string[] {
  return process.platform === "linux" ? [] : [`This is ${process.platform}: run on Linux, or use --qemu.`];
}

function xfsProblem(): string[] {
  const list = "/proc/filesystems";
  const known = existsSync(list) && readFileSync(list, "utf8").split(/\s+/).includes("xfs");
  const asModule = existsSync(join("/lib/modules", release(), "kernel/fs/xfs"));
  return known || asModule
    ? []
    : ["The running kernel has no XFS: boot one with CONFIG_XFS_FS, or use --qemu."];
}

function userfaultfdProblem(): string[] {
  // the sysctl is there exactly when the kernel has userfaultfd (since 5.2)
  if (process.platform !== "linux" || existsSync("/proc/sys/vm/unprivileged_userfaultfd")) return [];
  return ["The running kernel has no userfaultfd: boot one with CONFIG_USERFAULTFD, or use --qemu."];
}

function busyboxProblem(): string[] {
  const busybox = findTool("busybox");
  if (busybox && isStatic(busybox)) return [];
  return [`${busybox ? "busybox is not static" : "busybox is missing"}: apt-get install busybox-static.`];
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
