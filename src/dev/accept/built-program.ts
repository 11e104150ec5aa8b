/** The built program as the checks run it. */
import { type SpawnSyncOptions, spawnSync } from "node:child_process";

/** Runs `stalemap` with arguments, or the words of a line as these; what it finds goes where nobody keeps it. */
export function stalemap(line: string | readonly string[], options: SpawnSyncOptions = {}) {
  const args = typeof line === "string" ? line.split(" ") : line;
  return spawnSync(process.execPath, ["bin/stalemap.js", ...args], options);
}

export const FOUND = "--out scenarios/found/accept";
