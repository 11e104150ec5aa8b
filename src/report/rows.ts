/**
 * A trace as rows to show: one per scheduler step, with the kernel functions that say something. A step runs through
 * many functions; those that only keep books are left out unless there is nothing else.
 */
import type { Finding } from "../explore/finding/finding.js";
import type { SetupCall } from "../explore/finding/setup-calls.js";
import type { TraceStep } from "../explore/finding/trace.js";
import { opText } from "../scenario/language/print.js";
import type { Scenario } from "../scenario/types.js";
import { printQuantity } from "../scenario/yaml/units.js";

interface RowCall {
  readonly fn: string;
  /** What it did, one clause each. */
  readonly notes: readonly string[];
}

export interface Row {
  readonly i: number;
  readonly thread: string;
  /** The operation that begins with this row, when its thread has more than one. */
  readonly begins: string | undefined;
  readonly calls: readonly RowCall[];
}

/** Functions, by their oldest names, that are named only when a step has no other. */
const BOOKKEEPING = new Set([
  "iov_iter_fault_in_readable",
  "iomap_write_begin",
  "iomap_apply",
  "xfs_file_buffered_aio_write",
  "xfs_file_buffered_aio_read",
  "xfs_buffered_write_iomap_end",
  "unmap_mapping_range",
  "iomap_write_end",
  "iomap_writepage_map",
  "xfs_vm_writepages",
  "iomap_submit_ioend",
]);

/** Functions, by their oldest names, that work at one place of the file: they name it when they have nothing else to say. */
const AT_A_PLACE = new Set([
  "__iomap_write_begin",
  "iomap_write_begin",
  "xfs_filemap_fault",
  "xfs_filemap_page_mkwrite",
  "iomap_page_mkwrite",
  "iomap_readpage",
]);

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

function shownCalls(step: TraceStep): RowCall[] {
  const telling = step.calls.filter((call) => call.notes.length > 0);
  if (telling.length > 0) return telling.map(noted);
  const call = step.calls.findLast(({ oldest }) => !BOOKKEEPING.has(oldest)) ?? step.calls[0];
  const isPlaced = call !== undefined && AT_A_PLACE.has(call.oldest) && step.at !== undefined;
  return [{ fn: call?.fn ?? "", notes: isPlaced ? [`at ${printQuantity(step.at)}`] : [] }];
}

/** A call with its notes for people. */
function noted({ fn, notes }: RowCall): RowCall {
  return { fn, notes: notes.map(readable) };
}

/** Byte offsets in a note as a person writes them: `10k..12k`, `page 8k`. */
function readable(note: string): string {
  const q = (digits: string) => printQuantity(Number(digits));
  return note
    .replace(/\b(\d+)\.\.(\d+)\b/g, (_, from: string, to: string) => `${q(from)}..${q(to)}`)
    .replace(/\b(page|adds) (\d+)(?![\d.])/g, (_, word: string, at: string) => `${word} ${q(at)}`)
    .replace(/^(\d+)(?= is )/, (at) => q(at));
}

/** The step that lost the data, when one of the trace's did. */
export function losingStep(finding: Finding): number | undefined {
  return finding.lostAt >= 1 && finding.lostAt <= finding.steps ? finding.lostAt : undefined;
}
