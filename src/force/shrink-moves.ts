/**
 * Shrinking a finding that user space can force, so that it stays one: the usual shrinker knows nothing of that, so
 * its program is taken when a schedule can be forced there that loses the same; else operations are left out one by
 * one, each time with a new search.
 */
import type { Finding } from "../explore/finding/finding.js";
import { subjectOf } from "../explore/run/subject.js";
import type { RunSpec } from "../scenario/token.js";
import type { Op, Scenario } from "../scenario/types.js";
import { shrink } from "../shrink/shrink.js";
import { type Bounds, findRealizable } from "./find-moves.js";

/** Block sizes that test file systems have. */
const BLOCKS = new Set([1024, 4096]);
const LITTLE: Bounds = { samples: 400, runs: 2_000 };

interface RealizableRun {
  readonly run: RunSpec;
  readonly finding: Finding;
}

/** The smallest run found that user space can force and that loses like `finding`; the run itself when none is. */
export function shrinkRealizable(run: RunSpec, finding: Finding, mask: number): RealizableRun {
  const usual = shrink(run, finding, mask).run;
  if (BLOCKS.has(usual.scenario.file.block)) {
    const small = forced(usual, finding.kind);
    if (small !== undefined) return small;
  }
  let best = forced(run, finding.kind) ?? { run, finding };
  for (let next: RealizableRun | undefined = best; next !== undefined; next = smaller(best, finding.kind))
    best = next;
  return best;
}

function smaller({ run }: RealizableRun, kind: string): RealizableRun | undefined {
  for (const scenario of withoutOne(run.scenario)) {
    const small = forced({ ...run, scenario }, kind, LITTLE);
    if (small !== undefined) return small;
  }
  return undefined;
}

function forced(run: RunSpec, kind: string, bounds?: Bounds): RealizableRun | undefined {
  const found = findRealizable(subjectOf(run), kind, bounds);
  return "moves" in found ? { run: { ...run, choices: found.choices }, finding: found.finding } : undefined;
}

/** The scenario without each of its threads, then without each of its operations. */
function* withoutOne(scenario: Scenario): Generator<Scenario> {
  const { setup, threads } = scenario;
  for (let i = 0; i < threads.length; i++) yield { ...scenario, threads: threads.toSpliced(i, 1) };
  for (let i = 0; i < setup.length; i++) yield { ...scenario, setup: setup.toSpliced(i, 1) };
  for (const [i, thread] of threads.entries()) {
    const { ops } = thread;
    if (ops.length < 2) continue;
    for (let j = 0; j < ops.length; j++) {
      const rest: readonly Op[] = ops.toSpliced(j, 1);
      yield { ...scenario, threads: threads.with(i, { ...thread, ops: rest }) };
    }
  }
}
