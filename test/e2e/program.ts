/**
 * Runs the built program as a user would, without the environment that would colour or change its output.
 */
import { type ExecFileException, execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const BIN = join(ROOT, "bin/stalemap.js");
export const WITNESS = "scenarios/witnesses/unwritten-tail.yaml";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function cleanEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR: _1, FORCE_COLOR: _2, COLORTERM: _3, STALEMAP_DEBUG: _4, ...env } = process.env;
  // As under npx, so that what it suggests does not depend on where it runs.
  return { ...env, TERM: "xterm", npm_command: "exec", ...extra };
}

/** Runs `stalemap ARGS` to its end. */
export function stalemap(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return commandOutcome(process.execPath, [BIN, ...args], options);
}

/** Runs any command to its end. */
export function commandOutcome(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      args,
      { cwd: options.cwd ?? ROOT, env: cleanEnv(options.env), maxBuffer: 1 << 26 },
      (error: ExecFileException | null, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === "number") resolve({ status: code, stdout, stderr });
        else reject(error);
      },
    );
  });
}

/** Starts `stalemap ARGS`, lets `act` do something to it, and waits for its end; 128 + N when signal N ended it. */
export function started(
  args: readonly string[],
  act: (child: ReturnType<typeof spawn>, seen: () => string) => void,
  { env, cwd = ROOT }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: cleanEnv(env) });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data;
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data;
    });
    child.stdout.on("error", () => {});
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      const status = code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0);
      setTimeout(() => resolve({ status, stdout, stderr }), 50);
    });
    act(child, () => stderr);
  });
}

/** A directory of its own with these files. */
export function directoryWith(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "stalemap-test-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

/** Processes that have a directory below this one in their environment. */
export function processesOf(directory: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`=${directory}/`);
    } catch {
      return false;
    }
  });
}
