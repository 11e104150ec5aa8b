/** What a step of a trace shows of the kernel functions in it: those that say something, with what they did. */
import type { TraceStep } from "../explore/finding/trace.js";
import { printQuantity } from "../scenario/yaml/units.js";

export interface RowCall {
  readonly fn: string;
  /** What it did, one clause each. */
  readonly notes: readonly string[];
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

export function shownCalls(step: TraceStep): RowCall[] {
  const telling = step.calls.filter((call) => call.notes.length > 0);
  if (telling.length > 0) return telling.map(noted);
  const call = step.calls.findLast(({ oldest }) => !BOOKKEEPING.has(oldest)) ?? step.calls[0];
  const isPlaced = call !== undefined && AT_A_PLACE.has(call.oldest) && step.at !== undefined;
  return [{ fn: call?.fn ?? "", notes: isPlaced ? [`at ${printQuantity(step.at)}`] : [] }];
}

/** A call with its notes for people. */
export function noted({ fn, notes }: RowCall): RowCall {
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
