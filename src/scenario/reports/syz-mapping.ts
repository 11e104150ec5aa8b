/**
 * Memory of a program of syzkaller that is a shared mapping of the file: whatever the executor puts there for a call is a
 * store into the file.
 */
import type { Op } from "../types.js";
import { bytesOf, number } from "./syz-arguments.js";

const MAP_SHARED = 1;
const PROT_WRITE = 2;

/** Whether a mapping like this stores into the file. */
export function isSharedStore([, , protection, flags]: readonly string[]): boolean {
  return (number(flags) & MAP_SHARED) !== 0 && (number(protection) & PROT_WRITE) !== 0;
}

interface Mapped {
  readonly start: number;
  readonly end: number;
  /** Of the file, at `start`. */
  readonly offset: number;
}

export class SyzMapping {
  #mapped: Mapped[] = [];

  /** mmap(address, length, protection, flags, descriptor of the file, offset). */
  map([address = "", length, protection, flags, , offset]: readonly string[]): void {
    const start = number(/^&\((0x[0-9a-f]+)/.exec(address)?.[1]);
    const isShared = isSharedStore([address, length ?? "", protection ?? "", flags ?? ""]);
    this.#forget(start, start + number(length));
    if (isShared && start > 0 && number(length) > 0)
      this.#mapped.push({ start, end: start + number(length), offset: number(offset) });
  }

  unmap([address = "", length]: readonly string[]): void {
    const start = number(/^&\((0x[0-9a-f]+)/.exec(address)?.[1]);
    this.#forget(start, start + number(length));
  }

  /** What the arguments of a call bring into the mapping before it is made. */
  stores(args: readonly string[]): Op[] {
    return args.flatMap((argument) =>
      [...argument.matchAll(/&\((0x[0-9a-f]{1,16})(?:\/0x[0-9a-f]+)?\)=/g)].flatMap((found) => {
        const from = number(found[1]);
        const to = from + bytesOf(argument.slice(found.index + found[0].length));
        return this.#mapped.flatMap(({ start, end, offset }): Op[] => {
          const [first, last] = [Math.max(from, start), Math.min(to, end)];
          return first < last
            ? [{ kind: "store", from: first - start + offset, to: last - start + offset }]
            : [];
        });
      }),
    );
  }

  #forget(from: number, to: number): void {
    this.#mapped = this.#mapped.filter(({ start, end }) => end <= from || start >= to);
  }
}
