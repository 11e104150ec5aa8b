/**
 * Plays plans on a kernel under QEMU: the module and the player are built, the plans go with them into an initramfs, and
 * one boot plays them all, each on a file of its own, on a disk of its block size.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { boot, noResult } from "../machine/boot.js";
import { buildModule } from "../machine/build-module.js";
import { readMarks } from "../machine/console.js";
import { guestTrouble } from "../machine/guest-trouble.js";
import { driveOf, makeImage, type Workplace } from "../machine/image.js";
import type { KernelPackage } from "../machine/kernel-package.js";
import { mustRun } from "../machine/run-command.js";
import { packageFile } from "../package-file.js";
import { type ForcedPlan, planText } from "./plan-text.js";
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

export interface PlayOptions {
  readonly kernel: KernelPackage;
  readonly hooks: readonly GuestHook[];
  readonly place: Workplace;
}

const MODULE = "stalemap_hold";
/** Its parts, in the order in which they need each other. */
const PLAYER = ["prologue", "operations", "standstill", "contents", "moves", "main"];
/** Warnings are seen, too, and the name of every plan; a stub is no place that an indirect branch may go to. */
const APPEND = "loglevel=6 ibt=off printk.devkmsg=on";
const BOOT_LIMIT_MS = 120_000;
const PLAN_LIMIT_MS = 5_000;

/** Ask qemuProblems and moduleProblems first. Throws what does not build. */
export async function playOnGuest(
  plans: readonly ForcedPlan[],
  { kernel, hooks, place }: PlayOptions,
): Promise<PlayedOnGuest> {
  const module = await buildModule(kernel, { name: MODULE, files: moduleFiles() }, place);
  await compilePlayer(place);
  const names = hooks.map(({ fn }) => fn);
  writeFileSync(join(place.dir, "hooks"), hooks.map((h) => `hook ${h.fn} ${h.kind} ${h.whence}\n`).join(""));
  const disks: string[] = [];
  const blocks = [...new Set(plans.map(({ scenario }) => scenario.file.block))].sort((a, b) => b - a);
  for (const block of blocks) {
    const some = plans.filter(({ scenario }) => scenario.file.block === block);
    writeFileSync(join(place.dir, plansName(block)), some.map((plan) => planText(plan, names)).join(""));
    disks.push("-drive", driveOf(await makeImage(place, block), "if=virtio,cache=unsafe"));
  }
  const result = await boot({
    kernel,
    place,
    disks,
    init: initLines(blocks),
    programs: ["player", "hooks", ...blocks.map(plansName)],
    ownModules: [{ name: MODULE, content: readFileSync(module) }],
    append: APPEND,
    limitMs: BOOT_LIMIT_MS + PLAN_LIMIT_MS * plans.length,
  });
  const { problems } = readMarks(result.stdout, () => {});
  const begun = readPlayed(result.stdout, names);
  const byName = new Map(begun.map((played) => [played.name, played]));
  const played = plans.map(({ name }) => byName.get(name));
  const isWhole = problems.length === 0 && played.every((one) => one !== undefined);
  return {
    played,
    ...troubleIn(result.stdout, begun),
    problem: isWhole ? undefined : noResult(kernel, problems, result),
  };
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

const plansName = (block: number): string => `plans-${block}`;

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

/** Entered hooks are said for the sake of whoever reads a console; through the serial line they are too many. */
function initLines(blocks: readonly number[]): string[] {
  return [
    "mount -t debugfs debug /sys/kernel/debug",
    // A fault maps the page that it is for, and no others.
    "echo 4096 > /sys/kernel/debug/fault_around_bytes",
    // Its messages would stand in the middle of lines: they come when all is played.
    "dmesg -n 1",
    ...blocks.flatMap((block, i) => {
      const disk = `vd${"abcdef".charAt(i)}`;
      return [
        // A read brings in the page that it is at.
        `echo 0 > /sys/block/${disk}/queue/read_ahead_kb`,
        `mkdir -p /${block}; mount -t xfs /dev/${disk} /${block} || echo "@@stalemap problem mount ${block}"`,
        ...(i > 0
          ? [
              `rmmod ${MODULE} && insmod /modules/${MODULE}.ko || { echo "@@stalemap problem rmmod"; dmesg; sleep 1; poweroff -f; }`,
            ]
          : []),
        `/programs/player /programs/hooks /programs/${plansName(block)} /${block} /sys/block/${disk}/inflight | grep -v "^at "`,
      ];
    }),
    "dmesg",
  ];
}
