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
import { type Conformance, conform, leftBusy } from "./agreement.js";
import { ASPECTS } from "./aspects.js";
import type { TraceFile } from "./trace-format.js";
import { recordingDisk } from "./trace-program.js";

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

export class RecordingSession {
  readonly #library: Library;
  readonly #starts = new Map<string, Start>();
  readonly #assumes: boolean;

  /** With `assumes` false a start is what is known of it: no other is tried. */
  constructor(library: Library, assumes = true) {
    this.#library = library;
    this.#assumes = assumes;
  }

  /** How the recording in the file started. */
  startOf(file: string, trace: TraceFile): Start {
    if (trace.layout !== undefined) return { kind: "recorded", busy: [] };
    const model = modelOf(trace.kernel);
    if (model === undefined) return NEW;
    const known = this.#starts.get(file);
    if (known !== undefined) return known;
    const left = this.#leftBefore(file, trace, model);
    const start = this.#assumes ? likeliest(trace, model, left) : left;
    this.#starts.set(file, start);
    return start;
  }

  /** The disk as the recording before left it; a new image when that is not there. */
  #leftBefore(file: string, trace: TraceFile, model: string): Start {
    const name = nameBefore(file, this.#library.names(file));
    const before = name === undefined ? undefined : this.#library.read(name);
    if (name === undefined || before === undefined || !isSameSession(before, trace)) return NEW;
    const busy = leftBusy(before, { model, busy: this.startOf(name, before).busy });
    return busy === undefined ? NEW : { kind: "left", busy };
  }
}

function likeliest(trace: TraceFile, model: string, known: Start): Start {
  let best = known;
  let least = disagreements(conform(trace, { model, busy: known.busy }));
  const rng = makeRng("busy");
  for (let i = 0; least.all > 0 && i <= (least.hard > 0 ? MORE_STARTS : ASSUMED_STARTS); i++) {
    const busy = i === 0 ? [] : someBusy(trace, rng);
    const now = disagreements(conform(trace, { model, busy }));
    if (now.all >= least.all) continue;
    best = { kind: "assumed", busy };
    least = now;
  }
  return best;
}

/** Operations that disagree, once per aspect; hard: in another than residency. */
function disagreements({ agree, ops }: Conformance): { readonly all: number; readonly hard: number } {
  const all = ASPECTS.reduce((sum, aspect) => sum + ops - agree[aspect], 0);
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

/** `1k-any-s11.json`, in any directory. */
const NAME = /^(?<start>(?:.*\/)?\d+k-)(?<kind>\w+)-s(?<seed>\d+)(?<end>\.json(?:\.gz)?)$/s;

function nameBefore(file: string, names: readonly string[]): string | undefined {
  const { start, kind, seed, end } = NAME.exec(file)?.groups ?? {};
  if (start === undefined) return undefined;
  const sameKind = `${start}${kind}-s${Number(seed) - 1}${end}`;
  if (names.includes(sameKind)) return sameKind;
  const others = names.flatMap((name) => {
    const of = NAME.exec(name)?.groups;
    const isBefore =
      of?.start === start && of.kind !== kind && of.end === end && Number(of.seed) < Number(seed);
    return isBefore ? [{ name, seed: Number(of.seed) }] : [];
  });
  return others.sort((a, b) => b.seed - a.seed)[0]?.name;
}

function isSameSession(a: TraceFile, b: TraceFile): boolean {
  return a.layout === undefined && a.kernel === b.kernel && a.bs === b.bs;
}
