/** Temporary files: each beside what is written, and those that killed runs have left. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../../workers/is-alive.js";

export function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed was never made.
  }
}

export function temporaryIn(directory: string): string {
  return join(directory, `.stalemap-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
}

const swept = new Set<string>();

/** Removes what runs that were killed have left in a directory; once, before this process writes there. */
export function sweep(directory: string): void {
  if (swept.has(directory)) return;
  swept.add(directory);
  for (const name of namesIn(directory)) {
    const [, pid] = /^\.stalemap-(\d+)-[a-z0-9]+\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid))))
      discard(join(directory, name));
  }
}

/** The names in a directory, in order; none when it cannot be read. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
