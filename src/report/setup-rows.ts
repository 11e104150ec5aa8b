/**
 * The rows of a finding that needs no schedule at all: what its setup did. Setup runs alone, so that every kernel
 * function that says something is a row.
 */

import type { TraceStep } from "../explore/finding/trace.js";
import { Engine } from "../explore/run/engine.js";
import { fixesOf } from "../explore/run/subject.js";
import { FUNCTIONS } from "../kernel/paths/index.js";
import { makeFixes } from "../kernel/versions/fixes.js";
import { compile } from "../scenario/compile.js";
import type { PinnedRun } from "../scenario/token.js";
import { noted, type Row, rowsOf } from "./rows.js";

/** The rows of a run's trace, or of its setup when there is no step. */
export function traceRows(run: PinnedRun, steps: readonly TraceStep[]): Row[] {
  return steps.length > 0 ? rowsOf(run.scenario, steps) : setupRows(run);
}

function setupRows({ scenario, variant, evictions }: PinnedRun): Row[] {
  const { program } = compile(scenario, evictions === undefined ? {} : { evictions });
  const calls: { fn: string; notes: string[] }[] = [];
  new Engine(program, makeFixes(fixesOf(variant)), false, {
    step: (_t, pc) => {
      calls.push({ fn: FUNCTIONS[pc] ?? "", notes: [] });
    },
    note: (_t, text) => {
      calls.at(-1)?.notes.push(text);
    },
  });
  return calls
    .filter((call) => call.notes.length > 0)
    .map((call, i) => {
      const thread = FUNCTIONS_OF_IO.has(call.fn) ? "kworker" : "setup";
      return { i: i + 1, thread, begins: undefined, calls: [noted(call)] };
    });
}

/** What an ioend's worker runs; the thread of setup runs none of it. */
const FUNCTIONS_OF_IO = new Set([
  "iomap_writepage_end_bio",
  "xfs_iomap_write_unwritten",
  "xfs_setfilesize",
  "iomap_finish_ioends",
]);
