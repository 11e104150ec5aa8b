/**
 * A kernel for QEMU: the directory of an unpacked Debian or Ubuntu kernel package, or the name of a package that apt can
 * download, which is unpacked into a cache directory once, with the packages that hold its other parts. Modules come in
 * load order, dependencies first.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { inCache, unpackPackages } from "./debian-packages.js";
import type { Surroundings } from "./run-command.js";

export interface KernelPackage {
  readonly name: string;
  /** The directory that its packages are unpacked into. */
  readonly dir: string;
  readonly image: string;
  /** lib/modules/RELEASE, with modules.builtin. */
  readonly modules: string;
}

export async function resolveKernel(spec: string, place?: Surroundings): Promise<KernelPackage> {
  if (existsSync(spec)) return openPackage(resolve(spec));
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(spec))
    throw new Error(`${spec} is neither a directory nor the name of a Debian package.`);
  const dir = inCache("kernels", spec);
  if (partsOf(dir).missing !== undefined) await download(spec, dir, place);
  return openPackage(dir);
}

async function download(name: string, dir: string, place: Surroundings | undefined): Promise<void> {
  const parts = (depends: string, root: string) =>
    partsOf(root).missing === undefined ? [] : partsNeeded(depends);
  try {
    await unpackPackages(name, dir, { partsOf: parts, check: openPackage }, place);
  } catch (error) {
    throw new Error(
      `No kernel package ${name}: ${(error as Error).message}. Unpack one with dpkg -x, all its parts into one ` +
        "directory, and give that, or add the suite that has it to apt's sources.",
    );
  }
}

/**
 * The packages that hold the rest of a kernel, from the dependencies of its linux-image: Debian's since 7.2 is empty, with
 * the image in linux-binary and lists of modules in linux-base; Ubuntu's has the image only.
 */
export function partsNeeded(depends: string): string[] {
  return [...depends.matchAll(/\blinux-(?:binary|modules|base)-\d[a-z0-9+.-]*/g)].map(([name]) => name);
}

interface Parts {
  readonly image: string;
  readonly modules: string;
  /** What is not there of what a boot needs; the others mean nothing then. */
  readonly missing?: string;
}

/** Where a kernel's parts are in an unpacked tree: newer packages have the modules below usr/lib, and the image beside them. */
function partsOf(dir: string): Parts {
  const folders = ["lib/modules", "usr/lib/modules"].flatMap((path) =>
    namesIn(join(dir, path)).map((release) => join(dir, path, release)),
  );
  const modules = folders.find((folder) => existsSync(join(folder, "modules.builtin"))) ?? "";
  const boot = namesIn(join(dir, "boot")).filter((file) => file.startsWith("vmlinuz"));
  const images = [
    ...boot.map((file) => join(dir, "boot", file)),
    ...folders.map((one) => join(one, "vmlinuz")),
  ];
  const image = images.find((path) => existsSync(path));
  if (image === undefined) return { image: "", modules, missing: "boot/vmlinuz-* or lib/modules/*/vmlinuz" };
  // A kernel of one package may have all built in; of one in parts, the list of that comes without the modules.
  const isWhole = boot.length > 0 || existsSync(join(modules, "kernel"));
  return modules !== "" && isWhole
    ? { image, modules }
    : { image, modules, missing: "lib/modules/* with modules.builtin and the modules" };
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir).sort() : [];
}

function openPackage(dir: string): KernelPackage {
  const { image, modules, missing } = partsOf(dir);
  if (missing === undefined) return { name: basename(dir), dir, image, modules };
  throw new Error(
    `${dir} holds no ${missing}. Where a kernel comes in parts (linux-image, linux-binary, linux-modules, linux-base), unpack all into it`,
  );
}

const BZIMAGE_MAGIC = "HdrS";

/** What /proc/version will say, from the header of the bzImage (Documentation/arch/x86/boot.rst, kernel_version). */
export function versionOf({ image, modules }: KernelPackage): string {
  // The own kernel of a machine may have been booted from elsewhere.
  if (!existsSync(image)) return `Linux version ${basename(modules)}`;
  const header = readFileSync(image);
  if (header.toString("latin1", 0x202, 0x206) !== BZIMAGE_MAGIC) return `Linux version ${basename(modules)}`;
  const start = 0x200 + header.readUInt16LE(0x20e);
  return `Linux version ${header.toString("latin1", start, header.indexOf(0, start))}`;
}
