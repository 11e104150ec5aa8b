/**
 * What user space can force on an unmodified kernel, as a list of moves. A write can be stopped only where a page of
 * its source faults in (fault_in_iov_iter_readable(), after ->iomap_begin has cached the map and before the folio is
 * looked up); everything else runs as whole operations, one at a time, with the I/O it starts completed before the
 * next begins.
 */

export type Move =
  /** The thread does its next operation, or goes on with its stopped write, to the stop at file offset `to` or to
   * the end of the operation. A stop where the write stands already is one more pass over the same page. `isShort`:
   * the copy is made to end there, so the stop leaves its mark even when nothing happens at it. */
  | { readonly do: "run"; readonly thread: number; readonly to?: number; readonly isShort?: true }
  /** A fatal signal ends the stopped write of the thread. */
  | { readonly do: "kill"; readonly thread: number }
  /** Reclaim drops the folio at this file offset. */
  | { readonly do: "evict"; readonly at: number }
  /** All free space of the file system is taken. */
  | { readonly do: "fill" };

/** Leaves out the stops at which nothing happens and that leave no mark. */
export function tidy(moves: readonly Move[]): Move[] {
  return moves.filter((move, i) => {
    const next = moves[i + 1];
    if (move.do !== "run" || move.to === undefined || move.isShort === true) return true;
    return next?.do !== "run" || next.thread !== move.thread;
  });
}
