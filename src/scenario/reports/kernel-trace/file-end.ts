/**
 * How far the file reaches, as the calls of a trace and what they give tell: no read can give more. Whose a call is, is known
 * by the events of the inode within it, from then on by its descriptor. Bytes.
 */
import { KEEP_SIZE } from "../fallocate-modes.js";
import { type Fields, fieldsOf } from "./sights.js";
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";
import { argumentsOf, type CallArguments, isReturn, resultOf } from "./traced-calls.js";

interface Open extends CallArguments {
  isOurs: boolean;
  /** Where it reads or writes, as the file system tells; else as it was asked for. */
  at: number | undefined;
  /** The furthest that the file's end was before it, and has been since. */
  before: number | undefined;
  most: number | undefined;
  /** Nothing else could change the size meanwhile. */
  isAlone: boolean;
  readonly resizes: boolean;
}

/** Events within a call on the file itself, not on another whose pages make room. */
const OF_CALL = /^xfs_(?:file_\w+|setattr|zero_eof|(?:alloc|free|zero|collapse|insert)_file_space)$/;
const READS = /^p?read(?:64)?$/;
const WRITES = /^p?write(?:64)?$/;
const RESIZES = /^(?:f?truncate|fallocate)$/;
/** What is read into operations, or does nothing that an operation does. */
const USED =
  /^(?:p?(?:read|write)(?:64)?|f(?:data)?sync|f?truncate|fallocate|open(?:at2?)?|creat|close|lseek|dup[23]?|fcntl|flock|\w*stat\w*|sync_file_range|fadvise64|copy_file_range|mmap|munmap|msync|madvise)$/;

export class FileEnd {
  readonly #calls = new Map<string, Open>();
  /** By thread and descriptor: whether it is of the file. */
  readonly #files = new Map<string, boolean>();
  readonly #unused = new Map<string, number>();
  readonly #unknown = new Map<string, number>();
  readonly #complain: Complain;
  readonly #traced: ReadonlySet<string>;
  /** No end of the file lies further. */
  #most: number | undefined;

  /** `traced`: names of the events that the trace has. */
  constructor(traced: ReadonlySet<string>, complain: Complain) {
    this.#traced = traced;
    this.#complain = complain;
  }

  /** An event of the inode, or of another. */
  takeEvent(line: TraceLine, isOurs: boolean, f: Fields): void {
    const call = this.#calls.get(line.pid);
    const isOfCall = OF_CALL.test(line.name);
    if (isOfCall && call?.fd !== undefined) this.#files.set(keyOf(line, call.fd), isOurs);
    if (!isOurs) return;
    const size =
      f.number("isize") ?? (line.name.startsWith("xfs_file_") ? f.number("disize", "size") : undefined);
    if (size !== undefined) {
      this.#raise(size);
      for (const open of this.#calls.values()) open.before = Math.max(open.before ?? 0, size);
    }
    if (!isOfCall) return;
    if (call !== undefined) call.isOurs = true;
    const at = f.number("pos", "offset");
    if (!line.name.startsWith("xfs_file_buffered_") || at === undefined) return;
    if (call !== undefined) call.at ??= at;
    if (line.name.endsWith("write")) this.#raise(at + (f.number("bytecount", "count") ?? 0));
  }

  /** A system call begins or ends: true where it has done what it was called for, to the file. */
  takeCall(line: TraceLine): boolean {
    const open = this.#calls.get(line.pid);
    if (!isReturn(line)) {
      this.#begins(line);
      return false;
    }
    this.#calls.delete(line.pid);
    const result = resultOf(line);
    if (open === undefined || result === undefined) return false;
    if (open.fd !== undefined && open.name === "close") this.#forget(open.fd);
    if (/^(?:open|creat|dup|fcntl|socket|pipe|accept)/.test(open.name)) this.#forget(result);
    this.#counts(line, open, result);
    if (!open.isOurs) return false;
    this.#ends(line, open, result);
    return result >= 0;
  }

  /** Sentences on calls that nothing was made of. */
  notes(): string[] {
    const told = (calls: ReadonlyMap<string, number>) =>
      [...calls].map(([name, n]) => (n === 1 ? name : `${name} (${n})`)).join(", ");
    return [
      ...(this.#unused.size === 0 ? [] : [`calls of the file that are not used: ${told(this.#unused)}`]),
      ...(this.#unknown.size === 0
        ? []
        : [`calls that are not used, as no event says of which file they are: ${told(this.#unknown)}`]),
    ];
  }

  /** The descriptor may be of another file now, in all threads that share it. */
  #forget(fd: number): void {
    for (const key of this.#files.keys()) if (key.endsWith(` ${fd}`)) this.#files.delete(key);
  }

  /** Whether a call with this descriptor is on the file; undefined where nothing tells. */
  #isOurs(line: TraceLine, { name, fd }: CallArguments): boolean | undefined {
    const known = fd === undefined ? undefined : this.#files.get(keyOf(line, fd));
    // An event within the call would tell.
    const event = READS.test(name) ? "xfs_file_buffered_read" : /truncate$/.test(name) ? "xfs_setattr" : "";
    return known === true && this.#traced.has(event) ? undefined : known;
  }

  #raise(to: number): void {
    this.#most = Math.max(this.#most ?? 0, to);
    for (const call of this.#calls.values()) call.most = Math.max(call.most ?? 0, to);
  }

  #begins(line: TraceLine): void {
    const args = argumentsOf(line);
    const known = this.#isOurs(line, args);
    const others = [...this.#calls.values()].filter(({ resizes }) => resizes);
    // Of a call on a file that is not known this one may be meant.
    const resizes = known !== false && changesSize(args);
    const [before, most] = [this.#most, this.#most];
    const isAlone = others.length === 0;
    this.#calls.set(line.pid, {
      ...args,
      isOurs: known === true,
      at: args.pos,
      before,
      most,
      resizes,
      isAlone,
    });
    if (!resizes) return;
    for (const call of others) call.isAlone = false;
    this.#raiseFor(args, line);
  }

  /** As far as it can make the file reach. */
  #raiseFor({ name, from, length }: CallArguments, line: TraceLine): void {
    if (this.#most === undefined || !RESIZES.test(name)) return;
    if (name !== "fallocate") this.#raise(length);
    else if (((fieldsOf("sys_", line.fields).number("mode") ?? 0) & KEEP_SIZE) === 0)
      this.#raise(Math.max(this.#most, from) + length);
  }

  #ends(line: TraceLine, open: Open, result: number): void {
    const { name, at, before = 0, most, isAlone, length } = open;
    if (READS.test(name)) {
      if (at !== undefined && most !== undefined && result > Math.max(0, most - at))
        this.#complain(
          line,
          `${name} at ${at} gives ${result} bytes of a file that ends at ${most} as its lines tell`,
        );
      return;
    }
    if (!isAlone || this.#most === undefined) return;
    if (result < 0) this.#most = Math.max(before, 0);
    else if (WRITES.test(name) && at !== undefined) this.#most = Math.max(before, at + result);
    else if (/truncate$/.test(name)) this.#most = length;
  }

  #counts(line: TraceLine, { name, fd, isOurs }: Open, result: number): void {
    if (result < 0) return;
    const isUnknown = fd === undefined || !this.#files.has(keyOf(line, fd));
    const counts =
      isOurs && !USED.test(name)
        ? this.#unused
        : !isOurs && RESIZES.test(name) && isUnknown
          ? this.#unknown
          : undefined;
    counts?.set(name, (counts.get(name) ?? 0) + 1);
  }
}

const keyOf = ({ pid }: TraceLine, fd: number): string => `${pid} ${fd}`;

const changesSize = ({ name }: CallArguments): boolean =>
  WRITES.test(name) || RESIZES.test(name) || /^(?:open|creat|copy)/.test(name) || !USED.test(name);
