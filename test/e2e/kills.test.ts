/**
 * Commands killed at random moments: nothing that they found is lost, nothing of theirs is left once they are started
 * again. STALEMAP_KILLS says how often each is killed: a few times here, 200 times over all before a release.
 */
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { describe, it } from "vitest";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { VICTIMS, type Victim } from "./kills/victims.js";
import { BIN, directoryWith, ROOT, stalemap } from "./program.js";

const KILLS = Number(process.env.STALEMAP_KILLS ?? "2");
const SEED = process.env.STALEMAP_KILLS_SEED ?? "1";
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"] as const;
/** Long enough for the slowest machine: a hang is a fault too. */
const LIMIT_MS = 120_000;

interface Killing {
  readonly at: number;
  readonly signal: NodeJS.Signals;
  /** A second signal so many milliseconds later. */
  readonly again: number | undefined;
}

interface Killed {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It had ended before the signal came. */
  readonly isLate: boolean;
}

function kill(args: readonly string[], cwd: string, { at, signal, again }: Killing): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd,
      env: { ...process.env, TERM: "xterm", TMPDIR: cwd },
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    let isLate = true;
    const timers = [setTimeout(() => child.kill("SIGKILL"), LIMIT_MS)];
    timers.push(setTimeout(() => (isLate = !child.kill(signal)), at));
    if (again !== undefined) timers.push(setTimeout(() => child.kill(signal), at + again));
    child.on("error", reject);
    child.on("close", (status, ended) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ status, signal: ended, ...output, isLate });
    });
  });
}

/** The moment and the signals of one killing. */
function drawn(victim: Victim, n: number): Killing {
  const rng = makeRng(`${SEED}:${victim.name}:${n}`);
  const signal = SIGNALS[rng.below(SIGNALS.length)]!;
  const again = rng.below(3) === 0 ? rng.below(1500) : undefined;
  return { at: 100 + rng.below(victim.longest), signal, again };
}

describe.concurrent("killed at random moments", () => {
  const cases = VICTIMS.flatMap((victim) => Array.from({ length: KILLS }, (_, n) => ({ victim, n })));

  it.for(cases)("$victim.name, $n", async ({ victim, n }, { expect }) => {
    const folder = directoryWith();
    const killing = drawn(victim, n);
    const killed = await kill(victim.args(ROOT), folder, killing);
    const told = `${JSON.stringify(killing)}\n${killed.stdout.slice(-2000)}\n${killed.stderr.slice(-2000)}`;
    const { status, signal, stdout, stderr } = killed;
    const isHeard = ["SIGINT", "SIGTERM", "SIGHUP"].includes(killing.signal);
    if (signal !== null) {
      // Before it listens, a signal ends it as it ends any process.
      expect(signal, told).toBe(killing.signal);
    } else if (!killed.isLate && isHeard) expect(status, told).toBe(killing.signal === "SIGINT" ? 130 : 143);
    expect(stdout + stderr, told).not.toMatch(/^ +at .*:\d+/m);
    victim.check(folder, stdout, told);
    await stalemap(victim.next(ROOT), { cwd: folder, env: { TMPDIR: folder } });
    const left = readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => name.endsWith(".tmp") || name.startsWith("stalemap-"), told)).toEqual([]);
    // The kernel takes a moment to let go of a namespace and its mounts.
    await expect.poll(() => victim.left?.(folder) ?? [], { timeout: 20_000 }).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
