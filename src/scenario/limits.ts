/**
 * How large a scenario may be. The model's state grows with threads, operations and pages touched, not with the
 * file, so these are what is limited, here for the parser, tokens and options alike; and what holds unless it says more.
 */
import { BYTE_LIMIT } from "../kernel/machine/layout.js";
import { OPS } from "../kernel/ops.js";
import { endOfFloating, floatingCells } from "./floating-ops.js";
import { allOps, rangesOf } from "./op-bytes.js";
import type { ByteRange, Op, Scenario } from "./types.js";

/** Bytes, where a file does not say. */
export const DEFAULT_BLOCK = 4096;
export const DEFAULT_PAGE = 4096;

export const MAX_THREADS = 16;
export const MAX_OPS_PER_THREAD = 64;
export const MAX_PAGES_TOUCHED = 64;
/** Pieces with a fate of their own, where operations float (op-bytes.ts): the state numbers them in 16 bits. */
const MAX_CELLS = 30_000;
/** Of one fault. The machine keeps a counter in a byte at most this large, and no more evictions than BYTE_LIMIT. */
export const MOST_PER_BUDGET = 255;
/** The largest cap on all faults together: larger values of its byte stand for no cap. */
export const MOST_FAULTS = BYTE_LIMIT - 1;

/** Whether a program is larger than the language allows: logs are, before they are shrunk. */
export function isLong(scenario: Pick<Scenario, "setup" | "threads" | "file">): boolean {
  const { setup, threads, file } = scenario;
  if ([setup, ...threads.map(({ ops }) => ops)].some((ops) => ops.length > MAX_OPS_PER_THREAD)) return true;
  return pagesTouched(allOps(scenario), file.page) > MAX_PAGES_TOUCHED;
}

/** What is wrong with a program that collapses, inserts, appends or copies, where the places at which its bytes part are too many. */
export function tooManyCells(program: Pick<Scenario, "setup" | "threads" | "file">): string | undefined {
  const cells = floatingCells(program);
  if (cells <= MAX_CELLS) return undefined;
  return `with collapse, insert, append or copy_range a file of at most ${MAX_CELLS} pieces, found ${cells}: make ranges and lengths rounder`;
}

/**
 * The number of distinct pages that operations name, those apart that only act on what is cached; where operations float, of
 * those of a file of `size` bytes.
 */
export function pagesTouched(ops: Iterable<Op>, pageSize: number, size = 0): number {
  const end = endOfFloating([...ops], size);
  if (end !== undefined) return Math.ceil(end / pageSize);
  const named = [...ops].filter((op) => OPS[op.kind].covers !== "nothing");
  return unitsTouched(named.flatMap(rangesOf), pageSize);
}

/** The number of distinct pages or blocks, of `unit` bytes each, that the ranges touch. */
export function unitsTouched(ranges: readonly ByteRange[], unit: number): number {
  let units = 0;
  let counted = 0;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const to = Math.ceil(range.to / unit);
    units += Math.max(0, to - Math.max(Math.floor(range.from / unit), counted));
    counted = Math.max(counted, to);
  }
  return units;
}
