/** XFS images: made sparse, in the directory of a run. */
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import { mustRun, type Surroundings } from "./run-command.js";
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

export const imageIn = (dir: string, block: number): string => join(dir, `xfs-${block}.img`);

/** Returns its path, which is imageIn(). */
export async function makeImage(place: Workplace, block: number): Promise<string> {
  const path = imageIn(place.dir, block);
  writeFileSync(path, "");
  truncateSync(path, IMAGE_BYTES);
  await mustRun("mkfs.xfs", ["-q", "-f", "-b", `size=${block}`, path], place);
  return path;
}

/** The argument of QEMU's -drive for a file: a comma in its name is doubled. */
export function driveOf(file: string, options: string): string {
  return `file=${file.replaceAll(",", ",,")},format=raw,${options}`;
}
