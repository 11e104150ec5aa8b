/**
 * Plays plans on a kernel under QEMU: the module, the player and the plans go into an initramfs, and one boot plays them
 * all, each on a file of its own, on a disk of its block size.
 */
import { readFileSync } from "node:fs";
import { boot, noResult } from "../machine/boot.js";
import { readMarks } from "../machine/console-marks.js";
import { driveOf, makeImage, type Workplace } from "../machine/image.js";
import type { KernelPackage } from "../machine/kernel-package.js";
import type { ForcedPlan } from "./plan-text.js";
import { FAULT_AROUND, type GuestHook, MODULE, plansName, writePlay } from "./play-files.js";
import { type PlayedOnGuest, readPlay } from "./read-play.js";

export interface PlayOptions {
  readonly kernel: KernelPackage;
  readonly hooks: readonly GuestHook[];
  readonly place: Workplace;
}

/** Warnings are seen, too, and the name of every plan; a stub is no place that an indirect branch may go to. */
const APPEND = "loglevel=6 ibt=off printk.devkmsg=on";
const BOOT_LIMIT_MS = 120_000;
const PLAN_LIMIT_MS = 5_000;

/** Ask qemuProblems and moduleProblems first. Throws what does not build. */
export async function playOnGuest(
  plans: readonly ForcedPlan[],
  { kernel, hooks, place }: PlayOptions,
): Promise<PlayedOnGuest> {
  const { module, names, blocks } = await writePlay(plans, hooks, kernel, place);
  const disks: string[] = [];
  for (const block of blocks)
    disks.push("-drive", driveOf(await makeImage(place, block), "if=virtio,cache=unsafe"));
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
  const read = readPlay(plans, result.stdout, names);
  const isWhole = problems.length === 0 && read.played.every((one) => one !== undefined);
  return { ...read, problem: isWhole ? undefined : noResult(kernel, problems, result) };
}

/** Entered hooks are said for the sake of whoever reads a console; through the serial line they are too many. */
function initLines(blocks: readonly number[]): string[] {
  return [
    "mount -t debugfs debug /sys/kernel/debug",
    `echo 4096 > ${FAULT_AROUND}`,
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
