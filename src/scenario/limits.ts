/**
 * How large a scenario may be. The model's state grows with threads, operations and pages touched, not with the
 * file, so these are what is limited, here for the parser, tokens and options alike.
 */
import { BYTE_LIMIT } from "../kernel/machine/layout.js";
import { OPS } from "../kernel/ops.js";
import { bytesOf } from "./op-bytes.js";
import type { Op } from "./types.js";

export const MAX_THREADS = 16;
export const MAX_OPS_PER_THREAD = 64;
export const MAX_PAGES_TOUCHED = 64;
/** Of one fault. The machine keeps a counter in a byte at most this large, and no more evictions than BYTE_LIMIT. */
export const MOST_PER_BUDGET = 255;
/** The largest cap on all faults together: larger values of its byte stand for no cap. */
export const MOST_FAULTS = BYTE_LIMIT - 1;

/** The number of distinct pages that operations name, those apart that only act on what is cached. */
export function pagesTouched(ops: Iterable<Op>, pageSize: number): number {
  const spans = [...ops].flatMap((op) => {
    const bytes = bytesOf(op);
    return bytes === undefined || OPS[op.kind].covers === "nothing"
      ? []
      : [{ from: Math.floor(bytes.from / pageSize), to: Math.ceil(bytes.to / pageSize) }];
  });
  spans.sort((a, b) => a.from - b.from);
  let pages = 0;
  let counted = 0;
  for (const { from, to } of spans) {
    pages += Math.max(0, to - Math.max(from, counted));
    counted = Math.max(counted, to);
  }
  return pages;
}
