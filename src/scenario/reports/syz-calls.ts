/** The calls of a program of syzkaller on a descriptor of the file: what operations they are. Bytes. */
import { type Op, WHOLE } from "../types.js";
import { fallocated, isRefused } from "./fallocate-modes.js";
import { number } from "./syz-arguments.js";
import { appended } from "./xfs-io-transfers.js";

/** What a call is given, and where its descriptor stands. */
export interface SyzArguments {
  readonly number: (i: number) => number;
  readonly text: (i: number) => string;
  /** Where the descriptor stands; undefined where that depends on who comes first. */
  readonly position: number | undefined;
  /** As far as the file may reach. */
  readonly end: number;
}

/** Operations, what the model does not have, or that it fails or is not all read, and what it does then. */
export type SyzMade =
  | readonly Op[]
  | { readonly beyond: string }
  | { readonly fails: string; readonly ops?: readonly Op[] }
  | { readonly part: string; readonly ops?: readonly Op[] }
  | undefined;

export interface SyzCall {
  /** What the descriptor must be open for. */
  readonly needs?: "reading" | "writing";
  /** It begins at the position, and moves it. */
  readonly moves?: true;
  readonly make: (args: SyzArguments) => SyzMade;
}

const RWF = { dsync: 2, sync: 4, nowait: 8, append: 16, atomic: 64, dontcache: 128 } as const;

const SYNC_RANGE = { before: 1, write: 2, after: 4 } as const;

const range = (from: number, length: number) => ({ from, to: from + Math.max(0, length) });

/** Bytes in the pieces of a vector, `&(0x7f...)=[{&(0x7f...)="ab", 0x1000}, ...]`. */
function lengthOf(vector: string): number {
  return [...vector.matchAll(/,\s*(0x[0-9a-f]+|\d+)\s*\}/gi)].reduce((sum, [, n]) => sum + number(n), 0);
}

export const resized = (to: number): Op => ({ kind: "truncate", from: to, to });

/** The range that O_SYNC writes out behind a write. */
export const synced = (op: Op): Op => ({
  kind: "fsync",
  ...(op.kind === "append" ? WHOLE : { from: op.from, to: op.to }),
});

function vectored(kind: "write" | "read", at: { from: number; to: number }, flags: number): SyzMade {
  if ((flags & RWF.nowait) !== 0) return { beyond: "nowait" };
  if ((flags & RWF.atomic) !== 0) return { beyond: "atomic" };
  const plain: Op = { kind, ...at };
  const op = kind === "write" && (flags & RWF.append) !== 0 ? appended(plain) : plain;
  const made = { ...op, ...((flags & RWF.dontcache) === 0 ? {} : { dontcache: true as const }) };
  return kind === "write" && (flags & (RWF.dsync | RWF.sync)) !== 0 ? [made, synced(op)] : [made];
}

const sync: SyzCall = { make: () => [{ kind: "fsync", ...WHOLE }] };

const moving = (
  kind: "write" | "read",
  length: (args: SyzArguments) => number,
): SyzCall & Required<Pick<SyzCall, "needs">> => ({
  needs: kind === "write" ? "writing" : "reading",
  moves: true,
  make: (args) => [{ kind, ...range(args.position ?? 0, length(args)) }],
});

const placed = (
  kind: "write" | "read",
  length: (args: SyzArguments) => number,
  flags: (args: SyzArguments) => number = () => 0,
): SyzCall => ({
  needs: kind === "write" ? "writing" : "reading",
  make: (args) => vectored(kind, range(args.number(3), length(args)), flags(args)),
});

/** Without both waits the kernel passes over what is busy; length 0 is up to the end. */
function syncRange(args: SyzArguments): SyzMade {
  const flags = args.number(3);
  const { before, write, after } = SYNC_RANGE;
  if (flags > (before | write | after)) return { fails: `no flags of it are 0x${flags.toString(16)}` };
  if (flags === 0) return [];
  const waits = flags & (before | after);
  if (flags === waits) return { part: "which only waits" };
  if (waits !== 0 && waits !== (before | after)) return { part: "which writes and waits once" };
  const [from, length] = [args.number(1), args.number(2)];
  const to = length === 0 ? Math.max(from, args.end) : from + length;
  return [{ kind: waits === 0 ? "writeback" : "sync_file_range", from, to }];
}

const third = (args: SyzArguments): number => args.number(2);
const pieces = (args: SyzArguments): number => lengthOf(args.text(1));

export const SYZ_CALLS: Readonly<Record<string, SyzCall>> = {
  write: moving("write", third),
  read: moving("read", third),
  writev: moving("write", pieces),
  readv: moving("read", pieces),
  pwrite64: placed("write", third),
  pread64: placed("read", third),
  pwritev: placed("write", pieces),
  preadv: placed("read", pieces),
  pwritev2: placed("write", pieces, (args) => args.number(5)),
  preadv2: placed("read", pieces, (args) => args.number(5)),
  ftruncate: { needs: "writing", make: (args) => [resized(args.number(1))] },
  fsync: sync,
  fdatasync: sync,
  syncfs: sync,
  sync_file_range: { make: syncRange },
  fadvise64: {
    make: (args) =>
      args.number(3) === 4 ? [{ kind: "fadvise", ...range(args.number(1), args.number(2)) }] : [],
  },
  fallocate: {
    needs: "writing",
    make: (args) => {
      const mode = args.number(1);
      if (isRefused(mode)) return { fails: `no mode of fallocate is 0x${mode.toString(16)}` };
      const op = fallocated(mode, range(args.number(2), args.number(3)));
      return op === undefined ? undefined : [op];
    },
  },
};

/** A write with O_APPEND, and what writes it out. */
export function atEnd(op: Op): Op {
  if (op.kind === "fsync") return { ...op, ...WHOLE };
  return op.kind === "write" ? { ...op, ...appended(op) } : op;
}
