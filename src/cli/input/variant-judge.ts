/**
 * Who judges the variants of a bisection: here the model, by replaying and sampling; command-judge.ts has the user's
 * command.
 */

import type { JudgeVerdict, Question } from "../../bisect/asking.js";
import { examine, oracleMask } from "../../explore/finding/finding.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import type { OracleName } from "../../kernel/oracle-table.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";
import { drive, type Pool } from "../../workers/pool.js";
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
