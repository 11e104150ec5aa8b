/** What a kernel needs to play plans: the module, built for it, the player, and the plans as texts. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildModule } from "../machine/build-module.js";
import type { Workplace } from "../machine/image.js";
import type { KernelPackage } from "../machine/kernel-package.js";
import { packageFile } from "../package-file.js";
import type { HookNames } from "./plan-moves.js";
import { type ForcedPlan, planText } from "./plan-text.js";
import { compilePlayer } from "./player.js";

/** A function at which the module holds tasks, or parks data. */
export interface GuestHook {
  readonly fn: string;
  /** enum kind of c/module/hold.h. */
  readonly kind: number;
  readonly whence: number;
}

/** Where faults are told how many bytes they map: a page, the one that they are for. */
export const FAULT_AROUND = "/sys/kernel/debug/fault_around_bytes";
export const MODULE = "stalemap_hold";

export interface PlayFiles {
  /** Path of the module. The player, the hooks and the plans lie in the workplace. */
  readonly module: string;
  readonly names: HookNames;
  /** Block sizes of the plans' files, the largest first; each has plans of its own. */
  readonly blocks: readonly number[];
}

export const plansName = (block: number): string => `plans-${block}`;

/** Ask moduleProblems first. Throws what does not build. */
export async function writePlay(
  plans: readonly ForcedPlan[],
  hooks: readonly GuestHook[],
  kernel: KernelPackage,
  place: Workplace,
): Promise<PlayFiles> {
  const module = await buildModule(kernel, { name: MODULE, files: moduleFiles() }, place);
  await compilePlayer(place);
  const names = hooks.map(({ fn }) => fn);
  writeFileSync(join(place.dir, "hooks"), hooks.map((h) => `hook ${h.fn} ${h.kind} ${h.whence}\n`).join(""));
  const blocks = [...new Set(plans.map(({ scenario }) => scenario.file.block))].sort((a, b) => b - a);
  for (const block of blocks) {
    const some = plans.filter(({ scenario }) => scenario.file.block === block);
    writeFileSync(join(place.dir, plansName(block)), some.map((plan) => planText(plan, names)).join(""));
  }
  return { module, names, blocks };
}

function moduleFiles(): Map<string, string> {
  const dir = packageFile("src/real/force/c/module");
  return new Map(readdirSync(dir).map((file) => [file, readFileSync(join(dir, file), "utf8")]));
}
