/**
 * The commands of xfs_io that do something to a file which the model knows: what operations they are. Bytes.
 */
import { type Op, WHOLE } from "../types.js";
import type { Given, Made } from "./xfs-io-given.js";
import { madvise, mmap, mread, mremap, msync, munmap, mwrite } from "./xfs-io-memory.js";
import { copyRange, pread, pwrite } from "./xfs-io-transfers.js";

export interface XfsIoCommand {
  /** As getopt has them. */
  readonly options: string;
  /** Letters of options that ask for what the model does not have, and what that is. */
  readonly beyond?: Readonly<Record<string, string>>;
  /** A word that is no number is the file that it reads. */
  readonly readsFile?: true;
  /** Its operations, or what becomes of it instead. */
  readonly make: (given: Given) => Made;
}

function ranged(
  make: (range: { from: number; to: number }, given: Given) => readonly Op[],
): XfsIoCommand["make"] {
  return (given) => {
    const [from, length, more] = given.numbers;
    if (from === undefined || length === undefined) return "expected an offset and a length";
    if (more !== undefined) return `expected an offset and a length, found ${given.numbers.length} numbers`;
    if (!Number.isSafeInteger(from + length)) return "offsets and sizes must be below 2^53";
    return length === 0 ? [] : make({ from, to: from + length }, given);
  };
}

const one = (kind: Op["kind"], options = ""): XfsIoCommand => ({
  options,
  make: ranged((range) => [{ kind, ...range }]),
});

const kept = (kind: "fallocate" | "zero"): XfsIoCommand => ({
  options: "k",
  make: ranged((range, given) => [
    { kind, ...range, ...(given.has("k") ? { keepSize: true as const } : {}) },
  ]),
});

/** What the last option of falloc makes of it. */
const FALLOC: Readonly<Record<string, Pick<Op, "kind" | "keepSize">>> = {
  "": { kind: "fallocate" },
  k: { kind: "fallocate", keepSize: true },
  p: { kind: "punch" },
  c: { kind: "collapse" },
  i: { kind: "insert" },
  u: { kind: "unshare" },
};

const falloc: XfsIoCommand = {
  options: "cikpu",
  make: ranged((range, given) => [{ kind: "fallocate", ...FALLOC[given.last("cikpu")], ...range }]),
};

/** Length 0 is up to the end. */
function toEnd(kind: Op["kind"], given: Given): Made {
  const [from, length] = given.numbers;
  if (from === undefined || length !== 0) return ranged((range) => [{ kind, ...range }])(given);
  return from < given.end ? [{ kind, from, to: given.end }] : [];
}

/** Of its letters the last one goes. */
const syncRange: XfsIoCommand = {
  options: "abw",
  make: (given) => {
    const letter = given.last("abw");
    return /[ab]/.test(letter) ? { part: `-${letter}, which only waits,` } : toEnd("writeback", given);
  },
};

const fadvise: XfsIoCommand = {
  options: "dnrsw",
  make: (given) => {
    const advice = given.last("dnrsw");
    if (advice !== "d" && advice !== "w") return [];
    return toEnd(advice === "d" ? "fadvise" : "read", given);
  },
};

const resize: XfsIoCommand = {
  options: "",
  make: ({ numbers: [to, more] }) =>
    to === undefined || more !== undefined ? "expected a size" : [{ kind: "truncate", from: to, to }],
};
const sync: XfsIoCommand = { options: "", make: () => [{ kind: "fsync", ...WHOLE }] };

const close: XfsIoCommand = {
  options: "",
  make: ({ state }) => {
    state.files.pop();
    return [{ kind: "close", ...WHOLE }];
  },
};

type Known = XfsIoCommand | "looks" | "not modelled";

/** By name; `looks` changes nothing that the model knows, and what is not modelled is left out. */
const COMMANDS: ReadonlyMap<string, Known> = new Map<string, Known>([
  ["pwrite", { options: "Ab:BCdDf:Fi:NqRs:OS:uUV:wWZ:", beyond: { N: "nowait", A: "atomic" }, make: pwrite }],
  ["pread", { options: "b:BCFi:NqRuUvV:Z:", beyond: { N: "nowait" }, make: pread }],
  ["mmap", { options: "rwxSs:", make: mmap }],
  ["mremap", { options: "f:m", make: mremap }],
  ["munmap", { options: "", make: munmap }],
  ["mread", { options: "frv", make: mread }],
  ["mwrite", { options: "rS:", make: mwrite }],
  ["msync", { options: "ais", make: msync }],
  ["madvise", { options: "drsw", make: madvise }],
  ["truncate", resize],
  ["falloc", falloc],
  ["fallocate", falloc],
  ["fpunch", one("punch")],
  ["fzero", kept("zero")],
  ["fcollapse", one("collapse")],
  ["finsert", one("insert")],
  ["resvsp", { options: "", make: ranged((range) => [{ kind: "fallocate", ...range, keepSize: true }]) }],
  ["unresvsp", one("punch")],
  ["zero", { options: "", make: ranged((range) => [{ kind: "zero", ...range, keepSize: true }]) }],
  ["funshare", one("unshare")],
  ["fwzero", one("write_zeroes")],
  ["copy_range", { options: "s:d:l:f:", readsFile: true, make: copyRange }],
  ["close", close],
  ["fsync", sync],
  ["fdatasync", sync],
  ["sync", sync],
  ["syncfs", sync],
  ["freeze", sync],
  ["readahead", one("read")],
  ["sync_range", syncRange],
  ["fadvise", fadvise],
  ...words(
    "stat statx statfs fiemap bmap imap fsmap print help ? seek mincore sleep thaw utimes lsattr lsproj chproj chmod inode resblks label log_writes",
    "bulkstat bulkstat_single inumbers cachestat crc32cselftest fsuuid fsrefcounts getrusage parent readdir scrub get_encpolicy enckey_status measure_verity health aginfo",
  ).map((name): [string, "looks"] => [name, "looks"]),
  ...words(
    "inject error_tag errortag chattr allocsp freesp repair flink set_encpolicy add_enckey rm_enckey enable_verity startupdate commitupdate cancelupdate",
  ).map((name): [string, "not modelled"] => [name, "not modelled"]),
]);

/** Its short names. */
const SHORT: Readonly<Record<string, string>> = {
  w: "pwrite",
  r: "pread",
  mm: "mmap",
  mr: "mread",
  mw: "mwrite",
  ms: "msync",
  mu: "munmap",
  mrm: "mremap",
  mi: "mincore",
  ma: "madvise",
  t: "truncate",
  s: "fsync",
  ds: "fdatasync",
  o: "open",
  c: "close",
  f: "file",
  p: "print",
  q: "quit",
};

/** What a command is called in full. */
export const fullName = (name: string): string => (Object.hasOwn(SHORT, name) ? (SHORT[name] ?? name) : name);

export const commandNamed = (name: string): Known | undefined => COMMANDS.get(name);

/** Those that are read. */
export const COMMANDS_READ = [...COMMANDS].flatMap(([name, one]) => (typeof one === "string" ? [] : [name]));

function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" "));
}
