/** Fewer context switches: joins two stretches of one thread, by moving the later one forward, or the earlier one
 * back, or leaves a stretch out. */

import type { Run } from "../best-run.js";
import type { ScheduleCandidate } from "../candidate.js";
import type { Script, Stretch } from "../script.js";

/** Longer scripts are left to the other passes first. */
const MOST = 40;

export function fewerSwitches({ script }: Run): ScheduleCandidate[] {
  if (script.length > MOST) return [];
  const candidates: ScheduleCandidate[] = [];
  for (let i = 0; i < script.length; i++) {
    for (const exact of [false, true]) candidates.push({ script: script.toSpliced(i, 1), exact });
    const j = script.findIndex((s, at) => at > i && isSame(s, script[i]!));
    if (j < 0) continue;
    const joined = join(script[i]!, script[j]!);
    const early = [...script.slice(0, i), joined, ...script.slice(i + 1, j), ...script.slice(j + 1)];
    const late = [...script.slice(0, i), ...script.slice(i + 1, j), joined, ...script.slice(j + 1)];
    for (const exact of [false, true]) candidates.push({ script: early, exact }, { script: late, exact });
  }
  return candidates;
}

function isSame(a: Stretch, b: Stretch): boolean {
  return a.thread === b.thread && (a.thread !== "kworker" || a.byte === b.byte);
}

function join(a: Stretch, b: Stretch): Script[number] {
  const answers = a.answers.map((values, kind) => [...values, ...b.answers[kind]!]);
  return { ...a, steps: a.steps + b.steps, answers, stop: b.stop };
}
