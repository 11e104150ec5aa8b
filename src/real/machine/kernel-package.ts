/**
 * A kernel for QEMU: the directory of an unpacked Debian kernel package, or the name of a package that apt can
 * download, which is unpacked into a cache directory once. Modules come in load order, dependencies first.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { mustRun, type Surroundings } from "./run-command.js";

export interface KernelPackage {
  readonly name: string;
  readonly image: string;
  /** lib/modules/RELEASE */
  readonly modules: string;
}

export interface Module {
  readonly name: string;
  readonly content: Buffer;
}

export async function resolveKernel(spec: string, place?: Surroundings): Promise<KernelPackage> {
  if (existsSync(spec)) return openPackage(resolve(spec));
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(spec))
    throw new Error(`${spec} is neither a directory nor the name of a Debian package.`);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const dir = join(cache, "stalemap", "kernels", spec);
  if (!existsSync(dir)) await download(spec, dir, place);
  return openPackage(dir);
}

async function download(name: string, dir: string, place: Surroundings | undefined): Promise<void> {
  const partial = `${dir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    await mustRun("apt-get", ["download", name], { ...place, cwd: partial, limitMs: 300_000 });
    const deb = readdirSync(partial).find((file) => file.endsWith(".deb"));
    if (!deb) throw new Error(`apt-get download ${name} brought no package.`);
    await mustRun("dpkg", ["-x", deb, "root"], { ...place, cwd: partial });
    renameSync(join(partial, "root"), dir);
  } catch (error) {
    throw new Error(
      `No kernel package ${name}: ${(error as Error).message}. Unpack one with dpkg -x and give the directory, ` +
        "or add the suite that has it to apt's sources.",
    );
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function openPackage(dir: string): KernelPackage {
  const boot = join(dir, "boot");
  const image = existsSync(boot) ? readdirSync(boot).find((file) => file.startsWith("vmlinuz")) : undefined;
  // merged /usr: newer packages put the modules below usr/lib
  const tree = [join(dir, "lib/modules"), join(dir, "usr/lib/modules")].find((path) => existsSync(path));
  const release = tree ? readdirSync(tree)[0] : undefined;
  if (!image || !tree || !release) throw new Error(`${dir} holds no boot/vmlinuz-* and lib/modules/*.`);
  return { name: basename(dir), image: join(boot, image), modules: join(tree, release) };
}

const BZIMAGE_MAGIC = "HdrS";

/** What /proc/version will say, from the header of the bzImage (Documentation/arch/x86/boot.rst, kernel_version). */
export function versionOf({ image, modules }: KernelPackage): string {
  const header = readFileSync(image);
  if (header.toString("latin1", 0x202, 0x206) !== BZIMAGE_MAGIC) return `Linux version ${basename(modules)}`;
  const start = 0x200 + header.readUInt16LE(0x20e);
  return `Linux version ${header.toString("latin1", start, header.indexOf(0, start))}`;
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
