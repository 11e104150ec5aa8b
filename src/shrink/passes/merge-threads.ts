/**
 * Fewer threads, fewer operations in them: appends one thread to another that does the same kind of thing, and lets a
 * thread's first operation run in the setup while another is left to race. And lists threads in the order in which
 * they first run.
 */
import type { ThreadSpec } from "../../scenario/types.js";
import type { Run } from "../best-run.js";
import { END, type ProgramCandidate, withoutOp, withThreads } from "../edit.js";

export function mergeThreads({ scenario }: Run): ProgramCandidate[] {
  const { threads } = scenario;
  return threads.flatMap((first) =>
    threads
      .filter((second) => second !== first && roleOf(second) === roleOf(first) && isAlike(first, second))
      .map((second): ProgramCandidate => {
        const merged = { ...first, ops: [...first.ops, ...second.ops] };
        return {
          scenario: withThreads(
            scenario,
            threads.flatMap((t) => (t === first ? [merged] : t === second ? [] : [t])),
          ),
          place: (at) => {
            if (at.thread === second.name) {
              return { thread: first.name, op: at.op === END ? END : at.op + first.ops.length };
            }
            if (at.thread !== first.name || at.op !== END) return at;
            return { thread: first.name, op: first.ops.length, gone: true };
          },
        };
      }),
  );
}

function isAlike(a: ThreadSpec, b: ThreadSpec): boolean {
  return a.ownFd === b.ownFd && a.repeats === b.repeats;
}

/** A writer stays apart from a flusher: the race is read by thread. */
function roleOf(thread: ThreadSpec): string {
  return [...new Set(thread.ops.map((op) => op.kind))].sort().join();
}

export function moveToSetup({ scenario }: Run): ProgramCandidate[] {
  if (scenario.threads.reduce((n, t) => n + t.ops.length, 0) < 2) return [];
  return scenario.threads.flatMap(({ name, ops, repeats }) => {
    if (repeats === true) return [];
    const candidate = withoutOp(scenario, name, 0);
    return {
      ...candidate,
      scenario: { ...candidate.scenario, setup: [...scenario.setup, ...ops.slice(0, 1)] },
    };
  });
}

export function reorderThreads({ scenario, finding }: Run): ProgramCandidate[] {
  const { threads } = scenario;
  const appearance: ThreadSpec[] = [];
  for (const { thread } of finding.trace.steps) {
    const spec = threads[thread];
    if (spec !== undefined && !appearance.includes(spec)) appearance.push(spec);
  }
  const rest = threads.filter((t) => !appearance.includes(t));
  return [
    [...appearance, ...rest],
    ...threads.map((t) => [t, ...threads.filter((other) => other !== t)]),
    ...threads.map((t) => [...threads.filter((other) => other !== t), t]),
  ].map((order) => ({ scenario: { ...scenario, threads: order } }));
}
