/**
 * Who judges the variants of a bisection: the model by replaying and sampling, or the user's command by its exit
 * status.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { JudgeVerdict, Question } from "../../bisect/asking.js";
import { examine, oracleMask } from "../../explore/finding/finding.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import type { OracleName } from "../../kernel/oracle-table.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { printScenario } from "../../scenario/language/print.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";
import { drive, type Pool } from "../../workers/pool.js";
import { undecided } from "../exit.js";
import type { Session } from "../terminal/terminal.js";
import { type CommonOptions, canExhaust } from "./options.js";
import type { Input } from "./run-input.js";

export interface VariantJudge {
  judge(question: Question): Promise<JudgeVerdict>;
  close(): void;
}

/** Replays the pinned run on the variant, then looks at every state there, or samples where there are too many. */
export function modelJudge(session: Session, pool: Pool, input: Input, options: CommonOptions): VariantJudge {
  const oracles = options.oracle ?? oraclesOf(input);
  const mask = oracleMask(oracles);
  return {
    async judge({ variant }) {
      const { run, isPinned } = input;
      const spec = { ...run, variant };
      if (isPinned) {
        const subject = subjectOf(spec);
        subject.engine.run(new ReplayChoices(run.choices));
        if ((subject.engine.verdict.found & mask) !== 0) return "mismatch";
      }
      const work = judge({
        subject: spec,
        seed: options.seed ?? `${run.scenario.name}:${MODEL}`,
        schedules: options.runs ?? DEFAULT_SCHEDULES,
        exhaustive: canExhaust(spec, options),
        strategy: options.strategy,
        depth: options.depth,
        oracles,
      });
      const { verdict } = await drive(pool, work, () => session.interrupt.signal !== undefined);
      return verdict;
    },
    close() {},
  };
}

/** A pinned run is about what it shows: other oracles of its program are other bugs. */
function oraclesOf({ run, isPinned }: Input): readonly OracleName[] | undefined {
  if (!isPinned) return run.scenario.oracles;
  const finding = examine(subjectOf(run), run.choices);
  return finding === undefined ? run.scenario.oracles : [finding.oracle];
}

/** Runs the command for each variant: 0 good, 125 skip, 128 and above or a signal abort, else bad. */
export function commandJudge(session: Session, command: string, input: Input): VariantJudge {
  let scratch: string | undefined;
  let scenario = input.file === undefined ? undefined : resolve(input.file);
  if (scenario === undefined) {
    scratch = mkdtempSync(join(tmpdir(), "stalemap-"));
    scenario = join(scratch, `${input.run.scenario.name}.yaml`);
    writeFileSync(scenario, printScenario(input.run.scenario));
  }
  const close = (): void => {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  };
  return {
    async judge({ variant, patch }) {
      const env = {
        ...process.env,
        STALEMAP_KERNEL: variant.base,
        STALEMAP_WITH: variant.with.join(","),
        STALEMAP_WITHOUT: variant.without.join(","),
        STALEMAP_COMMIT: patch?.commit ?? "",
        STALEMAP_SCENARIO: scenario,
      };
      const { code, signal } = await runShell(command, env);
      if (session.interrupt.signal !== undefined) return "undecided";
      if (signal !== null || code === null || code >= 128) {
        close();
        const how = signal === null ? `ended with status ${code}` : `was killed by ${signal}`;
        throw undecided(`--exec ${how}, which aborts the bisection`, "0 is good, 125 skips, 1 to 127 is bad");
      }
      if (code === 0) return "ok";
      return code === 125 ? "undecided" : "mismatch";
    },
    close,
  };
}

/** Its output is for the reader; our stdout carries only the answer. */
async function runShell(command: string, env: NodeJS.ProcessEnv) {
  const child = spawn(command, { shell: true, env, stdio: ["ignore", 2, 2] });
  const [code, signal] = await once(child, "exit");
  return { code: code as number | null, signal: signal as NodeJS.Signals | null };
}
