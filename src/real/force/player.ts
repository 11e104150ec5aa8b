/** The player: one C program of the parts in c/player. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportedC, playerPart } from "../export/c-text.js";
import type { Workplace } from "../machine/image.js";
import { mustRun } from "../machine/run-command.js";

/** Its parts, in the order in which they need each other. */
const PARTS = ["operations", "standstill", "contents", "moves", "main"];

/** The player as one C file. */
export function playerC(): string {
  return [playerPart("prologue"), exportedC("newer"), ...PARTS.map(playerPart)].join("\n");
}

export async function compilePlayer(place: Workplace): Promise<void> {
  const file = join(place.dir, "player.c");
  writeFileSync(file, playerC());
  await mustRun("gcc", ["-O1", "-Wall", "-static", "-o", join(place.dir, "player"), file], place);
}
