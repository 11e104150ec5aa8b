/** XFS images: made sparse, in the directory of a run, such that kernels old and new can mount them. */
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import { mustRun, runCommand, type Surroundings } from "./run-command.js";
import { openScratch } from "./scratch.js";

/** The smallest that mkfs.xfs makes since 5.19 is 300 MiB; only what is written takes space. */
const IMAGE_BYTES = 320 * 1024 * 1024;

/** Where a run keeps its files, and what its commands need. */
export interface Workplace extends Surroundings {
  /** Absolute, and gone when the scope ends. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export function workplaceIn(scope: Scope, parent?: string): Workplace {
  const { dir, env, close } = openScratch(parent);
  scope.onEnd(close);
  return { dir, env, signal: scope.signal };
}

/**
 * On-disk features, by the flag they go with, that mkfs.xfs turns on by itself, now or in some later version, and that older
 * kernels refuse to mount. Without them one image does for every kernel since 4.18; no path of ours meets any. And reflink,
 * with which a copy shares extents, where the model reads and writes.
 */
const LEFT_OUT: readonly (readonly [flag: string, names: readonly string[]])[] = [
  ["-m", ["bigtime", "inobtcount", "reflink", "rmapbt", "metadir"]],
  ["-i", ["nrext64", "exchange"]],
  ["-n", ["parent"]],
];

/** Arguments that leave them out, as far as this mkfs.xfs knows them by its usage: it refuses what it does not. */
export function forOldKernels(usage: string): string[] {
  return LEFT_OUT.flatMap(([flag, names]) => {
    const known = names.filter((name) => usage.includes(`${name}=0|1`));
    return known.length === 0 ? [] : [flag, known.map((name) => `${name}=0`).join(",")];
  });
}

export const imageIn = (dir: string, block: number): string => join(dir, `xfs-${block}.img`);

/** Returns its path, which is imageIn(). */
export async function makeImage(place: Workplace, block: number): Promise<string> {
  const path = imageIn(place.dir, block);
  writeFileSync(path, "");
  truncateSync(path, IMAGE_BYTES);
  const { stdout, stderr } = await runCommand("mkfs.xfs", [], place);
  const features = forOldKernels(stdout + stderr);
  await mustRun("mkfs.xfs", ["-q", "-f", "-b", `size=${block}`, ...features, path], place);
  return path;
}

/** The argument of QEMU's -drive for a file: a comma in its name is doubled. */
export function driveOf(file: string, options: string): string {
  return `file=${file.replaceAll(",", ",,")},format=raw,${options}`;
}
