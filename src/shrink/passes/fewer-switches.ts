/** Fewer context switches: joins two stretches of one thread, by moving the later one forward, or the earlier one
 * back, or leaves a stretch out. */

import type { Run } from "../best-run.js";
import type { ScheduleCandidate, Script, Stretch } from "../script.js";

/** Longer scripts are left to the other passes first. */
const MOST = 40;

export function fewerSwitches({ script }: Run): ScheduleCandidate[] {
  if (script.length > MOST) return [];
  return script.flatMap((stretch, i) => {
    const without = eitherWay(script.toSpliced(i, 1));
    const j = script.findIndex((s, at) => at > i && isSame(s, stretch));
    const later = script[j];
    if (later === undefined) return without;
    const joined = join(stretch, later);
    const early = script.with(i, joined).toSpliced(j, 1);
    const late = script.with(j, joined).toSpliced(i, 1);
    return [...without, ...eitherWay(early, late)];
  });
}

/** The scripts followed to the stops of their stretches, and for the same numbers of steps. */
function eitherWay(...scripts: Script[]): ScheduleCandidate[] {
  return [false, true].flatMap((exact) => scripts.map((script) => ({ script, exact })));
}

function isSame(a: Stretch, b: Stretch): boolean {
  return a.thread === b.thread && (a.thread !== "kworker" || a.byte === b.byte);
}

function join(a: Stretch, b: Stretch): Stretch {
  const answers = a.answers.map((values, kind) => [...values, ...(b.answers[kind] ?? [])]);
  return { ...a, steps: a.steps + b.steps, answers, stop: b.stop };
}
