/** The root file system of a boot under QEMU: busybox, modules, programs and an init, as a cpio archive (newc). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findTool } from "./environment.js";
import type { Module } from "./kernel-package.js";

export interface ArchiveFile {
  readonly path: string;
  readonly content: Buffer | string;
}

const DIRECTORY = 0o040755;
const PROGRAM = 0o100755;

/** Directories are made for every path that has some. */
export function cpioArchive(files: readonly ArchiveFile[]): Buffer {
  const dirs = files.flatMap(({ path }) => {
    const parts = path.split("/").slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
  });
  const entries = [
    ...[...new Set(dirs)].sort().map((path) => ({ path, content: "", mode: DIRECTORY })),
    ...files.map((file) => ({ ...file, mode: PROGRAM })),
    { path: "TRAILER!!!", content: "", mode: 0 },
  ];
  return Buffer.concat(entries.map((file, i) => entry(file, file.mode, i + 1)));
}

function entry({ path, content }: ArchiveFile, mode: number, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  const data = Buffer.from(content as string);
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(data)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

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
