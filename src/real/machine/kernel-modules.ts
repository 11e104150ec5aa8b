/** The modules of a kernel, in load order, dependencies first. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { KernelPackage } from "./kernel-package.js";

export interface Module {
  readonly name: string;
  readonly content: Buffer;
}

/** The wanted modules and what they need, in load order; those built into the kernel or unknown to it are left out. */
export function modulesInOrder(kernel: KernelPackage, wanted: readonly string[]): Module[] {
  const files = new Map<string, string>();
  const builtin = readFileSync(join(kernel.modules, "modules.builtin"), "utf8");
  for (const file of readdirSync(kernel.modules, { recursive: true, encoding: "utf8" }))
    if (/\.ko(\.xz|\.zst|\.gz)?$/.test(file)) files.set(moduleName(file), join(kernel.modules, file));
  const loaded = new Map<string, Module>();
  const visit = (name: string) => {
    const file = files.get(name);
    if (loaded.has(name) || !file || builtin.includes(`/${name}.ko`)) return;
    const content = decompress(file);
    for (const needed of dependenciesOf(content)) visit(needed);
    loaded.set(name, { name, content });
  };
  for (const name of wanted) visit(name);
  return [...loaded.values()];
}

const moduleName = (file: string) => underscored(basename(file).replace(/\.ko.*$/, ""));
const underscored = (name: string) => name.replaceAll("-", "_");

const DECOMPRESSORS: Readonly<Record<string, string>> = { ".xz": "xz", ".zst": "zstd", ".gz": "gzip" };

function decompress(file: string): Buffer {
  const tool = DECOMPRESSORS[extname(file)];
  if (tool === undefined) return readFileSync(file);
  return execFileSync(tool, ["-dc", file], { maxBuffer: 1 << 28 });
}

/** `depends=` of the module's .modinfo section. */
export function dependenciesOf(module: Buffer): string[] {
  const depends = /\0depends=([^\0]*)\0/.exec(module.toString("latin1"))?.[1] ?? "";
  return depends
    .split(",")
    .filter((name) => name !== "")
    .map(underscored);
}
