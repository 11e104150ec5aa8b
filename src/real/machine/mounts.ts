/**
 * Loop-mounted images that nothing can leave behind: they are mounted in a namespace of their own, which is gone with
 * its last process, and their loop devices clear themselves when they are unmounted.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "./cleanup.js";
import { makeImage, type Workplace } from "./image.js";
import { type CommandResult, mustRun, runCommand, TOOL_PATH } from "./run-command.js";

export interface Mounts {
  /** Makes an image, too; returns the mount point, which only run() sees. */
  mount(block: number): Promise<string>;
  unmount(mountPoint: string): void;
  /** Runs a command where the images are mounted. */
  run(command: string, args: readonly string[], limitMs: number): Promise<CommandResult>;
}

/** All that is mounted goes when the scope ends. */
export async function openMounts(scope: Scope, place: Workplace): Promise<Mounts> {
  const holder = spawn("unshare", ["--mount", "--propagation", "private", "cat"], {
    detached: true,
    env: { ...place.env, PATH: TOOL_PATH },
    stdio: ["pipe", "pipe", "ignore"],
  });
  scope.onEnd(() => holder.kill("SIGKILL"));
  const failed = once(holder, "exit").then(() => {
    throw new Error("no mount namespace of our own: unshare --mount failed");
  });
  failed.catch(() => {});
  holder.stdin.on("error", () => {});
  holder.stdin.write("ready\n");
  // Its echo: the namespace is there.
  await Promise.race([once(holder.stdout, "data", { signal: place.signal }), failed]);
  const enter = [`--mount=/proc/${holder.pid}/ns/mnt`, "--"];
  const mounted = new Set<string>();
  const quietly = (...command: string[]) =>
    spawnSync("nsenter", [...enter, ...command], { stdio: "ignore", env: { ...place.env, PATH: TOOL_PATH } })
      .status === 0;
  const unmount = (at: string) => {
    if (!mounted.delete(at)) return;
    // A killed program may still hold the file system for a moment.
    for (let attempt = 0; attempt < 20; attempt++) {
      if (quietly("umount", at) || !quietly("mountpoint", "-q", at)) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  };
  scope.onEnd(() => mounted.forEach(unmount));
  return {
    async mount(block) {
      const at = join(place.dir, `mnt-${block}`);
      const image = await makeImage(place, block);
      mkdirSync(at, { recursive: true });
      mounted.add(at);
      await mustRun("nsenter", [...enter, "mount", "-t", "xfs", "-o", "loop", image, at], place);
      return at;
    },
    unmount,
    run: (command, args, limitMs) =>
      runCommand("nsenter", [...enter, command, ...args], { ...place, limitMs }),
  };
}
