/**
 * What is said of an operation, and the words of it: which roles threads have, which modifiers stand beside one. The
 * operations themselves are in ops.ts.
 */
import type { Pc } from "./machine/labels.js";
import type { ModifierName } from "./modifiers.js";

/** A thread is called after what it does, the most telling role first. */
export const ROLES = [
  "writer",
  "truncater",
  "allocator",
  "mapper",
  "reader",
  "syncer",
  "flusher",
  "evicter",
  "closer",
] as const;

/** Groups of registers beside the base ones that a path may use (machine/layout.ts). */
type RegisterGroup = "call" | "zero" | "trunc" | "wb" | "copy";

export interface OpInfo<Name extends string = string> {
  readonly name: Name;
  /** Its number in tokens: never changed, never given to another. */
  readonly code: number;
  readonly about: string;
  /**
   * A byte range; a range or nothing, which is the whole file; a size, which stands in both ends of the range; or a length,
   * which is the end of a range from 0 and lies where the file ends when the call runs; or nothing, which is the whole file.
   */
  readonly takes: "range" | "range or whole" | "size" | "length" | "nothing";
  /** In the order of tokens: append only. */
  readonly modifiers: readonly ModifierName[];
  /** It writes what it reads: to where its `target` says. */
  readonly copies: boolean;
  /** Label that the system call starts at. */
  readonly entry: Pc;
  readonly registers: readonly RegisterGroup[];
  /** What the model tells apart for its sake: each page of its range, the pages at its ends, or nothing. */
  readonly covers: "range" | "ends" | "nothing";
  /** What lies behind its range moves by its length, down or up. */
  readonly moves: "down" | "up" | undefined;
  /** It frees blocks past EOF that no file needs. */
  readonly freesEofblocks: boolean;
  /** It can make the file longer; it can make it shorter. */
  readonly grows: boolean;
  readonly shrinks: boolean;
  /** It puts data of its own into the file: bytes copied by write(), or stored through a mapping. */
  readonly data: "copied" | "stored" | "none";
  /** Success means that what was clean when it returned is on disk. */
  readonly durable: boolean;
  /** It drops clean pages. */
  readonly drops: boolean;
  /** It waits for IOLOCK, so a process that has a write of the same file stopped cannot make it. */
  readonly takesIolock: boolean;
  readonly role: (typeof ROLES)[number];
  /** How much more it does than the simplest operations, for the shrinker, and the one that it may become. */
  readonly rank: number;
  readonly simpler: Name | undefined;
  /** Its name in operation files of fsx, and in recorded traces. */
  readonly fsx: string | undefined;
  readonly trace: string | undefined;
}
