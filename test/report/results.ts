/**
 * Verdicts to report on, one of each sort, and a failure.
 */
import type { Failure } from "../../src/report/reporter.js";
import type { RunResult } from "../../src/report/run-text.js";
import type { Judgement } from "../../src/verdict/judge-scenario.js";
import { reported, UNWRITTEN_TAIL } from "./runs.js";

export const FOUND = reported(UNWRITTEN_TAIL, "6.0", { token: "sm3.TOKEN", caseSeed: "3:6.0:1:17" });

const JUDGED: Judgement = {
  verdict: "ok",
  oracles: [],
  kinds: [],
  met: null,
  schedules: 1,
  steps: 12,
  states: undefined,
  sampling: undefined,
  windows: {},
  notReached: [],
  limits: [],
  failure: undefined,
  isComplete: true,
  problem: undefined,
};

export function result(judged: Partial<Judgement>, more: Partial<RunResult> = {}): RunResult {
  return {
    file: "races/a,b.yaml",
    scenario: FOUND.run.scenario,
    variant: FOUND.run.variant,
    expected: undefined,
    judgement: { ...JUDGED, ...judged },
    strategy: "mixed",
    reported: undefined,
    isAlone: false,
    ...more,
  };
}

export const CLEAN = result({ met: true }, { expected: { expect: "ok" } });
export const MISSED = result({ met: false }, { expected: { expect: "mismatch" } });
export const BAD = result(
  { verdict: "mismatch", oracles: ["content"], kinds: [FOUND.finding.kind], met: false },
  { expected: { expect: "ok" }, reported: FOUND },
);
export const OPEN = result({ verdict: "undecided", notReached: ["page-evicted-while-mapped"] });

export const FAULTY: Failure = {
  exit: 128,
  message: "2 errors in what was given",
  problems: [
    {
      file: "a%b.yaml",
      line: 3,
      column: 5,
      length: 4,
      source: "  - writ: 0..4k",
      message: 'expected an operation, found "writ"',
      nearest: "write",
    },
    { message: "cannot read c.yaml: no such file", remedy: "name another" },
  ],
};
