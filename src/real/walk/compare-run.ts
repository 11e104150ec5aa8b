/** Where a kernel and its model part: in where somebody stands after a move, or in what is there in the end. */
import {
  type Change,
  type EndState,
  type Returned,
  type Run,
  type Stand,
  taskOfIo,
} from "../force/forced-moves.js";
import type { WalkedRun } from "./walked-run.js";

/** What a kernel did with a run. */
export interface KernelRun {
  /** Where everybody stood after each move; fewer than there are moves when it did not get further. */
  readonly stands: readonly (readonly Change[])[];
  /** Bytes `[from, to)` of each piece of data that went to the device. */
  readonly sent: readonly (readonly [number, number])[];
  /** Undefined when it did not get there. */
  readonly end: EndState | undefined;
}

export const WALK_ASPECTS = ["steps", "returns", "size", "extents", "cached", "disk"] as const;
export type WalkAspect = (typeof WALK_ASPECTS)[number];

/** One thing on which the two sides differ. */
export interface Parting {
  readonly aspect: WalkAspect;
  /** Of steps, the number of the move from 0; of the others the number of moves. */
  readonly at: number;
  /** Whose it is: a task, or bytes. */
  readonly what: string;
  readonly model: string;
  readonly kernel: string;
}

/** All that differs, what came first first. After a step that differs, only the end is looked at. */
export function partings(
  { moves, end, scenario }: Pick<WalkedRun, "moves" | "end" | "scenario">,
  kernel: Omit<KernelRun, "sent">,
): Parting[] {
  const step = firstStep(
    moves.map(({ stands }) => stands),
    kernel.stands,
  );
  const found: Parting[] = step === undefined ? [] : [step];
  if (kernel.end === undefined) return found;
  const add = (aspect: WalkAspect, what: string, model: unknown, theirs: unknown): void => {
    const [a, b] = [JSON.stringify(model), JSON.stringify(theirs)];
    if (a !== b) found.push({ aspect, at: moves.length, what, model: text(model), kernel: text(theirs) });
  };
  for (const [i, { name, ops }] of scenario.threads.entries()) {
    // A pass of the flusher tells nobody; the system call that stands for it does.
    const told = (returns: readonly Returned[] = []) =>
      returns.filter((_, op) => ops[op]?.kind !== "writeback");
    add("returns", name, told(end.returns[i]), told(kernel.end.returns[i]));
  }
  add("size", "i_size", end.size, kernel.end.size);
  add("extents", "extents", end.extents, within(kernel.end.extents, end.modelled));
  for (const [aspect, mine, theirs] of [
    ["cached", end.cached, kernel.end.cached],
    ["disk", end.onDisk, kernel.end.onDisk],
  ] as const) {
    const at = differAt(mine, theirs);
    if (at !== undefined)
      found.push({
        aspect,
        at: moves.length,
        what: `byte ${at}`,
        model: `${byteAt(mine, at)}`,
        kernel: `${byteAt(theirs, at)}`,
      });
  }
  return found;
}

/**
 * The same data went to the device in other pieces: where free blocks lie on the kernel's disk is not modelled, and what
 * is apart on disk is sent apart. From there on the two have different data to complete.
 */
export function isSentApart({ sent }: Pick<WalkedRun, "sent">, kernel: Pick<KernelRun, "sent">): boolean {
  if (text(sent) === text(kernel.sent)) return false;
  return text(joined(sent)) === text(joined(kernel.sent)) || isFirstInPieces(sent, kernel.sent);
}

/** Where they first differ, pieces of one side make up a piece of the other. */
function isFirstInPieces(mine: KernelRun["sent"], theirs: KernelRun["sent"]): boolean {
  let i = mine.findIndex((piece, n) => text(piece) !== text(theirs[n]));
  let j = i;
  const [[from, to] = [-1, -1], [start, end] = [-2, -2]] = [mine[i], theirs[j]];
  if (from !== start) return false;
  for (let [a, b] = [to, end]; a !== b; ) {
    const next = a < b ? mine[++i] : theirs[++j];
    if (next?.[0] !== Math.min(a, b)) return false;
    if (a < b) a = next[1];
    else b = next[1];
  }
  return true;
}

/** Every byte that was sent so many times, as ranges. */
function joined(pieces: KernelRun["sent"]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [from, to] of [...pieces].sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === from) last[1] = to;
    else ranges.push([from, to]);
  }
  return ranges;
}

type Extents = EndState["extents"];

/** The parts of extents that lie in one of the ranges; the model has no blocks elsewhere. */
function within(extents: Extents, ranges: EndState["modelled"]): Extents {
  return extents.flatMap(([at, length, letter]) =>
    ranges.flatMap(([from, to]): Extents => {
      const [start, end] = [Math.max(at, from), Math.min(at + length, to)];
      return start < end ? [[start, end - start, letter]] : [];
    }),
  );
}

function firstStep(
  mine: readonly (readonly Change[])[],
  theirs: readonly (readonly Change[])[],
): Parting | undefined {
  // Kworkers whose ioend is done: what they do then is other work.
  const done = new Set<string>();
  for (const [at, stands] of mine.entries()) {
    const there = theirs[at];
    if (there === undefined)
      return { aspect: "steps", at, what: "the move", model: "is made", kernel: "did not get there" };
    for (const { who } of theirs[at - 1] ?? [])
      if (who.startsWith(taskOfIo("")) && !there.some((change) => change.who === who)) done.add(who);
    const names = new Set([...stands, ...there].map(({ who }) => who));
    for (const who of done) if (!stands.some((change) => change.who === who)) names.delete(who);
    for (const who of names) {
      const [a, b] = [stands, there].map((side) => side.find((change) => change.who === who)?.stand);
      const [model, kernel] = [standText(a), standText(b)];
      if (!agree(a, b)) return { aspect: "steps", at, what: who, model, kernel };
    }
  }
  return undefined;
}

/** Places are the model's alone; a kernel knows what is waited for as far as its stack says. */
function agree(model: Stand | undefined, kernel: Stand | undefined): boolean {
  if (model === undefined || kernel === undefined) return model === kernel;
  if (model.is === "at") return kernel.is === "at" && kernel.fn === model.fn;
  if (model.is === "returned") return kernel.is === "returned" && kernel.ops === model.ops;
  return kernel.is === "waits" && (kernel.for === "unknown" || kernel.for === model.for);
}

export function standText(stand: Stand | undefined): string {
  if (stand === undefined) return "is not there";
  if (stand.is === "at") return `at ${stand.fn}`;
  if (stand.is === "returned") return stand.ops === 0 ? "has not begun" : `has returned from ${stand.ops}`;
  return `waits for ${stand.for}${stand.by === "" ? "" : ` of ${stand.by}`}`;
}

const text = (value: unknown): string => JSON.stringify(value) ?? "nothing";

/** The first byte that differs and is known on both sides. */
function differAt(mine: readonly Run[], theirs: readonly Run[]): number | undefined {
  const edges = [mine, theirs].flatMap((runs) => {
    let at = 0;
    return runs.map(([count]) => {
      at += count;
      return at - count;
    });
  });
  return [...new Set(edges)]
    .sort((a, b) => a - b)
    .find((at) => {
      const [a, b] = [byteAt(mine, at), byteAt(theirs, at)];
      return a !== b && a !== -1 && b !== -1;
    });
}

/** The value at a byte offset; undefined past the end. */
function byteAt(runs: readonly Run[], offset: number): number | undefined {
  let at = 0;
  for (const [count, value] of runs) {
    at += count;
    if (offset < at) return value;
  }
  return undefined;
}
