/**
 * Child processes with limits of time and output, each in a process group of its own so that nothing it started
 * outlives it.
 */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { after } from "./after.js";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Set when a limit or an abort ended it. */
  readonly killed?: "time limit" | "output limit" | "interrupted" | undefined;
}

/** Where and for whom a command runs: a workplace has both. */
export interface Surroundings {
  readonly signal?: AbortSignal | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

interface CommandOptions extends Surroundings {
  readonly cwd?: string;
  readonly limitMs?: number;
  /** Bytes of stdout, and of stderr, after which it is ended. */
  readonly limitBytes?: number;
}

const DEFAULT_LIMIT_MS = 120_000;
const DEFAULT_LIMIT_BYTES = 1 << 22;
/** mkfs.xfs, losetup and mount live where a plain user's PATH may not look. */
export const TOOL_PATH = `${process.env.PATH ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Ends the commands that are under way with the process: one listener, however many there are. */
const underWay = new Set<() => void>();
const endAll = (): void => {
  for (const end of underWay) end();
};

export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...(options.env ?? process.env), PATH: TOOL_PATH, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let killed: CommandResult["killed"];
    const killGroup = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // gone already
      }
    };
    const end = (why: NonNullable<CommandResult["killed"]>) => {
      killed ??= why;
      killGroup();
    };
    const interrupt = () => end("interrupted");
    const cancel = after(options.limitMs ?? DEFAULT_LIMIT_MS, () => end("time limit"));
    options.signal?.addEventListener("abort", interrupt, { once: true });
    if (options.signal?.aborted) interrupt();
    if (underWay.size === 0) process.on("exit", endAll);
    underWay.add(killGroup);
    const settle = () => {
      cancel();
      options.signal?.removeEventListener("abort", interrupt);
      underWay.delete(killGroup);
      if (underWay.size === 0) process.off("exit", endAll);
    };
    const limit = options.limitBytes ?? DEFAULT_LIMIT_BYTES;
    const stdout = gather(child.stdout, limit, () => end("output limit"));
    const stderr = gather(child.stderr, limit, () => end("output limit"));
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code) => {
      settle();
      resolve({ code, stdout: stdout(), stderr: stderr(), killed });
    });
  });
}

/** What a stream has brought so far, up to a limit in bytes. */
function gather(stream: Readable, limit: number, onLimit: () => void): () => string {
  const chunks: Buffer[] = [];
  let left = limit;
  stream.on("data", (chunk: Buffer) => {
    if (left > 0) chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left < 0) onLimit();
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

/** Runs a command that must succeed. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<string> {
  const { code, stdout, stderr, killed } = await runCommand(command, args, options);
  if (code === 0) return stdout;
  const why = killed ?? (lastOf(stderr) || lastOf(stdout) || `exit ${code}`);
  throw new Error(`${command} ${args.join(" ")}: ${why}`);
}

/** The end of what a command said: a page of it is enough. */
export function lastOf(text: string, most = 2000): string {
  const whole = text.trim();
  return whole.length <= most ? whole : `... ${whole.slice(-most)}`;
}
