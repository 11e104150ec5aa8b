/**
 * Memory of a program of syzkaller that is a shared mapping of the file: whatever the executor puts there for a call is a
 * store into the file.
 */
import type { Op } from "../types.js";
import { bytesOf, number, split } from "./syz-arguments.js";

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

/** A call, without what syzkaller calls its variant. */
export interface SyzCalled {
  readonly name: string;
  readonly args: readonly string[];
}

/** Readv, pwritev2 and the like. */
export const isVectored = (name: string): boolean => /^p?(?:read|write)v2?$/.test(name);

/** Where `&(0x7f...)` points; undefined where it does not. */
export function addressOf(pointer = ""): number | undefined {
  const found = /^&\((0x[0-9a-f]{1,16})/.exec(pointer)?.[1];
  return found === undefined ? undefined : number(found);
}

const IOVEC = 16;

export class SyzMapping {
  #mapped: Mapped[] = [];
  /** Of what the executor had mapped. */
  #holes: Pick<Mapped, "start" | "end">[] = [];

  /** mmap(address, length, protection, flags, descriptor of the file, offset). */
  map([address = "", length, protection, flags, , offset]: readonly string[]): void {
    const start = addressOf(address) ?? 0;
    const isShared = isSharedStore([address, length ?? "", protection ?? "", flags ?? ""]);
    this.#forget(start, start + number(length));
    if (isShared && start > 0 && number(length) > 0)
      this.#mapped.push({ start, end: start + number(length), offset: number(offset) });
  }

  unmap([address = "", length]: readonly string[]): void {
    const start = addressOf(address) ?? 0;
    const end = start + number(length);
    this.#forget(start, end);
    if (start > 0) this.#holes.push({ start, end });
  }

  /** Something else is mapped there. */
  forget([address = "", length]: readonly string[]): void {
    const start = addressOf(address) ?? 0;
    this.#forget(start, start + number(length));
  }

  /** How much of `[from, to)` was unmapped. */
  unmapped(from: number, to: number): "none" | "some" | "all" {
    const found = this.#holes.filter(({ start, end }) => from < end && to > start);
    if (found.some(({ start, end }) => start <= from && to <= end)) return "all";
    return found.length > 0 ? "some" : "none";
  }

  /** Ranges of the file that are mapped at `[from, to)`. */
  filed(from: number, to: number): { readonly from: number; readonly to: number }[] {
    return this.#mapped.flatMap(({ start, end, offset }) => {
      const [first, last] = [Math.max(from, start), Math.min(to, end)];
      return first < last ? [{ from: first - start + offset, to: last - start + offset }] : [];
    });
  }

  /** What the arguments of a call bring into the mapping before it is made; undefined where that is not known. */
  stores({ name, args }: SyzCalled): Op[] | undefined {
    const ops: Op[] = [];
    for (const argument of args)
      for (const found of argument.matchAll(/&\((0x[0-9a-f]{1,16})(?:\/0x[0-9a-f]+)?\)=/g)) {
        const from = number(found[1]);
        const text = argument.slice(found.index + found[0].length);
        const isVector = isVectored(name) && argument === args[1] && found.index === 0;
        const size = isVector ? IOVEC * split(text.slice(1, text.lastIndexOf("]"))).length : bytesOf(text);
        const ranges = this.filed(from, from + size);
        if (ranges.length > 0 && !isVector && /^[[{]/.test(text)) return undefined;
        ops.push(...ranges.map((range): Op => ({ kind: "store", ...range })));
      }
    return ops;
  }

  #forget(from: number, to: number): void {
    this.#mapped = this.#mapped.filter(({ start, end }) => end <= from || start >= to);
    this.#holes = this.#holes.filter(({ start, end }) => start < from || end > to);
  }
}
