/**
 * Programs of syzkaller: the calls on one file that the model has. Calls that are marked async run beside what follows;
 * their descriptors, pointers and buffers are what they are for: only offsets, lengths and modes are looked at.
 */
import { OPS } from "../../kernel/ops.js";
import { beyondModel } from "../beyond-model.js";
import { isInside, targetOf } from "../op-bytes.js";
import { type Op, type Scenario, WHOLE } from "../types.js";
import { quoted, type Read } from "../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../yaml/source.js";
import { fallocated } from "./fallocate-modes.js";
import { type HowRead, MOST_BYTES } from "./how-read.js";
import { O_TRUNC } from "./kernel-trace/system-calls.js";
import { bytesOf, number, pathIn, pointedTo, split } from "./syz-arguments.js";
import { SyzMapping } from "./syz-mapping.js";
import { ToldProgram } from "./told-program.js";
import { withToldSizes } from "./told-sizes.js";
import { appended } from "./xfs-io-transfers.js";

const CALL = /^[ \t>]*(?:(r\d+)[ \t]*=[ \t]*)?([a-z_]\w*(?:\$\w+)?)\((.*)\)[ \t]*\r?$/;
/** What stands behind a call: how it is made. */
const MARKS = /\)[ \t]*(\([a-z_][\w:, ]*\))[ \t]*\r?$/;

/** Whether a text is such a program: one of its calls stands near its beginning. */
export function looksLikeSyz(text: string): boolean {
  const lines = text.slice(0, 65536).split("\n");
  return lines.some((line) => /&(?:\(0x7f[0-9a-f]+|AUTO=)/.test(line) && CALL.test(line.slice(0, LONGEST)));
}

const LONGEST = 4000;
/** What syzkaller's own log has before each program. */
const EXECUTING =
  /^[ \t>]*(?:\[\s*[\d.]{1,20}\]\s*)?(?:\d{2,4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?executing program(?: \d+)?(?: \([^)]{0,80}\))?:?\s*$/;

/** Reads it as a scenario. */
export function parseSyz(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  const told = withToldSizes(report, undefined, how);
  const syz = new Syz(new ToldProgram(report, "syzkaller program", told.how));
  told.say(syz.program);
  let start = 0;
  for (const line of report.text.split("\n")) {
    if (!report.full) syz.take(line, start);
    start += line.length + 1;
  }
  return syz.program.scenario(fileName, { isLong: true });
}

const MAIN = "syz";
/** Calls that leave the file as it is, or are about memory. */
const IDLE =
  /^(lseek|fstat|stat|statx|getpid|mprotect|mlock|munlock|prctl|nanosleep|sched_\w+|sync|getdents|fcntl|openat\$dir|mkdir|mkdirat|chdir|syz_mount_image)/;
const O_APPEND = 0x400;
const O_DIRECT = 0x4000;

/** What syzkaller is to find: addresses nobody else uses, and the lengths of what stands before them. */
function withoutAuto(line: string): string {
  if (!line.includes("AUTO")) return line;
  return line
    .replaceAll("&AUTO=", "&(0x7f00ffff0000)=")
    .replace(
      /=("[^"]*"(?:\/(\d+))?|'[^']*'), AUTO\b/g,
      (_, data, size) => `=${data}, ${size ?? bytesOf(data)}`,
    );
}

class Syz {
  readonly program: ToldProgram;
  /** Positions of descriptors of the file. */
  readonly #positions = new Map<string, number>();
  /** Those that were opened with O_APPEND. */
  readonly #appending = new Set<string>();
  readonly #mapping = new SyzMapping();
  #path: string | undefined;
  #isRacing = false;
  #beside = 0;
  #size = 0;

  constructor(program: ToldProgram) {
    this.program = program;
  }

  take(line: string, start: number): void {
    if (line.trim() === "" || /^\s*#/.test(line)) return;
    const log = EXECUTING.exec(line);
    if (log !== null) {
      if (this.#path !== undefined)
        this.program.fail(
          { start, end: start + line.length },
          "expected one program of syzkaller, found another",
          "cut the file to the program that it is about",
        );
      return;
    }
    const [whole = "", marks = ""] = MARKS.exec(line.slice(-LONGEST)) ?? [];
    if (marks.includes("fail_nth"))
      this.program.note("that a call is made to fail (fail_nth) is passed over");
    const bare = `${line.slice(0, line.length - whole.length)}${whole === "" ? "" : ")"}`.slice(0, LONGEST);
    const found = CALL.exec(withoutAuto(bare));
    const end = start + Math.max(1, line.length);
    if (found === null) {
      const word = /^\s*(\w{1,40})\(/.exec(line)?.[1] ?? "";
      const beyond = beyondModel(word);
      if (beyond !== undefined) {
        this.program.beyond(word, beyond, { start: start + line.indexOf(word), end });
        return;
      }
      this.program.fail({ start, end }, `expected a call of syzkaller, found ${quoted(line.trim())}`);
      return;
    }
    const [, result, call = "", inside = ""] = found;
    const name = call.split("$")[0] ?? call;
    const args = split(inside);
    const at = { start: start + line.indexOf(call), end: start + line.indexOf(call) + call.length };
    this.program.here(at);
    const stores = this.#mapping.stores(args);
    if (/^(open|openat|creat|openat2)$/.test(name)) this.#open(name, args, result, at);
    const isMade = !/^(open|openat|creat|openat2)$/.test(name) && (!IDLE.test(name) || this.#isOurs(args[0]));
    this.#call([...stores, ...(isMade ? (this.#make(name, call, args, at) ?? []) : [])], marks);
  }

  #call(made: readonly Op[], marks: string): void {
    if (made.length === 0) return;
    const isBeside = marks.includes("async");
    if (isBeside) {
      if (!this.#isRacing) this.program.beginThreads(MAIN);
      this.#isRacing = true;
    }
    this.program.add(isBeside ? `${MAIN}-${++this.#beside}` : MAIN, ...made);
    for (const op of made)
      if (op.kind === "truncate") this.#size = op.to;
      else if (OPS[op.kind].takesIolock && OPS[op.kind].takes === "range" && setsSize(op))
        this.#size = Math.max(this.#size, targetOf(op)?.to ?? op.to);
  }

  #open(
    name: string,
    args: readonly string[],
    result: string | undefined,
    at: { start: number; end: number },
  ): void {
    const path = pathIn(args[name.startsWith("openat") ? 1 : 0] ?? "");
    const flags = name === "creat" ? O_TRUNC : number(args[name === "openat" ? 2 : 1]);
    if (path === undefined || result === undefined) return;
    this.#path ??= path;
    if (path !== this.#path) {
      this.program.leaveOut(`what is done to ${quoted(path)}`);
      return;
    }
    const beyond = (flags & O_DIRECT) === 0 ? undefined : beyondModel("direct");
    if (beyond !== undefined) this.program.beyond("open with direct", beyond, at);
    if ((flags & O_APPEND) !== 0) this.#appending.add(result);
    if ((flags & O_TRUNC) !== 0 && this.#size > 0)
      this.program.add(MAIN, { kind: "truncate", from: 0, to: 0 });
    this.#positions.set(result, 0);
  }

  #isOurs(descriptor = ""): boolean {
    return this.#positions.has(descriptor);
  }

  #make(
    name: string,
    call: string,
    args: readonly string[],
    at: { start: number; end: number },
  ): readonly Op[] | undefined {
    const [first = ""] = args;
    if (name === "truncate" && pathIn(first) === this.#path) return resized(number(args[1]));
    if (name === "mmap" && this.#isOurs(args[4])) this.#mapping.map(args);
    if (name === "munmap") this.#mapping.unmap(args);
    if (name === "mmap") return undefined;
    if (name === "lseek" && this.#isOurs(first)) {
      if (number(args[2]) === 0) this.#positions.set(first, number(args[1]));
      return undefined;
    }
    if (name === "close" && this.#isOurs(first)) return [{ kind: "close", ...WHOLE }];
    if (name === "dup" || name === "close") {
      if (this.#isOurs(first)) this.program.note(`${name} is passed over`);
      return undefined;
    }
    if (!this.#isOurs(first)) {
      if (/^(r\d+|&|0xffffffffffffffff)/.test(first)) this.program.leaveOut(call);
      return undefined;
    }
    const range = (from: number, length: number) => ({ from, to: from + Math.max(0, length) });
    if (name === "copy_file_range") return this.#copy(args, range(0, number(args[4])).to);
    const made = CALLS[name]?.(
      (i) => number(args[i]),
      (length = number(args[2])) => this.#advance(first, length),
      range,
      (i) => args[i] ?? "",
    );
    if (made === undefined || made === "none") {
      const beyond = beyondModel(name) ?? beyondModel(call.split("$")[1] ?? "");
      if (beyond !== undefined) this.program.beyond(call, beyond, at);
      else this.program.leaveOut(call);
      return undefined;
    }
    if (typeof made === "string") {
      const beyond = beyondModel(made);
      if (beyond !== undefined) this.program.beyond(`fallocate ${made}`, beyond, at);
      return undefined;
    }
    if (
      made.some(
        ({ from, to }) => !Number.isSafeInteger(from) || (to !== WHOLE.to && !Number.isSafeInteger(to)),
      )
    ) {
      this.program.leaveOut(`${call} past 2^53`);
      return undefined;
    }
    if (this.#appending.has(first))
      return made.map((op) => (op.kind === "write" ? appended(op) : op)).filter(({ from, to }) => from < to);
    return made.filter(({ kind, from, to }) => kind === "truncate" || from < to);
  }

  /** Only within the file; where no offset is given the descriptor's is used, and moves. */
  #copy([from = "", at, to = "", target]: readonly string[], length: number): readonly Op[] | undefined {
    if (!this.#isOurs(to)) {
      this.program.leaveOut("copy_file_range to another file");
      return undefined;
    }
    const source = pointedTo(at) ?? this.#advance(from, 0).from;
    const goal = pointedTo(target) ?? this.#advance(to, 0).from;
    const range = { from: source, to: source + length };
    if (length === 0) return undefined;
    if (!isInside("target", goal, range)) {
      this.program.note("copy_file_range onto itself fails");
      return undefined;
    }
    if (pointedTo(at) === undefined) this.#advance(from, length);
    if (pointedTo(target) === undefined) this.#advance(to, length);
    return [{ kind: "copy_range", ...range, target: goal }];
  }

  #advance(descriptor: string, length: number): { from: number; to: number } {
    const from = this.#positions.get(descriptor) ?? 0;
    this.#positions.set(descriptor, from + length);
    return { from, to: from + length };
  }
}

type Make = (
  arg: (i: number) => number,
  here: (length?: number) => { from: number; to: number },
  range: (from: number, length: number) => { from: number; to: number },
  text: (i: number) => string,
) => readonly Op[] | string;

const CALLS: Readonly<Record<string, Make>> = {
  write: (_, here) => [{ kind: "write", ...here() }],
  read: (_, here) => [{ kind: "read", ...here() }],
  pwrite64: (arg, _, range) => [{ kind: "write", ...range(arg(3), arg(2)) }],
  pread64: (arg, _, range) => [{ kind: "read", ...range(arg(3), arg(2)) }],
  ftruncate: (arg) => resized(arg(1)),
  fsync: () => [{ kind: "fsync", ...WHOLE }],
  fdatasync: () => [{ kind: "fsync", ...WHOLE }],
  sync_file_range: (arg, _, range) => [{ kind: "sync_file_range", ...range(arg(1), arg(2)) }],
  fadvise64: (arg, _, range) => (arg(3) === 4 ? [{ kind: "fadvise", ...range(arg(1), arg(2)) }] : []),
  writev: (_, here, _range, text) => [{ kind: "write", ...here(lengthOf(text(1))) }],
  readv: (_, here, _range, text) => [{ kind: "read", ...here(lengthOf(text(1))) }],
  pwritev: (arg, _, range, text) => [{ kind: "write", ...range(arg(3), lengthOf(text(1))) }],
  preadv: (arg, _, range, text) => [{ kind: "read", ...range(arg(3), lengthOf(text(1))) }],
  pwritev2: (arg, _, range, text) => [vectored("write", range(arg(3), lengthOf(text(1))), arg(5))],
  preadv2: (arg, _, range, text) => [vectored("read", range(arg(3), lengthOf(text(1))), arg(5))],
  fallocate: (arg, _, range) => {
    const op = fallocated(arg(1), range(arg(2), arg(3)));
    return op === undefined ? "none" : [op];
  },
};

/** Whether the file is as long as the operation's range ends, or as it was. */
const setsSize = ({ kind, keepSize }: Op) =>
  OPS[kind].grows && OPS[kind].moves === undefined && keepSize !== true;

const RWF_DONTCACHE = 0x80;

function vectored(kind: "write" | "read", range: { from: number; to: number }, flags: number): Op {
  return { kind, ...range, ...((flags & RWF_DONTCACHE) === 0 ? {} : { dontcache: true as const }) };
}

/** Bytes in the pieces of a vector, `&(0x7f...)=[{&(0x7f...)="ab", 0x1000}, ...]`. */
function lengthOf(vector: string): number {
  return [...vector.matchAll(/,\s*(0x[0-9a-f]+|\d+)\s*\}/gi)].reduce((sum, [, n]) => sum + number(n), 0);
}

function resized(to: number): readonly Op[] {
  return [{ kind: "truncate", from: to, to }];
}
