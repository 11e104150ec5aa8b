/**
 * How a recording found the disk that does not say what was free. Recordings are made one after the other on one file
 * system; each file is removed before the next is made, and until the log is forced its blocks are busy. The next
 * one's first blocks go elsewhere, which decides what is one record and so how far a write goes under one map.
 *
 * A replay therefore starts with the disk as the replay of the recording before left it, by the names: 4k-wstop-s25.json
 * comes after 4k-wstop-s24.json, and the first of a kind after the last of another that has a smaller seed. That, too,
 * can be missing or be of another day. So where kernel and model part, other starts are tried, and the one with which
 * they agree on most is assumed, and said. It is the recording's own kernel that decides, and nothing but the start
 * is chosen: no operation is set right.
 */
import { makeRng, type Rng } from "../../explore/strategies/rng.js";
import type { DiskExtent } from "../../kernel/machine/program.js";
import { modelOf } from "../../kernel/versions/releases.js";
import { type Conformance, conforming, leftBusy } from "./agreement.js";
import { ASPECTS } from "./aspects.js";
import type { InPieces } from "./in-pieces.js";
import { recordingDisk } from "./recording-disk.js";
import type { TraceFile } from "./trace-format.js";

export interface Start {
  /** By what it is known: the trace says it, a new image, left by the recording before, assumed. */
  readonly kind: "recorded" | "new" | "left" | "assumed";
  /** Disk blocks that are busy, in the order in which they were freed. */
  readonly busy: readonly DiskExtent[];
}

/** Where the traces are. */
export interface Library {
  /** Names of the files beside the file, its own among them. */
  names(file: string): readonly string[];
  /** The trace of a file, or nothing when there is none to be read. */
  read(file: string): TraceFile | undefined;
}

const NEW: Start = { kind: "new", busy: [] };
/** So many starts are tried, and more where not only residency differs. */
const ASSUMED_STARTS = 64;
const MORE_STARTS = 256;
/** Of the largest file of a recorder. */
const RECORDED_BYTES = 1 << 16;
/** Fewer starts where a replay costs more than that of any recorder, which has 100 operations. */
const MOST_WORK = MORE_STARTS * 100 * 27;
/** Recordings before these are not looked at: by then the log has been forced. */
const MOST_OPS_BEFORE = 5_000;

export class RecordingSession {
  readonly #library: Library;
  readonly #starts = new Map<string, Start>();
  readonly #assumes: boolean;

  /** With `assumes` false a start is what is known of it: no other is tried. */
  constructor(library: Library, assumes = true) {
    this.#library = library;
    this.#assumes = assumes;
  }

  /** How the recording in the file started, found in small pieces of work. */
  *starting(file: string, trace: TraceFile): InPieces<Start> {
    const chain = this.#chainTo(file, trace);
    let start: Start = NEW;
    let before: Link | undefined;
    for (const link of chain.reverse()) {
      start = this.#starts.get(link.file) ?? (yield* this.#startAfter(before, start, link.trace));
      this.#starts.set(link.file, start);
      before = link;
    }
    return start;
  }

  /** The recording, and those before it as far as they are not known, the last one first. */
  #chainTo(file: string, trace: TraceFile): Link[] {
    const chain: Link[] = [{ file, trace }];
    let ops = 0;
    for (let link = chain[0]; link !== undefined; ) {
      if (link.trace.layout !== undefined || this.#starts.has(link.file)) break;
      ops += link.trace.ops.length;
      const name = nameBefore(link.file, this.#library.names(link.file));
      const before = name === undefined || ops > MOST_OPS_BEFORE ? undefined : this.#library.read(name);
      if (name === undefined || before === undefined || !isSameSession(before, link.trace)) break;
      link = { file: name, trace: before };
      chain.push(link);
    }
    return chain;
  }

  /** From the disk as the recording before left it; from a new image when that is not there. */
  *#startAfter(before: Link | undefined, { busy }: Start, trace: TraceFile): InPieces<Start> {
    if (trace.layout !== undefined) return { kind: "recorded", busy: [] };
    const model = modelOf(trace.kernel);
    if (model === undefined) return NEW;
    const after = before === undefined ? undefined : yield* leftBusy(before.trace, { model, busy });
    const left: Start = after === undefined ? NEW : { kind: "left", busy: after };
    return this.#assumes ? yield* likeliest(trace, model, left) : left;
  }
}

/** A recording of a session. */
interface Link {
  readonly file: string;
  readonly trace: TraceFile;
}

function* likeliest(trace: TraceFile, model: string, known: Start): InPieces<Start> {
  let best = known;
  let least = disagreements(yield* conforming(trace, { model, busy: known.busy }));
  const rng = makeRng("busy");
  const most = Math.floor(MOST_WORK / workOf(trace));
  for (let i = 0; least.all > 0 && i <= Math.min(most, least.hard > 0 ? MORE_STARTS : ASSUMED_STARTS); i++) {
    const busy = i === 0 ? [] : someBusy(trace, rng);
    const now = disagreements(yield* conforming(trace, { model, busy }));
    if (now.all >= least.all) continue;
    best = { kind: "assumed", busy };
    least = now;
  }
  return best;
}

/** What a replay costs, about, which grows faster than the file; 1 to 27 for each operation of a recorder. */
function workOf({ ops }: TraceFile): number {
  return ops.reduce((sum, op) => sum + (1 + (op.size + ("len" in op ? op.len : 0)) / RECORDED_BYTES) ** 3, 0);
}

/** Operations that disagree, once per aspect; hard: in another than residency. */
function disagreements({ agree, ops, unsaid }: Conformance): { readonly all: number; readonly hard: number } {
  const all = ASPECTS.reduce((sum, aspect) => sum + ops - agree[aspect], 0) - unsaid;
  return { all, hard: all - (ops - agree.residency) };
}

/** What a file of up to some 20 pages may leave that was removed: pieces of the first free blocks, in any order. */
function someBusy({ bs: block, page }: TraceFile, rng: Rng): DiskExtent[] {
  const [gap, rest] = recordingDisk(block).free;
  if (gap === undefined) return [];
  const perPage = page / block;
  const pieces: [number, number][] = [];
  const cut = (from: number, to: number) => {
    for (let at = from; at < to; ) {
      const longest = (rng.chance(0.5) ? 2 : 5) * perPage;
      const end = Math.min(at + 1 + rng.below(longest), to);
      if (rng.chance(0.8)) pieces.push([at, end]);
      at = end;
    }
  };
  if (rest !== undefined && rng.chance(0.75)) cut(gap[0], gap[1]);
  const start = (rest ?? gap)[0];
  cut(start, start + (1 + rng.below(24)) * perPage);
  for (let i = pieces.length - 1; i > 0; i--) {
    const k = rng.below(i + 1);
    const last = pieces[i];
    pieces.splice(i, 1, ...pieces.slice(k, k + 1));
    if (last !== undefined) pieces[k] = last;
  }
  return pieces;
}

/** `1k-any-s11.json`, in any directory. A longer number is no seed of ours, and none that a double tells from the next. */
const NAME = /^(?<start>(?:.*\/)?\d+k-)(?<kind>\w+)-s(?<seed>\d{1,15})(?<end>\.json(?:\.gz)?)$/s;

interface NamedSeed {
  readonly name: string;
  readonly kind: string;
  readonly seed: number;
}

/** Names that differ in kind and seed only, by what they have in common. */
const sorted = new WeakMap<readonly string[], ReadonlyMap<string, readonly NamedSeed[]>>();

function seedsOf(names: readonly string[]): ReadonlyMap<string, readonly NamedSeed[]> {
  const known = sorted.get(names);
  if (known !== undefined) return known;
  const all = new Map<string, NamedSeed[]>();
  for (const name of names) {
    const { start, kind = "", seed, end } = NAME.exec(name)?.groups ?? {};
    if (start === undefined) continue;
    const key = `${start} ${end}`;
    const some = all.get(key) ?? [];
    some.push({ name, kind, seed: Number(seed) });
    all.set(key, some);
  }
  sorted.set(names, all);
  return all;
}

function nameBefore(file: string, names: readonly string[]): string | undefined {
  const { start, kind = "", seed, end } = NAME.exec(file)?.groups ?? {};
  if (start === undefined) return undefined;
  let best: NamedSeed | undefined;
  for (const other of seedsOf(names).get(`${start} ${end}`) ?? []) {
    if (other.kind === kind && other.seed === Number(seed) - 1) return other.name;
    if (other.kind !== kind && other.seed < Number(seed) && other.seed > (best?.seed ?? -1)) best = other;
  }
  return best?.name;
}

function isSameSession(a: TraceFile, b: TraceFile): boolean {
  return a.layout === undefined && a.kernel === b.kernel && a.bs === b.bs;
}
