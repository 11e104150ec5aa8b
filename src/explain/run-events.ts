/**
 * The named steps of a failing run that an order can speak of: the first time that a thread makes a step of that name, or
 * of that name at that offset. What happens in one scheduler step happens at once, so one name per step is enough; the
 * one that did something tells most.
 */
import type { Call } from "../explore/pin/calls.js";
import { DULL } from "../explore/pin/pinned-schedule.js";
import { matches } from "../explore/pin/thread-names.js";
import type { StepRef } from "../scenario/types.js";

/** A step of the run, by the name that an order gives it. */
export interface RunEvent {
  readonly ref: StepRef;
  /** Number of the step, from 1. */
  readonly step: number;
  /** Whether it changed something that a trace tells. */
  readonly isTelling: boolean;
}

/** A step as it was made, by the name of its thread. */
export interface NamedStep {
  readonly thread: string;
  readonly calls: readonly Call[];
}

/** So many fit into the bits beside a state. */
export const MOST_EVENTS = 60;

export function eventsOf(steps: readonly NamedStep[]): RunEvent[] {
  const events: RunEvent[] = [];
  const before = new Map<string, Call[]>();
  for (const [i, { thread, calls }] of steps.entries()) {
    const made = before.get(thread) ?? [];
    before.set(thread, made);
    const refs = calls.flatMap((call, c) => {
      const isNew = ({ ref }: { ref: Pick<StepRef, "step" | "at"> }) =>
        ![...made, ...calls.slice(0, c)].some((one) => matches(one, ref));
      const isTelling = call.notes.length > 0 && !DULL.has(call.fn);
      return [{ ref: { step: call.fn } }, { ref: { step: call.fn, at: call.at } }]
        .filter(isNew)
        .map(({ ref }) => ({ ref: { thread, ...ref }, step: i + 1, isTelling }));
    });
    const best = refs.find(({ isTelling }) => isTelling) ?? refs[0];
    if (best !== undefined) events.push(best);
    made.push(...calls);
  }
  return events.slice(0, MOST_EVENTS);
}
