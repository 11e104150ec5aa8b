/**
 * A directory for one run, and all that hangs on it. Every process that is started for the run has the directory in
 * its environment, so that it can be found whatever became of its parents. A guard, a shell that does nothing but
 * wait for our end, kills them and removes the directory when we could not: after SIGKILL. Where even the guard was
 * killed, the next run in the same place finds the directory by its name, which says who made it, and does the same.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Scratch {
  /** Absolute. */
  readonly dir: string;
  /** Of every process started for the run. */
  readonly env: NodeJS.ProcessEnv;
  /** Kills what was started and is left, and removes the directory. */
  close(): void;
}

const MARK = "STALEMAP_SCRATCH";

/** $1: the directory. Reads until whoever holds the other end is gone. A process that forks may need a second look. */
const GUARD = `trap '' HUP INT TERM
cat > /dev/null
n=0
while found=$(grep -lsxzF -- "${MARK}=$1" /proc/[0-9]*/environ); [ -n "$found" ] && [ $n -lt 100 ]; do
  for file in $found; do pid=\${file#/proc/}; kill -KILL "\${pid%/*}"; done
  n=$((n + 1)); sleep 0.02
done
rm -rf -- "$1"`;

/** In the system's temporary directory unless said. */
export function openScratch(parent: string = tmpdir()): Scratch {
  const place = resolve(parent);
  mkdirSync(place, { recursive: true });
  for (const dir of abandoned(place)) clear(dir);
  const dir = mkdtempSync(join(place, `stalemap-${process.pid}-${startOf("self")}-${where()}-`));
  const guard = spawn("sh", ["-c", GUARD, "stalemap-guard", dir], {
    detached: true,
    env: unmarked(),
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => {});
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  const close = () => {
    process.off("exit", close);
    clear(dir);
    guard.kill("SIGKILL");
  };
  process.on("exit", close);
  return { dir, env: { ...process.env, [MARK]: dir, TMPDIR: dir }, close };
}

/** What the guard does, now. */
function clear(dir: string): void {
  spawnSync("sh", ["-c", GUARD, "stalemap-guard", dir], { env: unmarked(), stdio: "ignore" });
  rmSync(dir, { recursive: true, force: true });
}

/** A guard is no part of the run that it guards, nor of one around it. */
function unmarked(): NodeJS.ProcessEnv {
  const { [MARK]: _, ...env } = process.env;
  return env;
}

/** Directories of ours whose maker is gone; only what this host and this view of its processes can know of. */
function abandoned(place: string): string[] {
  return readdirSync(place).flatMap((name) => {
    const [, pid, start, at] = /^stalemap-(\d+)-(\d+)-([0-9a-f]{8})-\w+$/.exec(name) ?? [];
    if (pid === undefined || at !== where() || startOf(pid) === start) return [];
    const dir = join(place, name);
    const found = lstatSync(dir, { throwIfNoEntry: false });
    return found?.isDirectory() === true && found.uid === process.getuid?.() ? [dir] : [];
  });
}

/** When a process started, in ticks since the boot: an id alone is used again. 0 when there is none. */
function startOf(pid: string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}

function where(): string {
  let processes = "";
  try {
    processes = readlinkSync("/proc/self/ns/pid");
  } catch {
    // no such thing here
  }
  return createHash("sha256").update(`${hostname()} ${processes}`).digest("hex").slice(0, 8);
}
