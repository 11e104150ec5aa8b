/**
 * The commands of xfs_io that do something to a file which the model knows: what operations they are. Bytes.
 */
import { isInside } from "../op-bytes.js";
import { type Op, WHOLE } from "../types.js";

/** What is mapped: mread and mwrite without a range are about all of it. */
export interface Mapping {
  readonly from: number;
  readonly to: number;
}

export interface Given {
  readonly numbers: readonly number[];
  readonly flags: readonly string[];
  /** Kept between commands of one process. */
  readonly maps: { map?: Mapping };
  /** The file was opened with O_APPEND. */
  readonly appends: boolean;
  /** As far as the file may reach. */
  readonly end: () => number;
}

export interface XfsIoCommand {
  /** Letters of options that take a value. */
  readonly takes?: string;
  /** Letters of options that ask for what the model does not have, and what that is. */
  readonly beyond?: Readonly<Record<string, string>>;
  /** A word that is no number is the file that it reads. */
  readonly readsFile?: true;
  /** Its operations, or what is wrong with it. */
  readonly make: (given: Given) => readonly Op[] | string;
}

/** pwrite makes a call for each buffer of 4k, unless -b says otherwise; more than these are written as one. */
const MOST_CALLS = 16;
const BUFFER = 4096;

function ranged(
  make: (from: number, to: number, given: Given) => readonly Op[] | string,
): XfsIoCommand["make"] {
  return (given) => {
    const [from, length] = given.numbers;
    if (from === undefined || length === undefined) return "expected an offset and a length";
    if (!Number.isSafeInteger(from + length)) return "offsets and sizes must be below 2^53";
    return length === 0 ? [] : make(from, from + length, given);
  };
}

const one = (kind: Op["kind"]): XfsIoCommand => ({ make: ranged((from, to) => [{ kind, from, to }]) });

/** What options of falloc make of it. */
const FALLOC: readonly (readonly [option: string, kind: Op["kind"]])[] = [
  ["-p", "punch"],
  ["-c", "collapse"],
  ["-i", "insert"],
  ["-u", "unshare"],
];

const falloc: XfsIoCommand = {
  make: (given) => {
    const mode = FALLOC.find(([option]) => given.flags.includes(option));
    return (mode === undefined ? kept("fallocate") : one(mode[1])).make(given);
  },
};

/** Length 0 is up to the end. */
const toEnd = (kind: Op["kind"]): XfsIoCommand => ({
  make: (given) => {
    const [from, length] = given.numbers;
    if (from === undefined || length !== 0) return one(kind).make(given);
    const to = given.end();
    return from < to ? [{ kind, from, to }] : [];
  },
});

const kept = (kind: "fallocate" | "zero"): XfsIoCommand => ({
  make: ranged((from, to, { flags }) => [
    { kind, from, to, ...(flags.includes("-k") ? { keepSize: true as const } : {}) },
  ]),
});

/** A number as xfs_io reads it, with its unit; undefined where it is none below 2^53. */
export function sizeIn(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^(0x[0-9a-f]{1,13}|\d{1,15})([bskmg]?)$/i.exec(text) ?? [];
  const factor = { "": 1, s: 512, b: 4096, k: 1024, m: 2 ** 20, g: 2 ** 30 }[unit.toLowerCase()] ?? 1;
  const value = Number(digits) * factor;
  return digits !== "" && Number.isSafeInteger(value) ? value : undefined;
}

/** The number behind an option that takes one. */
function sizeBehind({ flags }: Given, option: string): number | undefined {
  const flag = flags.find((one) => one.startsWith(option) && one.length > option.length);
  return flag === undefined ? undefined : sizeIn(flag.slice(option.length));
}

const uncached = ({ flags }: Given) => (flags.includes("-U") ? { dontcache: true as const } : {});

function copy(given: Given): readonly Op[] | string {
  const [from = 0, target = 0, length] = ["-s", "-d", "-l"].map((option) => sizeBehind(given, option));
  if (length === undefined) return "expected -l and a length";
  const to = from + length;
  if (!Number.isSafeInteger(Math.max(to, target + length))) return "offsets and sizes must be below 2^53";
  if (length > 0 && !isInside("target", target, { from, to }))
    return "source and target overlap, which the kernel refuses";
  return length === 0 ? [] : [{ kind: "copy_range", from, to, target }];
}

function write(from: number, to: number, given: Given): readonly Op[] {
  const { flags, appends } = given;
  const buffer = Math.max(1, sizeBehind(given, "-b") ?? BUFFER);
  const calls = Math.ceil((to - from) / buffer);
  const writes: Op[] =
    calls > MOST_CALLS
      ? [{ kind: "write", from, to, ...uncached(given) }]
      : Array.from({ length: calls }, (_, i) => ({
          kind: "write" as const,
          from: from + i * buffer,
          to: Math.min(to, from + (i + 1) * buffer),
          ...uncached(given),
        }));
  const made = appends ? writes.map(appended) : writes;
  return flags.some((flag) => /^-[wW]$/.test(flag)) ? [...made, { kind: "fsync", ...WHOLE }] : made;
}

/** With O_APPEND a write has no place of its own. */
export function appended({ from, to }: Op): Op {
  return { kind: "append", from: 0, to: to - from };
}

/** A range of the mapping, or all of it. */
function mapped(kind: "load" | "store"): XfsIoCommand {
  return {
    takes: "S",
    make: ({ numbers: [from, length], maps: { map } }) => {
      if (from !== undefined && length !== undefined)
        return length === 0 ? [] : [{ kind, from, to: from + length }];
      return map === undefined ? "nothing is mapped, and no offset and length are given" : [{ kind, ...map }];
    },
  };
}

const resize: XfsIoCommand = {
  make: ({ numbers: [to] }) => (to === undefined ? "expected a size" : [{ kind: "truncate", from: to, to }]),
};
const sync: XfsIoCommand = { make: () => [{ kind: "fsync", ...WHOLE }] };

type Known = XfsIoCommand | "looks" | "not modelled";

/** By name; `looks` changes nothing that the model knows, and what is not modelled is left out. */
export const COMMANDS: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    "pwrite",
    {
      takes: "SbsiVZ",
      beyond: { N: "nowait", A: "atomic", D: "direct" },
      make: ranged(write),
    },
  ],
  ["w", { takes: "SbsiVZ", beyond: { N: "nowait" }, make: ranged(write) }],
  [
    "pread",
    {
      takes: "bVZ",
      beyond: { N: "nowait" },
      make: ranged((from, to, given) => [{ kind: "read", from, to, ...uncached(given) }]),
    },
  ],
  ["r", { takes: "bVZ", make: ranged((from, to) => [{ kind: "read", from, to }]) }],
  [
    "mmap",
    {
      takes: "s",
      make: ({ numbers: [from, length], maps }) => {
        if (from !== undefined && length !== undefined) maps.map = { from, to: from + length };
        return [];
      },
    },
  ],
  [
    "mremap",
    {
      takes: "f",
      make: ({ numbers: [length], maps }) => {
        if (maps.map !== undefined && length !== undefined)
          maps.map = { from: maps.map.from, to: maps.map.from + length };
        return [];
      },
    },
  ],
  ["mread", mapped("load")],
  ["mwrite", mapped("store")],
  [
    "msync",
    {
      make: ({ numbers: [from, length], flags, maps: { map } }) => {
        if (!flags.some((flag) => flag.includes("s"))) return [];
        const range =
          from !== undefined && length !== undefined ? { from, to: from + length } : (map ?? WHOLE);
        return [{ kind: range === WHOLE ? "fsync" : "msync", ...range }];
      },
    },
  ],
  ["truncate", resize],
  ["falloc", falloc],
  ["fallocate", falloc],
  ["fpunch", one("punch")],
  ["fzero", kept("zero")],
  ["fcollapse", one("collapse")],
  ["finsert", one("insert")],
  ["resvsp", { make: ranged((from, to) => [{ kind: "fallocate", from, to, keepSize: true }]) }],
  ["unresvsp", one("punch")],
  ["zero", { make: ranged((from, to) => [{ kind: "zero", from, to, keepSize: true }]) }],
  [
    "madvise",
    {
      make: ranged((from, to, { flags }) => (flags.includes("-d") ? [{ kind: "madvise", from, to }] : [])),
    },
  ],
  ["funshare", one("unshare")],
  ["fwzero", one("write_zeroes")],
  ["copy_range", { takes: "sdlf", readsFile: true, make: copy }],
  ["close", { make: () => [{ kind: "close", ...WHOLE }] }],
  ["fsync", sync],
  ["fdatasync", sync],
  ["sync", sync],
  ["syncfs", sync],
  ["freeze", sync],
  ["readahead", one("read")],
  ["sync_range", toEnd("sync_file_range")],
  ["fadvise", toEnd("fadvise")],
  ...words(
    "munmap open stat statx statfs fiemap bmap imap fsmap print file help quit q seek mincore sleep thaw utimes lsattr lsproj chproj resblks label log_writes",
    "bulkstat bulkstat_single inumbers cachestat crc32cselftest fsuuid fsrefcounts getrusage parent readdir scrub get_encpolicy enckey_status measure_verity health aginfo",
  ).map((name): [string, "looks"] => [name, "looks"]),
  ...words(
    "inject error_tag errortag chattr allocsp freesp repair flink set_encpolicy add_enckey rm_enckey enable_verity startupdate commitupdate cancelupdate",
  ).map((name): [string, "not modelled"] => [name, "not modelled"]),
]);

function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" "));
}
