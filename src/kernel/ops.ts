/**
 * The operations: one entry each, with everything that parser, printer, tokens, compiler, shrinker and kernel paths
 * ask about it. A new operation is an entry here and its path in kernel/paths. Words are the language's, which are
 * the system call's where it has one name.
 */
import { Pc } from "./machine/labels.js";

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
type RegisterGroup = "call" | "zero" | "trunc" | "wb";

/**
 * What may stand beside an operation. Offsets are bytes of the file (cells in the kernel): `inside` the operation's
 * range, its start included or not, or anywhere. Faults are what goes wrong by plan.
 */
export const MODIFIERS = {
  /** Source bytes from here on cannot be read (EFAULT). */
  faultAt: { word: "fault-at", takes: "offset", inside: "start included", isFault: true },
  /** The first atomic copy that reaches this stops there, and is retried. */
  shortCopy: { word: "short-copy", takes: "offset", inside: "strictly", isFault: true },
  /** FALLOC_FL_KEEP_SIZE. */
  keepSize: { word: "keep-size", takes: "flag", inside: "anywhere", isFault: false },
} as const;
export type ModifierName = keyof typeof MODIFIERS;
/** Those that an operation has; a flag is there or not. */
export type Modifiers = {
  readonly [M in ModifierName]?: (typeof MODIFIERS)[M]["takes"] extends "flag" ? true : number;
};

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

type Entry<Name extends string = string> = Partial<OpInfo<Name>> &
  Pick<OpInfo, "code" | "about" | "entry" | "registers" | "role">;

const RESIZE = ["call", "zero", "trunc", "wb"] as const;

/** In the order in which they are shown. */
const ENTRIES = {
  write: {
    code: 0,
    about: "buffered write()",
    modifiers: ["faultAt", "shortCopy"],
    entry: Pc.W_IOLOCK,
    // Zeroing, truncation and writeback too where it can get there: machine/layout.ts.
    registers: ["call"],
    covers: "range",
    grows: true,
    data: "copied",
    takesIolock: true,
    role: "writer",
    fsx: "write",
  },
  store: {
    code: 1,
    about: "store through a shared mapping",
    entry: Pc.S_FAULT,
    registers: ["call"],
    covers: "range",
    grows: true,
    data: "stored",
    role: "mapper",
    fsx: "mapwrite",
    trace: "mstore",
  },
  load: {
    code: 2,
    about: "load through a shared mapping",
    entry: Pc.L_FAULT,
    registers: ["call"],
    covers: "range",
    role: "mapper",
    fsx: "mapread",
  },
  read: {
    code: 3,
    about: "buffered read()",
    entry: Pc.R_IOLOCK,
    registers: ["call"],
    covers: "range",
    takesIolock: true,
    role: "reader",
    rank: 1,
    simpler: "load",
    fsx: "read",
  },
  writeback: {
    code: 4,
    about: "one WB_SYNC_NONE pass over the range, not waiting",
    entry: Pc.B_START,
    registers: ["wb"],
    role: "flusher",
  },
  fsync: {
    code: 5,
    about: "WB_SYNC_ALL, waits",
    takes: "range or whole",
    entry: Pc.FS_START,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 2,
    simpler: "writeback",
    fsx: "fsync",
    trace: "fsync",
  },
  evict: {
    code: 6,
    about: "drop each clean page of the range once if it can be",
    entry: Pc.E_PAGE,
    registers: [],
    drops: true,
    role: "evicter",
  },
  truncate: {
    code: 7,
    about: "ftruncate() to this size",
    takes: "size",
    entry: Pc.TR_LOCK,
    registers: RESIZE,
    covers: "ends",
    grows: true,
    shrinks: true,
    takesIolock: true,
    role: "truncater",
    fsx: "truncate",
    trace: "trunc",
  },
  fallocate: {
    code: 8,
    about: "preallocate",
    modifiers: ["keepSize"],
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    fsx: "fallocate",
    trace: "falloc",
  },
  punch: {
    code: 9,
    about: "FALLOC_FL_PUNCH_HOLE (keeps the size)",
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "ends",
    takesIolock: true,
    role: "allocator",
    rank: 2,
    fsx: "punch_hole",
    trace: "punch",
  },
  zero: {
    code: 10,
    about: "FALLOC_FL_ZERO_RANGE",
    modifiers: ["keepSize"],
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 2,
    simpler: "fallocate",
    fsx: "zero_range",
    trace: "zero",
  },
  sync_file_range: {
    code: 11,
    about: "sync_file_range(), writing and waiting",
    entry: Pc.SF_START,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 1,
    simpler: "writeback",
    trace: "sfr",
  },
  fadvise: {
    code: 12,
    about: "posix_fadvise(POSIX_FADV_DONTNEED)",
    entry: Pc.E_PAGE,
    registers: [],
    drops: true,
    role: "evicter",
    rank: 1,
    simpler: "evict",
  },
  collapse: {
    code: 13,
    about: "FALLOC_FL_COLLAPSE_RANGE, of whole blocks before EOF",
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "range",
    moves: "down",
    freesEofblocks: true,
    shrinks: true,
    takesIolock: true,
    role: "allocator",
    rank: 3,
    simpler: "punch",
    fsx: "collapse_range",
    trace: "collapse",
  },
  insert: {
    code: 14,
    about: "FALLOC_FL_INSERT_RANGE, of whole blocks before EOF",
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "range",
    moves: "up",
    freesEofblocks: true,
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 3,
    simpler: "punch",
    fsx: "insert_range",
    trace: "insert",
  },
  append: {
    code: 15,
    about: "buffered write() of so many bytes, O_APPEND",
    takes: "length",
    entry: Pc.W_IOLOCK,
    registers: ["call"],
    grows: true,
    data: "copied",
    takesIolock: true,
    role: "writer",
    rank: 1,
    trace: "append",
  },
  msync: {
    code: 16,
    about: "msync(MS_SYNC): fsync of the pages of the range, by the description that mapped them",
    entry: Pc.FS_START,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 3,
    simpler: "fsync",
    trace: "msync",
  },
  madvise: {
    code: 17,
    about: "madvise(MADV_DONTNEED): the mapping forgets its pages, the page cache keeps them",
    entry: Pc.MA_ZAP,
    registers: [],
    role: "mapper",
    rank: 1,
    trace: "madvise",
  },
  unshare: {
    code: 18,
    about: "FALLOC_FL_UNSHARE_RANGE: preallocates, as nothing is shared",
    modifiers: ["keepSize"],
    entry: Pc.FA_LOCK,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 1,
    simpler: "fallocate",
    trace: "unshare",
  },
  close: {
    code: 19,
    about: "close() of the thread's description, opened again; one of its own where it shares the setup's",
    takes: "nothing",
    entry: Pc.CL_RELEASE,
    registers: ["wb"],
    freesEofblocks: true,
    role: "closer",
    trace: "close",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type OpName = keyof typeof ENTRIES;
type Traced<E> = E extends { trace: infer W } ? W : never;
/** Names in recorded traces. */
export type TraceWord = Traced<(typeof ENTRIES)[OpName]>;

type Table<Name extends string> = Readonly<Record<Name, OpInfo<Name>>>;

function filled<Name extends string>(entries: Readonly<Record<Name, Entry<Name>>>): Table<Name> {
  const complete = (name: Name, entry: Entry<Name>): OpInfo<Name> => ({
    name,
    takes: "range",
    modifiers: [],
    covers: "nothing",
    moves: undefined,
    freesEofblocks: false,
    grows: false,
    shrinks: false,
    data: "none",
    durable: false,
    drops: false,
    takesIolock: false,
    rank: 0,
    simpler: undefined,
    fsx: undefined,
    trace: undefined,
    ...entry,
  });
  const all = Object.entries<Entry<Name>>(entries) as [Name, Entry<Name>][];
  return Object.fromEntries(all.map(([name, entry]) => [name, complete(name, entry)])) as Table<Name>;
}

export const OPS: Table<OpName> = filled<OpName>(ENTRIES);
export const OP_NAMES = Object.keys(OPS) as readonly OpName[];
