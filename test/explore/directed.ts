/**
 * Small random programs, each with one thing in it that reductions of a search have to mind: writes past EOF, small blocks, a
 * fault, uncached or failing writes, an operation that is not plain, a thread that repeats, a description of its own, an order,
 * every boundary kept, a bound on preemptions, a setup of all operations. Two in five have none. On random kernels, with toggles switched that races turn on.
 */
import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { makeRng, type Rng } from "../../src/explore/strategies/rng.js";
import { FAULTS } from "../../src/kernel/machine/choices.js";
import { OP_NAMES, type OpName } from "../../src/kernel/ops.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import type { FixName } from "../../src/kernel/versions/toggles.js";
import { scenario } from "../kernel/machine.js";

const KINDS = [
  "write",
  "write",
  "write",
  "writeback",
  "writeback",
  "fsync",
  "sync_file_range",
  "read",
  "evict",
];
const OTHERS: readonly OpName[] = OP_NAMES.filter((name) => !KINDS.includes(name));
const THINGS = [
  "past",
  "1k",
  "fault",
  "dontcache",
  "fault-at",
  "repeat",
  "own",
  "order",
  "fine",
  "preemptions",
  "setup",
  "setup",
  "setup",
];
const RACES: readonly FixName[] = [
  "validate",
  "validate-after-lock",
  "cookie-under-ilock",
  "remap-on-zero-progress",
  "punch-skips-dirty",
  "punch-on-stale",
  "complete-before-end-writeback",
  "seq-bump-on-convert",
  "wb-validates-seq",
  "wb-submits-at-once",
  "delalloc-to-unwritten",
  "write-large-chunks",
  "dirty-per-block",
  "rwf-dontcache",
  "dontcache-kicks-flusher",
];

const USUAL_SETUP = [
  "fallocate",
  "fallocate",
  "write",
  "write",
  "writeback",
  "fsync",
  "punch",
  "zero",
  "evict",
];
/** With all that can leave the cache and the extents in a state that threads of plain operations do not. */
const SETUP = [...OP_NAMES, "write", "store", "store", "store", "insert", "collapse"];

export interface Directed {
  readonly subject: Subject;
  readonly thing: string;
  readonly text: string;
  readonly preemptions: number | undefined;
}

class Drawing {
  readonly rng: Rng;
  readonly thing: string;
  readonly pages: number;
  /** KiB. */
  readonly unit: number;
  readonly size: number;

  constructor(rng: Rng) {
    this.rng = rng;
    const things = [...THINGS, ...OTHERS];
    this.thing = rng.chance(0.4) ? "" : this.pick(things);
    this.pages = this.pick([1, 1, 2, 2, 2, 3]);
    this.unit = this.thing === "1k" ? 1 : 2;
    this.size = this.pages * 4 - (rng.chance(0.15) ? this.unit : 0);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.rng.below(from.length)] as T;
  }

  list(n: number, draw: (i: number) => string): string {
    return Array.from({ length: n }, (_, i) => draw(i)).join(", ");
  }

  range(to = this.size): string {
    const units = Math.floor(to / this.unit);
    const first = this.rng.below(units);
    return `${first * this.unit}k..${(first + 1 + this.rng.below(units - first)) * this.unit}k`;
  }

  pageRange(): string {
    const first = this.rng.below(this.pages);
    return `${4 * first}k..${4 * (first + 1 + this.rng.below(this.pages - first))}k`;
  }

  op(kind: string): string {
    const { thing, unit } = this;
    if (kind === "close") return "{ close: {} }";
    if (kind === "append") return `{ append: ${unit}k }`;
    if (kind === "truncate") return `{ truncate: ${this.rng.below(this.size / unit) * unit}k }`;
    if (kind === "copy_range") return `{ copy_range: 0..${unit}k, to: ${this.size - unit}k }`;
    if (kind === "collapse" || kind === "insert")
      return `{ ${kind}: ${thing === "setup" ? this.pageRange() : "0..4k"} }`;
    if (kind !== "write") return `{ ${kind}: ${this.rng.chance(0.6) ? this.pageRange() : this.range()} }`;
    const range = this.range(thing === "past" && this.rng.chance(0.5) ? this.size + 4 : this.size);
    if (thing === "dontcache" && this.rng.chance(0.5)) return `{ write: ${range}, dontcache: true }`;
    const fails = thing === "fault-at" && this.rng.chance(0.5);
    return fails ? `{ write: ${range}, fault-at: ${range.split("..")[0]} }` : `{ write: ${range} }`;
  }

  thread(i: number): string {
    const kinds = (OTHERS as readonly string[]).includes(this.thing)
      ? [...KINDS, this.thing, this.thing]
      : KINDS;
    const first =
      i === 0 ? ["write"] : i === 1 ? ["writeback", "writeback", "fsync", "sync_file_range"] : kinds;
    const ops = this.list(1 + this.rng.below(i === 0 ? 3 : 2), (j) =>
      this.op(this.pick(j === 0 ? first : kinds)),
    );
    if (this.thing === "repeat" && i === 1) return `  t${i}: { repeat: [${ops}] }`;
    return this.thing === "own" && i > 0 ? `  t${i}: { fd: own, ops: [${ops}] }` : `  t${i}: [${ops}]`;
  }
}

/** A program, or undefined where what was drawn is none. */
export function directed(seed: string): Directed | undefined {
  const rng = makeRng(seed);
  const d = new Drawing(rng);
  const { thing } = d;
  const setup = thing === "setup" ? SETUP : USUAL_SETUP;
  const fault = thing === "fault" ? `, ${d.pick(FAULTS.slice(0, -1)).name}: 1` : "";
  const threads = Array.from({ length: d.pick([2, 2, 3, 3, 4]) }, (_, i) => d.thread(i));
  const order = "order: [t0:xfs_buffered_write_iomap_begin < t1:write_cache_pages]";
  const text = `
name: directed
file: { size: ${d.size}k, block: ${thing === "1k" ? 1 : 4}k }
setup: [${d.list(rng.below(5), () => d.op(d.pick(setup)))}]
budget: { evictions: ${d.pick([0, 0, 1, 1, 2])}${fault} }
threads:
${threads.join("\n")}
${thing === "order" ? order : ""}`;
  const { name: base, fixes } = d.pick([...RELEASES, ...RELEASES.filter(({ name }) => name === "cured")]);
  const toggles: readonly FixName[] = thing === "setup" ? FIX_NAMES : RACES;
  const likely = (name: FixName): boolean => thing === "setup" && name === "shift-flushes-cache";
  const switched = rng.chance(0.6) ? toggles.filter((name) => rng.chance(likely(name) ? 0.5 : 0.12)) : [];
  const variant = {
    base,
    with: switched.filter((name) => !fixes.has(name)),
    without: switched.filter((name) => fixes.has(name)),
  };
  try {
    const subject = makeSubject(scenario(text), variant, { fine: thing === "fine" });
    return { subject, thing, text, preemptions: thing === "preemptions" ? rng.below(4) : undefined };
  } catch {
    return undefined;
  }
}
