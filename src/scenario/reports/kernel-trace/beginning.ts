/**
 * What a file was when its trace begins: extents that are found before anything has allocated them, and pages that are used or
 * dropped and were never added. It becomes the setup.
 */
import type { ObservedEvent } from "../../observed.js";
import { type Op, WHOLE } from "../../types.js";

export const PAGE = 4096;
/** More pages than that are not looked at one by one. */
const MOST_PAGES = 4096;

export class Beginning {
  readonly #block: number;
  /** Blocks of which is known what they were, or that something has been done to. */
  readonly #known = new Set<number>();
  /** All from this one on are known. */
  #knownFrom = Number.POSITIVE_INFINITY;
  /** What was found there first; `allocated` until a line says more. */
  readonly #found = new Map<number, string>();
  /** Pages by what is told of them first. */
  readonly #pages = new Map<number, "page added" | "page dropped">();

  constructor(block: number) {
    this.#block = block;
  }

  /** A call changes the extents of its range itself. */
  changes({ kind, from, to }: Op): void {
    if (/^(fallocate|zero|punch)$/.test(kind)) this.#know(from, to);
    else if (/^(truncate|collapse|insert)$/.test(kind))
      this.#knownFrom = Math.min(this.#knownFrom, Math.floor(from / this.#block));
  }

  see({ sight }: ObservedEvent): void {
    if (sight.what === "page added" || sight.what === "page dropped") {
      if (!this.#pages.has(sight.at)) this.#pages.set(sight.at, sight.what);
    } else if (sight.what === "map" && sight.isNew) this.#know(sight.from, sight.to);
    else if ("type" in sight && /written|allocated/.test(sight.type))
      this.#find(sight.from, sight.to, sight.type);
  }

  /** Operations that make the file what it was; `ops` are those of the trace. */
  setup(size: number, ops: readonly Op[]): Op[] {
    const cached = this.#cached(size, ops);
    // An empty file is a new one.
    if (size === 0 || (this.#found.size === 0 && cached.length === 0)) return [];
    const made: Op[] = [];
    for (const [b, type] of [...this.#found].toSorted(([a], [b]) => a - b)) {
      const [from, end] = [b * this.#block, (b + 1) * this.#block];
      const isWritten = type !== "unwritten" && from < size;
      const op: Op = isWritten
        ? { kind: "write", from, to: Math.min(end, size) }
        : { kind: "fallocate", from, to: end, keepSize: true };
      const last = made.at(-1);
      if (last?.to === from && last.kind === op.kind) made[made.length - 1] = { ...last, to: op.to };
      else made.push(op);
    }
    const read = cached.map((from): Op => ({ kind: "read", from, to: Math.min(from + PAGE, size) }));
    return [...made, { kind: "fsync", ...WHOLE }, { kind: "evict", from: 0, to: Math.max(size, 1) }, ...read];
  }

  #know(from: number, to: number): void {
    const first = Math.floor(from / this.#block);
    const end = Math.min(first + MOST_PAGES, this.#knownFrom);
    for (let b = first; b * this.#block < to && b < end; b++) this.#known.add(b);
  }

  /** What of a record nobody has told of was there before. */
  #find(from: number, to: number, type: string): void {
    const first = Math.floor(from / this.#block);
    for (let b = first; b * this.#block < to && b < first + MOST_PAGES; b++)
      if (b < this.#knownFrom && !this.#known.has(b) && (this.#found.get(b) ?? "allocated") === "allocated")
        this.#found.set(b, type);
  }

  /** Pages below the first size that were there before they could be seen to come. */
  #cached(size: number, ops: readonly Op[]): number[] {
    if (this.#pages.size === 0) return [];
    const pages = new Set([...this.#pages].flatMap(([at, what]) => (what === "page dropped" ? [at] : [])));
    for (const { kind, from, to } of ops) {
      if (!/^(write|store|read|load)$/.test(kind)) continue;
      for (let at = from - (from % PAGE); at < to && at < from + MOST_PAGES * PAGE; at += PAGE)
        if (!this.#pages.has(at)) pages.add(at);
    }
    return [...pages].filter((at) => at < size).toSorted((a, b) => a - b);
  }
}
