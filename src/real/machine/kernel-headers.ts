/**
 * What modules of a kernel are built with: its headers and kbuild, from the distribution's packages of the same version.
 * They stand beside the kernel where the user unpacked them into its directory; else apt's are unpacked into the cache
 * once. Their makefiles name /usr/src where they include the common one and, of late, say where they are: make is given both.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inCache, unpackPackages } from "./debian-packages.js";
import { findTool } from "./environment.js";
import type { KernelPackage } from "./kernel-package.js";
import { type Surroundings, TOOL_PATH } from "./run-command.js";

export interface KernelHeaders {
  /** What they were unpacked into. */
  readonly root: string;
  /** Where make runs: usr/src/linux-headers-RELEASE. */
  readonly dir: string;
  /** The makefile to start with. */
  readonly makefile: string;
  /** The major version of the gcc that built the kernel. */
  readonly gcc: number;
  /** What make is told besides; newer headers say where they themselves are. */
  readonly settings: readonly string[];
}

/** Empty when this machine can build modules. */
export function moduleProblems(): string[] {
  const gcc = gccsOf(TOOL_PATH).length > 0 || findTool("gcc") !== undefined;
  return [
    ...(gcc ? [] : ["gcc is missing: apt-get install gcc libc6-dev."]),
    ...(findTool("make") === undefined ? ["make is missing: apt-get install make."] : []),
  ];
}

export async function headersOf(kernel: KernelPackage, place?: Surroundings): Promise<KernelHeaders> {
  const release = basename(kernel.modules);
  const name = `linux-headers-${release}`;
  const cached = inCache("headers", release);
  const here = [kernel.dir, cached].find((dir) => existsSync(join(dir, "usr/src", name)));
  if (here !== undefined) return openHeaders(here, name);
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name))
    throw new Error(`${kernel.name}: ${release} is no Debian release.`);
  try {
    const check = (root: string) => void openHeaders(root, name);
    await unpackPackages(name, cached, { partsOf: headerPartsNeeded, check }, place);
  } catch (error) {
    throw new Error(
      `No headers of ${release}: ${(error as Error).message}. Unpack ${name}, its common headers and linux-kbuild ` +
        `with dpkg -x into the directory of the kernel, ${kernel.dir}, or add the suite that has them to apt's sources.`,
    );
  }
  return openHeaders(cached, name);
}

/** The packages that hold the rest of the headers, from the dependencies of linux-headers-RELEASE. */
export function headerPartsNeeded(depends: string): string[] {
  return [...depends.matchAll(/\blinux-(?:headers|kbuild)-\d[a-z0-9+.-]*/g)].map(([name]) => name);
}

/** What is there, in an unpacked tree. Throws when a part is missing. */
export function openHeaders(root: string, name: string): KernelHeaders {
  const dir = join(root, "usr/src", name);
  const own = read(join(dir, "Makefile"));
  const config = read(join(dir, ".config"));
  // Ubuntu's and those of make bindeb-pkg have a makefile of their own.
  const common = /^include \/usr\/src\/(linux-headers-[\w.+-]+)\/Makefile$/m.exec(own)?.[1];
  const makefile = join(common === undefined ? dir : join(root, "usr/src", common), "Makefile");
  const missing = [makefile, join(dir, "scripts/mod/modpost")].find((path) => !existsSync(path));
  if (missing !== undefined)
    throw new Error(
      `${root} holds no ${missing.slice(root.length + 1)}: linux-headers, its common headers and linux-kbuild belong into it`,
    );
  const settings = /^KBUILD_OUTPUT=/m.test(own) ? [`KBUILD_OUTPUT=${dir}`] : [];
  return { root, dir, makefile, gcc: gccOf(config), settings };
}

function read(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is missing`);
  return readFileSync(path, "utf8");
}

/** The major version in CONFIG_GCC_VERSION=120200; 0 where another compiler built the kernel. */
export function gccOf(config: string): number {
  return Math.floor(Number(/^CONFIG_GCC_VERSION=(\d{1,9})$/m.exec(config)?.[1] ?? 0) / 10_000);
}

/** The versions N of all gcc-N on a search path, ascending. */
export function gccsOf(path: string): number[] {
  const names = path.split(":").flatMap((dir) => (dir !== "" && existsSync(dir) ? readdirSync(dir) : []));
  const versions = names.flatMap((name) => /^gcc-(\d{1,3})$/.exec(name)?.[1] ?? []).map(Number);
  return [...new Set(versions)].sort((a, b) => a - b);
}

/** The compiler's own version where it is there, else the next newer (it knows all flags), the newest, or plain gcc. */
export function chooseGcc(wanted: number, there: readonly number[]): string {
  const found = there.find((version) => version >= wanted) ?? there.at(-1);
  return found === undefined ? "gcc" : `gcc-${found}`;
}
