/**
 * The user's own command as the judge of a bisection, by its exit status. It runs in a process group of its own, which
 * is told of the first signal that we get and does not outlive us.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { JudgeVerdict } from "../../bisect/asking.js";
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { subjectOf } from "../../explore/run/subject.js";
import { openScratch, type Scratch } from "../../real/machine/scratch.js";
import { printScenario } from "../../scenario/language/print.js";
import { EXIT, undecided } from "../exit.js";
import type { Session } from "../terminal/terminal.js";
import { reason } from "./reasons.js";
import type { Input } from "./run-input.js";
import type { VariantJudge } from "./variant-judge.js";

const SKIP = 125;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** 0 good, 125 skip, 126 to 128 and above, or a signal, abort; else bad. With `skipsInvalid` 128 skips, too. */
export function commandJudge(
  session: Session,
  command: string,
  input: Input,
  skipsInvalid: boolean,
): VariantJudge {
  const scratch = openedScratch();
  const scenario = scenarioFile(input, scratch);
  return {
    async judge({ variant, patch }) {
      const env = {
        ...scratch.env,
        STALEMAP_KERNEL: variant.base,
        STALEMAP_WITH: variant.with.join(","),
        STALEMAP_WITHOUT: variant.without.join(","),
        STALEMAP_COMMIT: patch?.commit ?? "",
        STALEMAP_SCENARIO: scenario,
      };
      const [code, signal] = await runShell(session, command, env);
      if (session.interrupt.signal !== undefined) return "undecided";
      if (signal !== null) throw aborted(`was killed by ${signal}`);
      return verdictOf(code ?? EXIT.INTERNAL, skipsInvalid);
    },
    close: scratch.close,
  };
}

function openedScratch(): Scratch {
  try {
    return openScratch();
  } catch (error) {
    throw undecided(`no temporary directory: ${reason(error)}`, "choose another with TMPDIR");
  }
}

function verdictOf(code: number, skipsInvalid: boolean): JudgeVerdict {
  if (code === SKIP || (code === EXIT.INVALID && skipsInvalid)) return "undecided";
  if (code === NOT_EXECUTABLE) throw aborted("ended with status 126: it cannot be executed");
  if (code === NOT_FOUND) throw aborted("ended with status 127: no such command");
  if (code >= EXIT.INVALID) throw aborted(`ended with status ${code}`, code === EXIT.INVALID);
  return code === 0 ? "ok" : "mismatch";
}

function aborted(how: string, isInvalid = false) {
  const more = isInvalid ? "; --skip-invalid makes 128 a skip" : "";
  return undecided(
    `--exec ${how}, which aborts the bisection`,
    `0 is good, 125 skips, 1 to 124 is bad${more}`,
  );
}

/** The file that was given; else one with the program, and the schedule of the run when X names one. */
function scenarioFile({ run, isPinned, file }: Input, { dir }: Scratch): string {
  if (file !== undefined) return resolve(file);
  const path = join(dir, `${run.scenario.name}.yaml`);
  const schedule = isPinned ? { schedule: scheduleOf(subjectOf(run), run.choices) } : {};
  writeFileSync(path, printScenario({ ...run.scenario, ...schedule }));
  return path;
}

/** Its output is for the reader; our stdout carries only the answer. */
async function runShell(session: Session, command: string, env: NodeJS.ProcessEnv) {
  const child = spawn(command, { shell: true, env, stdio: ["ignore", 2, 2], detached: true });
  const ended = once(child, "exit").catch((error) => {
    throw aborted(`cannot be started: ${reason(error)}`);
  }) as Promise<[number | null, NodeJS.Signals | null]>;
  if ((await session.interrupt.race(ended)) === undefined) tell(child, session.interrupt.signal ?? "SIGTERM");
  const status = await ended;
  if (session.interrupt.signal !== undefined) tell(child, "SIGKILL");
  return status;
}

/** A group that is gone hears nothing. */
function tell({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // all have ended
  }
}
