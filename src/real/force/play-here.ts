/**
 * Plays plans on the machine's own kernel, which may not outlive it: for machines that are thrown away, where somebody said
 * that he knows. The module is loaded for as long as it takes; the files lie on loop-mounted images.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { basename, join } from "node:path";
import type { Scope } from "../machine/cleanup.js";
import { findTool } from "../machine/environment.js";
import type { Workplace } from "../machine/image.js";
import type { KernelPackage } from "../machine/kernel-package.js";
import { type Mounts, openMounts } from "../machine/mounts.js";
import { lastOf, mustRun, TOOL_PATH } from "../machine/run-command.js";
import type { ForcedPlan } from "./plan-text.js";
import { FAULT_AROUND, type GuestHook, MODULE, plansName, writePlay } from "./play-files.js";
import { type PlayedOnGuest, readPlay } from "./read-play.js";

const PLAN_LIMIT_MS = 30_000;

/** The running kernel as a package: its headers are sought where its distribution installs them. */
export function ownKernel(): KernelPackage {
  const name = release();
  return { name, dir: "/", image: `/boot/vmlinuz-${name}`, modules: `/lib/modules/${name}` };
}

/** Empty when the module can be loaded here; nativeProblems and moduleProblems are others'. */
export function loadProblems(): string[] {
  const name = release();
  const isThere = existsSync(`/usr/src/linux-headers-${name}`);
  const tools = ["insmod", "rmmod", "dmesg", "findmnt"].filter((tool) => findTool(tool) === undefined);
  return [
    ...tools.map((tool) => `${tool} is missing: apt-get install kmod util-linux.`),
    ...(isThere ? [] : [`No headers of the running kernel: apt-get install linux-headers-${name}.`]),
    ...(existsSync(FAULT_AROUND) ? [] : [`No ${FAULT_AROUND}: mount -t debugfs debugfs /sys/kernel/debug.`]),
  ];
}

/** Ask all three first. Undoes what it did when the scope ends, as far as the kernel still can. */
export async function playHere(
  plans: readonly ForcedPlan[],
  hooks: readonly GuestHook[],
  scope: Scope,
  place: Workplace,
): Promise<PlayedOnGuest> {
  const { module, names, blocks } = await writePlay(plans, hooks, ownKernel(), place);
  const mounts = await openMounts(scope, place);
  change(scope, FAULT_AROUND, "4096");
  const before = await mustRun("dmesg", [], place);
  const printed: string[] = [];
  let problem: string | undefined;
  for (const block of blocks) {
    const played = await onBlocks(block, {
      module,
      mounts,
      scope,
      place,
      limitMs: PLAN_LIMIT_MS * plans.length,
    });
    printed.push(played.stdout);
    if (played.code !== 0) problem ??= played.killed ?? (lastOf(played.stderr) || "the player ended");
  }
  const log = await mustRun("dmesg", [], place);
  const [last = ""] = before.trimEnd().split("\n").slice(-1);
  const news = log.slice(Math.max(0, log.lastIndexOf(last)));
  return { ...readPlay(plans, [...printed, news].join("\n"), names), problem };
}

interface Here {
  readonly module: string;
  readonly mounts: Mounts;
  readonly scope: Scope;
  readonly place: Workplace;
  readonly limitMs: number;
}

async function onBlocks(block: number, { module, mounts, scope, place, limitMs }: Here) {
  const at = await mounts.mount(block);
  const { stdout: source } = await mounts.run("findmnt", ["-n", "-o", "SOURCE", at], limitMs);
  const device = `/sys/block/${basename(source.trim())}`;
  change(scope, `${device}/queue/read_ahead_kb`, "0");
  const unload = (): void => {
    spawnSync("rmmod", [MODULE], { stdio: "ignore", env: { ...place.env, PATH: TOOL_PATH } });
  };
  scope.onEnd(unload);
  await mustRun("insmod", [module], place);
  const files = [join(place.dir, "hooks"), join(place.dir, plansName(block)), at, `${device}/inflight`];
  const played = await mounts.run(join(place.dir, "player"), files, limitMs);
  unload();
  return played;
}

/** Writes to a file of sysfs or debugfs, and back what was there when the scope ends. */
function change(scope: Scope, path: string, value: string): void {
  const before = readFileSync(path, "utf8");
  scope.onEnd(() => {
    if (existsSync(path)) writeFileSync(path, before);
  });
  writeFileSync(path, value);
}
