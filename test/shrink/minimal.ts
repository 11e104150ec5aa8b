/**
 * Everything that can be taken from a run one at a time: the definition of 1-minimal, written without the
 * shrinker's own passes. Replays are lenient: a choice that no longer applies is the default.
 */
import { examine } from "../../src/explore/finding/finding.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { FAULTS } from "../../src/kernel/machine/choices.js";
import type { RunSpec } from "../../src/scenario/token.js";
import type { Op, Scenario } from "../../src/scenario/types.js";

/** The kind that the run shows, however far its choices apply. */
export function kindOf(run: RunSpec, mask: number): string | undefined {
  const subject = makeSubject(run.scenario, run.variant);
  subject.engine.run(new ReplayChoices(run.choices));
  return examine(subject, choicesOf(subject.engine), mask)?.kind;
}

/** Each run with one thing less, and what that is. */
export function* withOneLess(run: RunSpec): Generator<readonly [string, RunSpec]> {
  const { scenario, choices } = run;
  for (const [what, smaller] of smallerPrograms(scenario)) yield [what, { ...run, scenario: smaller }];
  for (let i = 0; i < choices.length; i++) {
    if (choices[i] !== 0) yield [`choice ${i} by default`, { ...run, choices: choices.with(i, 0) }];
    yield [`choice ${i} left out`, { ...run, choices: choices.toSpliced(i, 1) }];
  }
}

function* smallerPrograms(scenario: Scenario): Generator<readonly [string, Scenario]> {
  const { setup, threads, budget } = scenario;
  for (let i = 0; i < setup.length; i++) {
    yield [`setup.${i + 1}`, { ...scenario, setup: setup.toSpliced(i, 1) }];
    for (const op of withoutFaults(setup[i]!)) {
      yield [`a fault of setup.${i + 1}`, { ...scenario, setup: setup.with(i, op) }];
    }
  }
  for (const [at, { name, ops }] of threads.entries()) {
    const replaced = (with_: Op[]): Scenario => ({
      ...scenario,
      threads: threads.with(at, { name, ops: with_ }),
    });
    for (let i = 0; i < ops.length; i++) {
      yield [`${name}.${i + 1}`, replaced(ops.toSpliced(i, 1))];
      for (const op of withoutFaults(ops[i]!))
        yield [`a fault of ${name}.${i + 1}`, replaced(ops.with(i, op))];
    }
    yield [`thread ${name}`, { ...scenario, threads: threads.toSpliced(at, 1) }];
  }
  for (const { key } of FAULTS) {
    if (budget[key] > 0)
      yield [`budget ${key}`, { ...scenario, budget: { ...budget, [key]: budget[key] - 1 } }];
  }
}

function withoutFaults(op: Op): Op[] {
  if (op.kind !== "write") return [];
  const { faultAt, shortCopy, ...plain } = op;
  const fewer: Op[] = [];
  if (faultAt !== undefined) fewer.push(shortCopy === undefined ? plain : { ...plain, shortCopy });
  if (shortCopy !== undefined) fewer.push(faultAt === undefined ? plain : { ...plain, faultAt });
  return fewer;
}
