/**
 * Builds a module of our own for a kernel, outside of it and of the machine: with kbuild of its headers, in the
 * workplace. What was built is kept in the cache by what it was built from.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inCache } from "./debian-packages.js";
import type { Workplace } from "./image.js";
import { chooseGcc, gccsOf, headersOf } from "./kernel-headers.js";
import { type KernelPackage, versionOf } from "./kernel-package.js";
import { toolSettings } from "./newer-tools.js";
import { lastOf, mustRun, runCommand, TOOL_PATH } from "./run-command.js";

export interface ModuleSource {
  readonly name: string;
  /** Texts by the names of their files: NAME.c, or several .c of other names, and what they include. */
  readonly files: ReadonlyMap<string, string>;
}

const LIMIT_MS = 300_000;
/** Variables of a make around us, or of a kernel that somebody builds, that would turn ours elsewhere. */
const FOREIGN = /^(?:MAKE|MFLAGS|KBUILD|KCFLAGS|KCPPFLAGS|ARCH$|CROSS_COMPILE$|CC$|LLVM)/;

/** The path of NAME.ko. Ask moduleProblems first. Throws what the compiler says. */
export async function buildModule(
  kernel: KernelPackage,
  { name, files }: ModuleSource,
  place: Workplace,
): Promise<string> {
  const headers = await headersOf(kernel, place);
  const gcc = chooseGcc(headers.gcc, gccsOf(TOOL_PATH));
  const sources = new Map([...files, BEFORE_ALL, ["Makefile", makefileOf(name, [...files.keys()])]]);
  const compiler = await mustRun(gcc, ["--version"], place);
  const built = inCache(
    "modules",
    keyOf([versionOf(kernel), compiler, ...WITHOUT, ...sources].flat()),
    `${name}.ko`,
  );
  if (existsSync(built)) return built;
  const dir = join(place.dir, `module-${name}`);
  mkdirSync(dir, { recursive: true });
  for (const [file, text] of sources) writeFileSync(join(dir, file), text);
  const env = Object.fromEntries(Object.entries(place.env).filter(([key]) => !FOREIGN.test(key)));
  const tools = await toolSettings(headers.dir, headers.root, place);
  const settings = [...headers.settings, ...tools, `M=${dir}`, `CC=${gcc}`, ...WITHOUT];
  const args = ["-C", headers.dir, "-f", headers.makefile, ...settings, "modules"];
  const made = await runCommand("make", args, { ...place, env, limitMs: LIMIT_MS });
  place.signal.throwIfAborted();
  const ko = join(dir, `${name}.ko`);
  if (made.code !== 0 || !existsSync(ko)) {
    const why = made.killed ?? (lastOf(made.stderr) || lastOf(made.stdout));
    throw new Error(`${name}.ko for ${kernel.name} does not build with ${gcc}: ${why}`);
  }
  mkdirSync(dirname(built), { recursive: true });
  const partial = `${built}.${process.pid}`;
  copyFileSync(ko, partial);
  renameSync(partial, built);
  return built;
}

/**
 * What a module of ours does without: its types, which would need the kernel's own image; objtool, as stubs jump where no
 * compiler would, and with it returns that are patched; and what only a newer compiler knows than a kernel may find here.
 */
const WITHOUT = [
  "CONFIG_DEBUG_INFO_BTF_MODULES=",
  "CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=",
  "RETHUNK_CFLAGS=-mfunction-return=keep",
  "objtool=true",
];
/** Static branches are nops until somebody switches them: without objtool nobody makes nops of jumps. */
const BEFORE_ALL = ["before-all.h", "#undef CONFIG_HAVE_JUMP_LABEL_HACK\n"] as const;

function makefileOf(name: string, files: readonly string[]): string {
  const objects = files.filter((file) => file.endsWith(".c")).map((file) => file.replace(/c$/, "o"));
  const parts = objects.includes(`${name}.o`) ? [] : [`${name}-objs := ${objects.join(" ")}`];
  const flags = `ccflags-y := -include $(M)/${BEFORE_ALL[0]}`;
  return [`obj-m := ${name}.o`, ...parts, flags, "OBJECT_FILES_NON_STANDARD := y", ""].join("\n");
}

function keyOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
