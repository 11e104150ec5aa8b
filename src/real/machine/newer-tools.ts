/**
 * Tools of a header package that were built for a newer C library than this machine's: they run with the library of the
 * distribution that they are from, which is unpacked like the headers are, and installed nowhere.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inCache, unpackPackages } from "./debian-packages.js";
import type { Workplace } from "./image.js";
import { mustRun, runCommand } from "./run-command.js";

/** The one for this machine's word size and byte order, where a wrapper chooses between several. */
const MODPOSTS = ["modpost.real-lsb-64", "modpost"];
const LIBRARIES = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"];
const LOADER = "ld-linux-x86-64.so.2";

/** What make is told besides so that kbuild's modpost runs here; nothing where it does by itself. Throws what is missing. */
export async function toolSettings(headers: string, root: string, place: Workplace): Promise<string[]> {
  const tools = MODPOSTS.map((name) => join(headers, "scripts/mod", name));
  const modpost = tools.find((path) => existsSync(path)) ?? "";
  // What cannot be run at all, make tells.
  const tried = runCommand(modpost, [], { ...place, cwd: place.dir }).catch(() => ({ stderr: "" }));
  const needed = neededLibrary((await tried).stderr);
  if (needed === undefined) return [];
  const library = libraryIn(root) ?? (await libraryOfApt(needed, place));
  const wrapper = join(place.dir, "modpost");
  const words = [join(library, LOADER), "--library-path", library, modpost].map((word) => `'${word}'`);
  writeFileSync(wrapper, `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`, { mode: 0o755 });
  return [`MODPOST=${wrapper}`];
}

/** The newest version of glibc that a loader misses; undefined when it complains of none. */
export function neededLibrary(said: string): string | undefined {
  const versions = [...said.matchAll(/version `GLIBC_2\.(\d{1,3})' not found/g)].map(([, minor]) =>
    Number(minor),
  );
  return versions.length === 0 ? undefined : `2.${Math.max(...versions)}`;
}

function libraryIn(root: string): string | undefined {
  return LIBRARIES.map((dir) => join(root, dir)).find((dir) => existsSync(join(dir, LOADER)));
}

async function libraryOfApt(needed: string, place: Workplace): Promise<string> {
  const cached = inCache("libc", needed);
  const there = libraryIn(cached);
  if (there !== undefined) return there;
  const check = (root: string) => {
    if (libraryIn(root) === undefined) throw new Error(`it holds no ${LOADER}`);
  };
  try {
    const version = newestOf(await mustRun("apt-cache", ["madison", "libc6"], place), needed);
    if (version === undefined) throw new Error("apt's sources have none");
    await unpackPackages(`libc6=${version}`, cached, { partsOf: () => [], check }, place);
  } catch (error) {
    throw new Error(
      `The tools of these headers need libc6 ${needed} or newer, and this machine's is older: ${(error as Error).message}. ` +
        "Unpack the libc6 of their distribution with dpkg -x into the directory of the kernel, beside them, or add the suite " +
        "that has it to apt's sources; nothing is installed.",
    );
  }
  return libraryIn(cached) ?? "";
}

/** The first version, as `apt-cache madison` lists them, that is new enough. */
export function newestOf(madison: string, needed: string): string | undefined {
  const [, minor = 0] = needed.split(".").map(Number);
  const versions = madison.split("\n").map((line) => line.split("|")[1]?.trim() ?? "");
  return versions.find((version) => Number(/^2\.(\d{1,3})\b/.exec(version)?.[1] ?? -1) >= minor);
}
