/** XFS images: made sparse, loop-mounted, and taken away again by the scope they belong to. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import { mustRun, TOOL_PATH } from "./run-command.js";

/** The smallest that mkfs.xfs makes since 5.19 is 300 MiB; only what is written takes space. */
const IMAGE_BYTES = 320 * 1024 * 1024;

/** A directory that is removed when the scope ends. */
export function temporaryDir(scope: Scope, parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, "stalemap-"));
  scope.onEnd(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export const imageIn = (dir: string, block: number): string => join(dir, `xfs-${block}.img`);

/** Returns its path, which is imageIn(). */
export async function makeImage(dir: string, block: number, signal: AbortSignal): Promise<string> {
  const path = imageIn(dir, block);
  writeFileSync(path, "");
  truncateSync(path, IMAGE_BYTES);
  await mustRun("mkfs.xfs", ["-q", "-f", "-b", `size=${block}`, path], { signal });
  return path;
}

/** Makes the image, too; returns the mount point. */
export async function mountImage(scope: Scope, dir: string, block: number): Promise<string> {
  const mountPoint = join(dir, `mnt-${block}`);
  const image = await makeImage(dir, block, scope.signal);
  mkdirSync(mountPoint, { recursive: true });
  const device = (await mustRun("losetup", ["--find", "--show", image], { signal: scope.signal })).trim();
  scope.onEnd(() => runQuietly("losetup", ["-d", device]));
  scope.onEnd(() => unmount(mountPoint));
  await mustRun("mount", ["-t", "xfs", device, mountPoint], { signal: scope.signal });
  return mountPoint;
}

/** A killed program may still hold the file system for a moment. */
function unmount(mountPoint: string): void {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (runQuietly("umount", [mountPoint]) || !isMounted(mountPoint)) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  runQuietly("umount", ["-l", mountPoint]);
  throw new Error(`${mountPoint} stayed busy and was detached lazily`);
}

const isMounted = (mountPoint: string) => runQuietly("mountpoint", ["-q", mountPoint]);

function runQuietly(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore", env: { ...process.env, PATH: TOOL_PATH } }).status === 0;
}
