/** The built program as the checks run it. */
import { type SpawnSyncOptions, spawnSync } from "node:child_process";

/** Runs `stalemap` with the words of a line as its arguments; what it finds goes where nobody keeps it. */
export function stalemap(line: string, options: SpawnSyncOptions = {}) {
  return spawnSync(process.execPath, ["bin/stalemap.js", ...line.split(" ")], options);
}

export const FOUND = "--out scenarios/found/accept";
