/** Debian packages that apt can download, unpacked into directories of a cache; nothing is installed. */
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { mustRun, type Surroundings } from "./run-command.js";

/** A place below the cache of this user (XDG_CACHE_HOME). */
export function inCache(...parts: readonly string[]): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "stalemap", ...parts);
}

interface Unpacking {
  /** Of the package's dependencies (the text of its field), those that belong to it; asked when it is unpacked in `root`. */
  readonly partsOf: (depends: string, root: string) => readonly string[];
  /** Throws when what was unpacked is not what was wanted. */
  readonly check: (root: string) => void;
}

/** Unpacks a package, NAME or NAME=VERSION, and its parts into `dir`, which appears when all of it is there. Throws what apt or dpkg say. */
export async function unpackPackages(
  name: string,
  dir: string,
  { partsOf, check }: Unpacking,
  place: Surroundings | undefined,
): Promise<void> {
  const partial = `${dir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const inPartial = { ...place, cwd: partial };
  const root = join(partial, "root");
  const unpack = async (one: string): Promise<string> => {
    await mustRun("apt-get", ["download", one], { ...inPartial, limitMs: 300_000 });
    const [name = one] = one.split("=");
    const deb = readdirSync(partial).find((file) => file.startsWith(`${name}_`) && file.endsWith(".deb"));
    if (!deb) throw new Error(`apt-get download ${one} brought no package`);
    await mustRun("dpkg", ["-x", deb, "root"], inPartial);
    return deb;
  };
  try {
    const deb = await unpack(name);
    const depends = await mustRun("dpkg-deb", ["-f", deb, "Depends"], inPartial);
    for (const part of partsOf(depends, root)) await unpack(part);
    check(root);
    rmSync(dir, { recursive: true, force: true });
    renameSync(root, dir);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
