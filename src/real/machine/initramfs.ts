/** The root file system of a boot under QEMU: busybox, modules, test programs and an init, as a cpio archive (newc). */
import { readFileSync } from "node:fs";
import { findTool } from "./environment.js";
import type { Module } from "./kernel-package.js";

export interface ArchiveFile {
  readonly path: string;
  readonly content: Buffer | string;
  readonly executable?: boolean;
}

const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;

/** Directories are made for every path that has some. */
export function cpioArchive(files: readonly ArchiveFile[]): Buffer {
  const dirs = new Set<string>();
  for (const { path } of files) {
    const parts = path.split("/").slice(0, -1);
    parts.forEach((_, i) => {
      dirs.add(parts.slice(0, i + 1).join("/"));
    });
  }
  let inode = 1;
  return Buffer.concat([
    ...[...dirs].sort().map((dir) => entry(dir, S_IFDIR | 0o755, Buffer.alloc(0), inode++)),
    ...files.map((file) =>
      entry(
        file.path,
        S_IFREG | (file.executable ? 0o755 : 0o644),
        Buffer.from(file.content as string),
        inode++,
      ),
    ),
    entry("TRAILER!!!", 0, Buffer.alloc(0), 0),
  ]);
}

function entry(path: string, mode: number, content: Buffer, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** Busybox, the modules and init. */
export function baseFiles(modules: readonly Module[], init: string): ArchiveFile[] {
  const busybox = readFileSync(findTool("busybox") ?? "busybox");
  return [
    ...modules.map(({ name, content }) => ({ path: `modules/${name}.ko`, content })),
    { path: "bin/busybox", content: busybox, executable: true },
    { path: "init", content: init, executable: true },
  ];
}

/** Programs by name, each with the path it was compiled to. */
export function programFiles(programs: Iterable<readonly [name: string, path: string]>): ArchiveFile[] {
  return Array.from(programs, ([name, path]) => ({
    path: `programs/${name}`,
    content: readFileSync(path),
    executable: true,
  }));
}

/** How every init starts: tools, modules, and the line that names the kernel. */
export function initHead(modules: readonly string[]): string[] {
  return [
    "#!/bin/busybox sh",
    "export PATH=/bin",
    "/bin/busybox mkdir -p /bin /proc /sys /dev /tmp",
    "/bin/busybox --install /bin",
    "mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev",
    ...modules.map((name) => `insmod /modules/${name}.ko || echo "@@stalemap problem insmod ${name}"`),
    'echo "@@stalemap kernel $(cat /proc/version)"',
  ];
}

export interface InitRun {
  readonly name: string;
  /** The mount point: /4k or /1k. */
  readonly mount: string;
  readonly repeat: number;
}

/** Prints @@stalemap lines, which console.ts reads; a program's own output on its first run and on new verdicts. */
export function initScript(
  modules: readonly string[],
  runs: readonly InitRun[],
  runLimitSeconds: number,
): string {
  return [
    ...initHead(modules),
    "mkdir -p /4k /1k",
    'mount -t xfs /dev/vda /4k || echo "@@stalemap problem mount 4k"',
    'mount -t xfs /dev/vdb /1k || echo "@@stalemap problem mount 1k"',
    "run() { # name mount repeat",
    "  i=0; seen=",
    '  while [ "$i" -lt "$3" ]; do',
    `    timeout -s KILL ${runLimitSeconds} /programs/$1 $2/file-$i > /tmp/out 2>&1; code=$?`,
    '    case "$seen" in *" $code "*) ;; *) seen="$seen $code "; cat /tmp/out;; esac',
    '    echo "@@stalemap run $1 $i $code"; i=$((i + 1))',
    "  done",
    "}",
    ...runs.map((run) => `run ${run.name} ${run.mount} ${run.repeat}`),
    'echo "@@stalemap done"',
    "umount /4k /1k; poweroff -f",
    "",
  ].join("\n");
}
