/** The root file system of a boot under QEMU: busybox, modules, programs and an init. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ArchiveFile } from "./cpio.js";
import { findTool } from "./environment.js";
import type { Module } from "./kernel-modules.js";

export interface Root {
  readonly modules: readonly Module[];
  /** Names of the binaries in `dir` that become /programs/NAME. */
  readonly programs: Iterable<string>;
  readonly dir: string;
  /** What init does, in shell. */
  readonly init: readonly string[];
}

export function rootFiles({ modules, programs, dir, init }: Root): ArchiveFile[] {
  const names = modules.map(({ name }) => name);
  return [
    ...modules.map(({ name, content }) => ({ path: `modules/${name}.ko`, content })),
    { path: "bin/busybox", content: readFileSync(findTool("busybox") ?? "busybox") },
    ...Array.from(programs, (name) => ({ path: `programs/${name}`, content: readFileSync(join(dir, name)) })),
    { path: "init", content: initScript(names, init) },
  ];
}

/** Tools, modules, the line that names the kernel, the commands, and the line that says that it came to its end. */
export function initScript(modules: readonly string[], commands: readonly string[]): string {
  return [
    "#!/bin/busybox sh",
    "export PATH=/bin",
    "/bin/busybox mkdir -p /bin /proc /sys /dev /tmp",
    "/bin/busybox --install /bin",
    "mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev",
    ...modules.map((name) => `insmod /modules/${name}.ko || echo "@@stalemap problem insmod ${name}"`),
    // The guest's own flusher stays away however slow the host is: 0 would have it write at once.
    "echo 1000000 > /proc/sys/vm/dirty_writeback_centisecs; echo 1000000 > /proc/sys/vm/dirty_expire_centisecs",
    'echo "@@stalemap kernel $(cat /proc/version)"',
    ...commands,
    'echo "@@stalemap done"',
    // A power-off takes with it what the serial line has not sent.
    "sleep 1",
    "poweroff -f",
    "",
  ].join("\n");
}
