/**
 * What of a failing program may vary without changing what it shows: operations that may go, ends of ranges that may
 * move, and block sizes. Each variation is judged by a search of its runs.
 */
import { examine, judgedMask } from "../explore/finding/finding.js";
import { makeSubject } from "../explore/run/subject.js";
import { search } from "../explore/search/frontier-search.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { allOps, isWhole, modifiersOf } from "../scenario/op-bytes.js";
import type { Op, Scenario } from "../scenario/types.js";

/** A program with more states counts as one that does not show it. */
const MOST_STATES = 20_000;
/** How far ends of ranges are moved, in pieces of half a block. */
const FARTHEST = 4;
const BLOCKS = [512, 1024, 2048, 4096];

export interface Variations {
  /** By name of the operation, in program order. */
  readonly ops: readonly OpVariation[];
  /** Block sizes with which it shows, bytes. */
  readonly blocks: readonly number[];
}

export interface OpVariation {
  readonly name: string;
  readonly isNeeded: boolean;
  /** Where the ends of its range may lie, looked for up to two blocks away, bytes; undefined where it has none. */
  readonly from: readonly [least: number, most: number] | undefined;
  readonly to: readonly [least: number, most: number] | undefined;
}

export function variationsOf(scenario: Scenario, variant: KernelVariant, kind: string): Variations {
  const shows = (changed: Scenario): boolean => showsKind(changed, variant, kind);
  const all = allOps(scenario);
  const ops = places(scenario).map((place, i): OpVariation => {
    const op = all[i]!;
    const name = nameOf(scenario, place);
    const isNeeded = !shows(without(scenario, place));
    // What lies inside a range would have to move with it.
    if (op.from === op.to || isWhole(op) || modifiersOf(op).length > 0)
      return { name, isNeeded, from: undefined, to: undefined };
    const piece = scenario.file.block / 2;
    const end = (key: "from" | "to", sign: number): number => {
      let reached = op[key];
      for (let n = 1; n <= FARTHEST; n++) {
        const value = (Math.floor(op[key] / piece) + sign * n) * piece;
        const moved = { ...op, [key]: value };
        if (value < 0 || moved.from >= moved.to || !shows(replaced(scenario, place, moved))) break;
        reached = value;
      }
      return reached;
    };
    return { name, isNeeded, from: [end("from", -1), end("from", 1)], to: [end("to", -1), end("to", 1)] };
  });
  const { file } = scenario;
  const blocks = BLOCKS.filter(
    (block) => block === file.block || shows({ ...scenario, file: { ...file, block } }),
  );
  return { ops, blocks };
}

/** Thread of an operation, -1 for the setup, and its index there. */
type OpPlace = readonly [thread: number, index: number];

function places({ setup, threads }: Scenario): OpPlace[] {
  return [
    ...setup.map((_, i): OpPlace => [-1, i]),
    ...threads.flatMap(({ ops }, t) => ops.map((_, i): OpPlace => [t, i])),
  ];
}

/** `setup.2`, `writer.1`. */
function nameOf({ threads }: Scenario, [thread, index]: OpPlace): string {
  return `${thread < 0 ? "setup" : threads[thread]!.name}.${index + 1}`;
}

function edited(scenario: Scenario, [thread, index]: OpPlace, ...instead: readonly Op[]): Scenario {
  const edit = (ops: readonly Op[]) => ops.toSpliced(index, 1, ...instead);
  if (thread < 0) return { ...scenario, setup: edit(scenario.setup) };
  const threads = scenario.threads.map((t, i) => (i === thread ? { ...t, ops: edit(t.ops) } : t));
  return { ...scenario, threads };
}

const without = (scenario: Scenario, place: OpPlace): Scenario => edited(scenario, place);
const replaced = (scenario: Scenario, place: OpPlace, op: Op): Scenario => edited(scenario, place, op);

/** Whether some run of the program shows a violation of this kind. */
function showsKind(scenario: Scenario, variant: KernelVariant, kind: string): boolean {
  if (scenario.threads.every(({ ops }) => ops.length === 0)) return false;
  const subject = makeSubject(scenario, variant);
  const options = { mask: judgedMask(subject), maxStates: MOST_STATES };
  const found = search(subject.engine, options).violations;
  if (found.some(({ choices }) => examine(subject, choices)?.kind === kind)) return true;
  if (found.length === 0) return false;
  const { violations } = search(subject.engine, { ...options, goal: "all" });
  return violations.some(({ choices }) => examine(subject, choices)?.kind === kind);
}
