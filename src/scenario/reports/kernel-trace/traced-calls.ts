/**
 * System calls of one thread of a trace: what a call was made for, whether its result is one that it can have, and where the
 * descriptors stand that it reads from and writes to.
 */

import { fieldsOf } from "./sights.js";
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";

export interface CallArguments {
  readonly name: string;
  readonly fd: number | undefined;
  readonly count: number | undefined;
  readonly from: number;
  /** Bytes from there, 0 for all that follow. */
  readonly length: number;
  readonly flags: number | undefined;
  readonly advice: number | undefined;
  readonly pos: number | undefined;
  /** Where a read() or write() began, as the file system tells. */
  began?: number;
  /** Some event of the inode is of it. */
  isOurs?: boolean;
}

export function argumentsOf({ name, fields }: TraceLine): CallArguments {
  const f = fieldsOf("sys_", fields);
  return {
    name: name.replace(/^sys_(?:enter_)?/, ""),
    fd: f.number("fd"),
    count: f.number("count"),
    from: f.number("offset") ?? 0,
    length: f.number("len", "nbytes", "length") ?? 0,
    flags: f.number("flags"),
    advice: f.number("advice"),
    pos: f.number("pos"),
  };
}

export const isReturn = ({ name, fields }: TraceLine): boolean =>
  name.startsWith("sys_exit_") || fields.startsWith("-> ");

/** What a call gave; below 0 for an error. */
export function resultOf({ fields }: TraceLine): number | undefined {
  const text = fields.replace(/^-> /, "");
  if (!/^(?:0x)?[0-9a-f]{1,16}$/.test(text)) return undefined;
  return Number(BigInt.asIntN(64, BigInt(text.startsWith("0x") ? text : `0x${text}`)));
}

/** The size that a call gives the file, at least, or where it begins to write; undefined where its line does not say. */
export function endOfZeroing({ name, from, length, pos }: CallArguments): number | undefined {
  if (name === "ftruncate" || name === "truncate") return length;
  if (name === "fallocate") return from + length;
  return name === "pwrite64" ? pos : undefined;
}

/** Whether some of these bytes are of the range that the call was made for. */
export function isWithin({ from, length }: CallArguments, at: number, bytes: number): boolean {
  return at + bytes > from && (length === 0 || at < from + length);
}

/** Calls that give nothing. */
const ZERO_OR_ERROR = /^(?:fsync|fdatasync|f?truncate|fallocate|fadvise64|sync_file_range|msync|close)$/;
/** Those that leave the position of their descriptor. */
const STAYS = /^(?:read|write|pread64|pwrite64|fsync|fdatasync|fadvise64|sync_file_range|mmap)$/;

export class Calls {
  call: CallArguments | undefined;
  /** Positions of descriptors that were read from or written to. */
  readonly #positions = new Map<number, number>();
  /** Names of the events that the trace has. */
  readonly #traced: ReadonlySet<string>;
  #hasReturned = false;
  /** The file was read or written to since, in no call that the trace has. */
  #isOursOutside = false;

  constructor(traced: ReadonlySet<string>) {
    this.#traced = traced;
  }

  /** An event of the inode. */
  touches(isCalled: boolean): void {
    if (this.call !== undefined) this.call.isOurs = true;
    else if (isCalled && this.#hasReturned) this.#isOursOutside = true;
  }

  #isTraced(name: string): boolean {
    return this.#traced.has(`sys_${name}`);
  }

  forgetPositions(): void {
    this.#positions.clear();
  }

  /** A call begins or ends. */
  take(line: TraceLine, complain: Complain): void {
    const open = this.call;
    const name = line.name.replace(/^sys_(?:exit_|enter_)?/, "");
    const isEnd = isReturn(line);
    if (open?.isOurs === true && this.#isTraced(`${open.name} ->`) && (!isEnd || name !== open.name))
      complain(line, `the ${open.name} that this thread is in has not returned`);
    else if (isEnd && open === undefined && this.#isOursOutside)
      complain(line, `${name} returns and was not called`);
    this.#isOursOutside = false;
    if (isEnd) {
      this.#returns(line, complain);
      this.call = undefined;
      return;
    }
    const call = argumentsOf(line);
    this.call = call;
    if (!STAYS.test(call.name)) this.#positions.delete(call.fd ?? -1);
    if (call.name === "sync_file_range" && (call.flags ?? 0) > 7)
      complain(line, "sync_file_range() with flags that there are not");
  }

  /** A read() or write() has come to the file, at `at` and for so many bytes: with what it was called for. */
  begins(line: TraceLine, at: number, count: number | undefined, complain: Complain): void {
    const { call } = this;
    // A write that made room begins once more, further on.
    if (call === undefined || !/^p?(?:read|write)(?:64)?$/.test(call.name) || call.began !== undefined)
      return;
    call.began = at;
    if (call.pos !== undefined) {
      if (count !== undefined && (call.pos !== at || (call.count ?? count) !== count))
        complain(
          line,
          `bytes ${at} to ${at + count} are not those of its call, ${call.name} of ${call.count} bytes at ${call.pos}`,
        );
      return;
    }
    if (call.count !== undefined && count !== undefined && count !== call.count)
      complain(line, `${count} bytes of a call for ${call.count}`);
    const position =
      call.fd === undefined || !this.#isTraced("lseek") ? undefined : this.#positions.get(call.fd);
    if (position !== undefined && position !== at)
      complain(line, `${call.name} at ${at}, where its descriptor stands at ${position}`);
  }

  #returns(line: TraceLine, complain: Complain): void {
    this.#hasReturned = true;
    const { call } = this;
    const result = resultOf(line);
    if (call === undefined || result === undefined) return;
    if (/^p?(?:read|write)(?:64)?$/.test(call.name) && call.count !== undefined && result > call.count)
      complain(line, `${call.name} of ${call.count} bytes gives ${result}`);
    if (ZERO_OR_ERROR.test(call.name) && result > 0) complain(line, `${call.name} gives ${result}`);
    if (/^(?:open\w*|creat|dup\w?|fcntl|pipe\w?|socket\w*|accept\w?)$/.test(call.name))
      this.#positions.delete(result);
    if (/^(?:copy_file_range|execve|clone\w?|fork|vfork)$/.test(call.name)) this.#positions.clear();
    if (!/^(?:read|write)$/.test(call.name) || call.fd === undefined) return;
    if (call.began === undefined || result < 0) this.#positions.delete(call.fd);
    else this.#positions.set(call.fd, call.began + result);
  }
}
