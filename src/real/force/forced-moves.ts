/**
 * What a player on a real kernel lets happen, one thing at a time, and where everybody stands afterwards. Tasks are the
 * threads of the program by their names, and `io/N` for the completion of the N-th piece of the file's data that was
 * submitted, counted from 1.
 */

/** What the environment does to a task in a move, at the point where it stands or before it comes to the next. */
export type ForcedFault = "no reservation" | "no allocation" | "short copy" | "signal";

export type ForcedMove =
  /** The task goes on to its next point, to the return of its operation, or until it waits: then it goes on by itself. */
  | { readonly do: "go"; readonly who: string; readonly fault?: ForcedFault }
  /** The device takes the N-th piece of data, or fails it. */
  | { readonly do: "io"; readonly n: number; readonly fails?: true }
  /** Reclaim drops the clean folio at bytes `[from, to)`. */
  | { readonly do: "evict"; readonly from: number; readonly to: number };

/** What a task waits for. */
export type Wait = "IOLOCK" | "invalidate_lock" | "folio lock" | "writeback" | "unknown";

export type Stand =
  /** Before the entry of this function, which it has not run. */
  | { readonly is: "at"; readonly fn: string; readonly byte: number }
  | { readonly is: "waits"; readonly for: Wait; readonly by: string; readonly byte: number }
  /** Between two operations, or behind the last: so many have returned. */
  | { readonly is: "returned"; readonly ops: number };

/** What an operation gave back: bytes written or 0, a negative errno, or the name of a signal. */
export type Returned = number | "SIGBUS";

/** A task, and where it stands. */
export interface Change {
  readonly who: string;
  readonly stand: Stand;
}

/** A move, where everybody stands after it, and who of them it brought there, the one that was let go first. */
export interface PlayedMove {
  readonly move: ForcedMove;
  readonly stands: readonly Change[];
  readonly moved: readonly string[];
}

export const EXTENT_LETTERS = [undefined, "D", "U", "W"] as const;

/** Bytes in a row of one value; one that nobody can know is -1. */
export type Run = readonly [count: number, value: number];

/** What is there when all have returned. */
export interface EndState {
  /** Per thread of the program. */
  readonly returns: readonly (readonly Returned[])[];
  /** i_size, bytes. */
  readonly size: number;
  /** Delalloc, unwritten, written, of bytes [from, from + length), before anything is written back. */
  readonly extents: readonly (readonly [from: number, length: number, letter: string])[];
  /** Bytes `[from, to)` whose blocks the model has; the others are none of the program's. */
  readonly modelled: readonly (readonly [from: number, to: number])[];
  /** Through the cache, and after all was written back and evicted. */
  readonly cached: readonly Run[];
  readonly onDisk: readonly Run[];
}

export const taskOfIo = (n: number | ""): string => `io/${n}`;

/** The moves as people read them: `writer`, `io 2`, `evict 4096..8192`. */
export function moveText(move: ForcedMove): string {
  if (move.do === "go") return move.fault === undefined ? move.who : `${move.who}: ${move.fault}`;
  if (move.do === "io") return `io ${move.n}${move.fails ? " fails" : ""}`;
  return `evict ${move.from}..${move.to}`;
}
