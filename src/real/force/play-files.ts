/** What a kernel needs to play plans: the module, built for it, the player, and the plans as texts. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildModule } from "../machine/build-module.js";
import { guestTrouble } from "../machine/guest-trouble.js";
import type { Workplace } from "../machine/image.js";
import type { KernelPackage } from "../machine/kernel-package.js";
import { mustRun } from "../machine/run-command.js";
import { packageFile } from "../package-file.js";
import { type ForcedPlan, type HookNames, planText } from "./plan-text.js";
import { type PlayedPlan, readPlayed } from "./read-played.js";

/** A function at which the module holds tasks, or parks data. */
export interface GuestHook {
  readonly fn: string;
  /** enum kind of c/module/hold.h. */
  readonly kind: number;
  readonly whence: number;
}

export interface PlayedOnGuest {
  /** In the order of the plans; undefined for those that it did not get to. */
  readonly played: readonly (PlayedPlan | undefined)[];
  /** What the kernel said of trouble of its own: nothing that it did from there on is to be believed. */
  readonly trouble: readonly string[];
  /** The plan that was played when it first did; "" before any was. */
  readonly troubledIn: string | undefined;
  /** Why some were not played. */
  readonly problem: string | undefined;
}

/** Where faults are told how many bytes they map: a page, the one that they are for. */
export const FAULT_AROUND = "/sys/kernel/debug/fault_around_bytes";
export const MODULE = "stalemap_hold";
/** Its parts, in the order in which they need each other. */
const PLAYER = ["prologue", "operations", "standstill", "contents", "moves", "main"];

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

/** What was printed, the player's part and then the kernel's log. */
export function readPlay(
  plans: readonly ForcedPlan[],
  printed: string,
  names: HookNames,
): Omit<PlayedOnGuest, "problem"> {
  const begun = readPlayed(printed, names);
  const byName = new Map(begun.map((played) => [played.name, played]));
  return { played: plans.map(({ name }) => byName.get(name)), ...troubleIn(printed, begun) };
}

const PLAN_IN_LOG = /^\[ {0,8}\d{1,9}\.\d{6}\](?:\[ {0,8}[TC]\d{1,9}\])? stalemap plan (\S+)\r?$/m;

/**
 * The kernel's log comes when all is played, with a line of the player's for each plan. A kernel that died has not got
 * there: its last plan was the one.
 */
export function troubleIn(
  console: string,
  begun: readonly PlayedPlan[],
): Pick<PlayedOnGuest, "trouble" | "troubledIn"> {
  const trouble = guestTrouble(console);
  const [before, ...pieces] = console.split(PLAN_IN_LOG);
  if (trouble.length === 0) return { trouble, troubledIn: undefined };
  if (pieces.length === 0) return { trouble, troubledIn: begun.at(-1)?.name ?? "" };
  const at = pieces.findIndex((piece, i) => i % 2 === 1 && guestTrouble(piece).length > 0);
  return { trouble, troubledIn: guestTrouble(before ?? "").length > 0 ? "" : pieces[at - 1] };
}

function moduleFiles(): Map<string, string> {
  const dir = packageFile("src/real/force/c/module");
  return new Map(readdirSync(dir).map((file) => [file, readFileSync(join(dir, file), "utf8")]));
}

/** The player as one C file. */
export function playerC(): string {
  return PLAYER.map((part) => readFileSync(packageFile(`src/real/force/c/player/${part}.c`), "utf8")).join(
    "\n",
  );
}

async function compilePlayer(place: Workplace): Promise<void> {
  const file = join(place.dir, "player.c");
  writeFileSync(file, playerC());
  await mustRun("gcc", ["-O1", "-Wall", "-static", "-o", join(place.dir, "player"), file], place);
}
