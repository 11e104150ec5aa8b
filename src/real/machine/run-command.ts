/** Child processes with a time limit, each in a process group of its own so that nothing it started outlives it. */
import { spawn } from "node:child_process";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Set when the limit or an abort ended it. */
  readonly killed?: "time limit" | "interrupted" | undefined;
}

interface CommandOptions {
  readonly cwd?: string;
  readonly limitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_LIMIT_MS = 120_000;
/** mkfs.xfs, losetup and mount live where a plain user's PATH may not look. */
export const TOOL_PATH = `${process.env.PATH ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`;

export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, PATH: TOOL_PATH, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let stdout = "";
    let stderr = "";
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
    const timer = setTimeout(() => end("time limit"), options.limitMs ?? DEFAULT_LIMIT_MS);
    options.signal?.addEventListener("abort", interrupt, { once: true });
    if (options.signal?.aborted) interrupt();
    process.once("exit", killGroup);
    const settle = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", interrupt);
      process.removeListener("exit", killGroup);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code) => {
      settle();
      resolve({ code, stdout, stderr, killed });
    });
  });
}

/** Runs a command that must succeed. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<string> {
  const { code, stdout, stderr, killed } = await runCommand(command, args, options);
  if (code === 0) return stdout;
  const why = killed ?? (stderr.trim() || stdout.trim() || `exit ${code}`);
  throw new Error(`${command} ${args.join(" ")}: ${why}`);
}
