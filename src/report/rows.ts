/**
 * A trace as rows to show: one per scheduler step, with the kernel functions that say something. A step runs through
 * many functions; those that only keep books are left out unless there is nothing else.
 */
import type { Finding } from "../explore/finding/finding.js";
import type { SetupCall } from "../explore/finding/setup-calls.js";
import type { TraceStep } from "../explore/finding/trace.js";
import { opText } from "../scenario/language/print-ops.js";
import type { Scenario } from "../scenario/types.js";
import { noted, type RowCall, shownCalls } from "./shown-calls.js";

export interface Row {
  readonly i: number;
  readonly thread: string;
  /** The operation that begins with this row, when its thread has more than one. */
  readonly begins: string | undefined;
  readonly calls: readonly RowCall[];
}

/** The rows of a finding: those of its trace, or of its setup where that alone is enough. */
export function findingRows(scenario: Scenario, { trace, setup }: Finding): Row[] {
  return trace.steps.length > 0 ? rowsOf(scenario, trace.steps) : setupRows(setup);
}

/** Setup runs alone, so that every kernel function that says something is a row. */
function setupRows(calls: readonly SetupCall[]): Row[] {
  return calls.map((call, i) => {
    const thread = call.byKworker ? "kworker" : "setup";
    return { i: i + 1, thread, begins: undefined, calls: [noted(call)] };
  });
}

/** The rows of a trace. */
export function rowsOf(scenario: Scenario, steps: readonly TraceStep[]): Row[] {
  const lastOp = new Map<string, number>();
  return steps.map((step) => {
    const thread = threadName(scenario, step);
    const ops = scenario.threads[step.thread]?.ops ?? [];
    const isFirst = lastOp.get(thread) !== step.op;
    lastOp.set(thread, step.op);
    const op = ops[step.op];
    const begins = isFirst && ops.length > 1 && op !== undefined ? opText(op) : undefined;
    return { i: step.i, thread, begins, calls: shownCalls(step) };
  });
}

/** The name of the thread that took a step. */
function threadName({ threads }: Scenario, { thread, worker }: TraceStep): string {
  return worker > 0 ? `kworker/${worker}` : (threads[thread]?.name ?? "reclaim");
}

/** The step that lost the data, when one of the trace's did. */
export function losingStep(finding: Finding): number | undefined {
  return finding.lostAt >= 1 && finding.lostAt <= finding.steps ? finding.lostAt : undefined;
}
