/**
 * What the calls of fsx do to the file, as operations of the model. A replay of an operation file folds offsets into the
 * file's size as it goes; a log says what was done. Bytes, ranges half-open.
 */
import { OP_NAMES, OPS, type OpName } from "../../kernel/ops.js";
import { type Beyond, beyondModel } from "../beyond-model.js";
import { isInside } from "../op-bytes.js";
import { type ByteRange, type Op, WHOLE } from "../types.js";
import type { Call, CallName } from "./fsx-log.js";
import type { FsxOptions } from "./fsx-options.js";
import { sizeAfter } from "./fsx-sizes.js";

export interface ReplaySettings {
  readonly page: number;
  readonly options: FsxOptions;
  /** Whether offsets are to be folded and aligned, as a replay does. */
  readonly isFolded: boolean;
  /** Names of what the model does not have (beyond-model.ts) and the user wants left out. */
  readonly leaveOut: ReadonlySet<string>;
  /** Of the file when the calls begin. */
  readonly size: number;
}

/** What the model does not have, with the first call that needs it and how many do. */
export interface Refused {
  readonly beyond: Beyond;
  readonly call: Call;
  count: number;
}

export interface Replayed {
  readonly ops: Op[];
  /** How often something was done otherwise than the log says, by what. */
  readonly notes: ReadonlyMap<string, number>;
  readonly refused: readonly Refused[];
  /** How many calls were left out because the model does not have them, by name. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** A call that did something was left out. */
  readonly isPart: boolean;
  /** The first call before which the log has another size than the replay, once something was left out. */
  readonly parted: { readonly call: Call; readonly size: number } | undefined;
}

/** Names of the model's own operations; calls that are made of others stand in `Replay`. */
const OWN: ReadonlyMap<string, OpName> = new Map(
  OP_NAMES.flatMap((kind): [string, OpName][] => {
    const { fsx } = OPS[kind];
    return fsx === undefined ? [] : [[fsx, kind]];
  }),
);
/** Calls with RWF_DONTCACHE, and those that they are without. */
const UNCACHED: Partial<Record<CallName, CallName>> = { write_dontcache: "write", read_dontcache: "read" };
const BEYOND: Partial<Record<CallName, string>> = {
  clone_range: "clone",
  dedupe_range: "dedupe",
  exchange_range: "exchange",
  write_atomic: "atomic",
};

export function replay(calls: readonly Call[], settings: ReplaySettings): Replayed {
  const all = new Replay(calls, settings);
  for (const call of calls) all.take(call);
  return all;
}

class Replay implements Replayed {
  readonly ops: Op[] = [];
  readonly notes = new Map<string, number>();
  readonly leftOut = new Map<string, number>();
  isPart = false;
  parted: Replayed["parted"];
  readonly #refused = new Map<string, Refused>();
  readonly #settings: ReplaySettings;
  /** Extents can be shared: what copies a range shares it. */
  readonly #isShared: boolean;
  #size: number;

  constructor(calls: readonly Call[], settings: ReplaySettings) {
    this.#settings = settings;
    this.#size = settings.size;
    this.#isShared = calls.some(
      ({ name, isSkipped }) => !isSkipped && (name === "clone_range" || name === "dedupe_range"),
    );
  }

  get refused(): Refused[] {
    return [...this.#refused.values()];
  }

  take(given: Call): void {
    if (given.isSkipped) this.#skip(given);
    else if (this.#settings.options.off.has(given.name)) this.#note("turned off by the options");
    else this.#run(this.#settings.isFolded ? this.#asOptionsSay(given) : given);
  }

  #run(call: Call): void {
    if (this.isPart && this.parted === undefined && call.size !== undefined && call.size !== this.#size)
      this.parted = { call, size: this.#size };
    const beyond = this.#beyond(call);
    if (beyond !== undefined && !this.#isTakenPlainly(beyond, call)) return;
    const before = this.ops.length;
    this.#make(call);
    if (this.ops.length === before) this.#note("left out: there is nothing of the file at its place");
    if (call.closeOpen) this.#add({ kind: "close", ...WHOLE });
    if (this.#settings.options.readsAll) this.#readAll();
  }

  #note(what: string): void {
    this.notes.set(what, (this.notes.get(what) ?? 0) + 1);
  }

  /** What fsx skips by itself has no length, or lies where nothing is; else somebody took it out. */
  #skip({ name, offset, length, size = 0, number }: Call): void {
    if (number === undefined) this.#note("left out by skip");
    const most = OWN.get(name) !== undefined && OPS[OWN.get(name) ?? "read"].grows ? FOLDED_BY_DEFAULT : 0;
    if (length > 0 && number === undefined && offset < Math.max(size, most)) this.isPart = true;
  }

  #asOptionsSay(call: Call): Call {
    const { options } = this.#settings;
    const { readBoundary, writeBoundary, truncateBoundary, mapsReads, mapsWrites } = options;
    const down = (at: number, unit: number) => at - (at % unit);
    const name =
      call.name === "mapread" && !mapsReads
        ? "read"
        : call.name === "mapwrite" && !mapsWrites
          ? "write"
          : call.name;
    if (name === "truncate") return { ...call, length: down(call.length, truncateBoundary) };
    if (name === "read" || name === "mapread")
      return { ...call, name, offset: down(call.offset, readBoundary) };
    if (name === "write" || name === "mapwrite")
      return { ...call, name, offset: down(call.offset, writeBoundary) };
    return call;
  }

  #beyond({ name }: Call): Beyond | undefined {
    const { isDirect } = this.#settings.options;
    const word = name === "copy_range" && this.#isShared ? "copy" : BEYOND[name];
    if (word !== undefined) return beyondModel(word);
    const moves = /^(read|write)/.test(name);
    return isDirect && moves ? beyondModel("direct") : undefined;
  }

  /** Whether it is made all the same: direct calls as buffered ones. What is left out or refused is counted. */
  #isTakenPlainly(beyond: Beyond, call: Call): boolean {
    const { name } = beyond;
    if (!this.#settings.leaveOut.has(name)) {
      const known = this.#refused.get(name);
      if (known === undefined) this.#refused.set(name, { beyond, call, count: 1 });
      else known.count++;
      return name === "direct";
    }
    this.isPart = true;
    if (name === "direct") this.#note("made as buffered ones");
    else this.leftOut.set(call.name, (this.leftOut.get(call.name) ?? 0) + 1);
    return name === "direct";
  }

  #make(call: Call): void {
    const { name, offset, length } = call;
    const kind = call.unshare ? "unshare" : OWN.get(UNCACHED[name] ?? name);
    if (name === "mapread") this.#mapRead(call);
    else if (name === "mapwrite") this.#mapWrite(call);
    else if (name === "copy_range") this.#copy(call);
    else if (name === "pollute_eof") this.#add({ kind: "store", from: offset, to: offset + length });
    else if (kind !== undefined && OPS[kind].moves !== undefined) this.#move(kind, call);
    else if (kind !== undefined) this.#own(kind, call);
  }

  /** Most calls: those that can make the file longer anywhere, others within the file. */
  #own(kind: OpName, call: Call): void {
    const { takes, grows, modifiers } = OPS[kind];
    if (takes === "range or whole") this.#add({ kind, ...WHOLE });
    if (takes === "size") this.#resize(kind, call.length);
    const range = takes === "range" ? this.#rangeOf(call, grows) : undefined;
    if (range === undefined) return;
    const keepSize = modifiers.includes("keepSize") && call.keepSize === true;
    if (call.keepSize === true && !modifiers.includes("keepSize"))
      this.#note("made without keep_size, which changes nothing there");
    if (grows && !keepSize && range.from > this.#size) this.#pollute(range.to);
    const dontcache = UNCACHED[call.name] !== undefined;
    this.#add({ kind, ...range, ...(keepSize ? { keepSize } : {}), ...(dontcache ? { dontcache } : {}) });
    if (grows && !keepSize) this.#size = Math.max(this.#size, range.to);
    else if (!grows) this.#size = sizeAfter(this.#size, call);
    if (kind === "write" && this.#settings.options.syncs) this.#add({ kind: "fsync", ...WHOLE });
  }

  /** Whole blocks of 4k before EOF; what an operation file says beyond that is folded and rounded as fsx does. */
  #move(kind: OpName, { offset, length }: Call): void {
    const size = this.#size;
    const isUp = OPS[kind].moves === "up";
    const { isFolded, options } = this.#settings;
    const whole = (at: number) => (isFolded ? at - (at % BLOCK) : at);
    const limit = isUp ? size : size - 1;
    const folded = isFolded && limit > 0 ? offset % limit : offset;
    const room = isUp ? (options.most ?? Number.MAX_SAFE_INTEGER) - size : limit - folded;
    const from = whole(folded);
    const to = from + whole(isFolded ? Math.min(length, room) : length);
    if (from >= to || limit <= 0) return;
    if (isFolded && (from !== offset || to !== offset + length)) this.#note("folded into the file's size");
    this.#add({ kind, from, to });
    if (isUp ? from < size : to < size) this.#size += isUp ? to - from : from - to;
  }

  #resize(kind: OpName, to: number): void {
    this.#pollute(to < this.#size ? this.#most : to);
    this.#add({ kind, from: to, to });
    this.#size = to;
  }

  #mapRead(call: Call): void {
    const range = this.#rangeOf(call, false);
    if (range !== undefined) this.#add({ kind: "load", ...this.#throughLastPage(range, this.#size) });
  }

  /** fsx stores, then msync(MS_SYNC)s the range, then looks behind the end of the file within the last page. */
  #mapWrite(call: Call): void {
    const range = this.#rangeOf(call, true);
    if (range === undefined) return;
    const end = Math.max(this.#size, range.to);
    if (range.from > this.#size) this.#pollute(range.to);
    if (end > this.#size) this.#add({ kind: "truncate", from: end, to: end });
    this.#add({ kind: "store", ...range });
    this.#add({ kind: "msync", ...range });
    const tail = this.#throughLastPage(range, end);
    if (tail.to > range.to) this.#add({ kind: "load", from: end, to: tail.to });
    this.#size = end;
  }

  /** What lies below EOF; within one file ranges that overlap are refused by the kernel, too. */
  #copy({ offset, length, to: target = 0 }: Call): void {
    const range = { from: offset, to: Math.min(offset + length, this.#size) };
    if (range.from >= range.to || !isInside("target", target, range)) return;
    const end = target + range.to - range.from;
    if (target > this.#size) this.#pollute(end);
    this.#add({ kind: "copy_range", ...range, target });
    this.#size = Math.max(this.#size, end);
  }

  #readAll(): void {
    if (this.#size === 0) return;
    this.#add({ kind: "read", from: 0, to: this.#size });
    this.#add({
      kind: "load",
      ...this.#throughLastPage({ from: this.#size - 1, to: this.#size }, this.#size),
    });
  }

  /** Stores behind EOF up to the end of its page, as -e does before the size changes; none past `most`. */
  #pollute(most: number): void {
    const { page, options } = this.#settings;
    const from = this.#size;
    if (!options.pollutes || from % page === 0) return;
    const to = Math.min(Math.ceil(from / page) * page, Math.max(from, most));
    if (to > from) this.#add({ kind: "store", from, to });
  }

  get #most(): number {
    return this.#settings.options.most ?? Number.MAX_SAFE_INTEGER;
  }

  #add(op: Op): void {
    this.ops.push(op);
  }

  /** Undefined where there is nothing to do. */
  #rangeOf({ offset, length }: Call, grows: boolean): ByteRange | undefined {
    const { isFolded, options } = this.#settings;
    const bound = grows ? options.most : this.#size;
    const from = !isFolded || bound === undefined ? offset : bound === 0 ? 0 : offset % bound;
    const to = Math.min(from + length, isFolded && bound !== undefined ? bound : Number.POSITIVE_INFINITY);
    if (isFolded && from < to && (from !== offset || to !== offset + length))
      this.#note("folded into the file's size");
    return from < to ? { from, to } : undefined;
  }

  /** fsx checks after a mapped access that reached the last page that the page is zero behind the end of the file. */
  #throughLastPage(range: ByteRange, size: number): ByteRange {
    const { page } = this.#settings;
    const lastPage = Math.floor(size / page) * page;
    return range.to > lastPage ? { from: range.from, to: lastPage + page } : range;
  }
}

const BLOCK = 4096;
/** What -l is where nobody says. */
const FOLDED_BY_DEFAULT = 256 * 1024;
