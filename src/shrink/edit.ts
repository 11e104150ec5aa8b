/**
 * An edited program, with where its operations and bytes went so that the schedule can follow, and the edits that more
 * than one pass makes.
 */
import { MODIFIERS } from "../kernel/modifiers.js";
import { OPS } from "../kernel/ops.js";
import { isInside, isWhole, modifiersOf, withoutModifier } from "../scenario/op-bytes.js";
import type { Op, Scenario, ThreadSpec } from "../scenario/types.js";

/** The place behind a thread's last operation. */
export const END = -1;

export interface OpPlace {
  readonly thread: string;
  readonly op: number;
  /** The operation was dropped; this is the place of the next one. */
  readonly gone?: boolean;
}

export interface ProgramCandidate {
  readonly scenario: Scenario;
  /** Where an operation of a thread is now. */
  readonly place?: (at: OpPlace) => OpPlace;
  /** Where a byte offset is now. */
  readonly byte?: (at: number) => number;
}

/** Every operation, the setup's first, and where it stands: `setup` names the setup. */
export function opPlaces({ setup, threads }: Scenario) {
  return [{ name: "setup", ops: setup }, ...threads].flatMap(({ name, ops }) =>
    ops.map((op, index) => ({ thread: name, index, op })),
  );
}

/** The scenario with each operation replaced by what `edit` makes of it, which may be none. */
function mapOps(
  scenario: Scenario,
  edit: (op: Op, thread: string, index: number) => readonly Op[],
): Scenario {
  const apply = (ops: readonly Op[], thread: string) => ops.flatMap((op, i) => edit(op, thread, i));
  const threads = scenario.threads.map((t) => ({ ...t, ops: apply(t.ops, t.name) }));
  return { ...scenario, setup: apply(scenario.setup, "setup"), threads };
}

/** For each operation, the program with each of the others that `edit` gives in its place. */
export function eachReplaced(scenario: Scenario, edit: (op: Op) => readonly Op[]): ProgramCandidate[] {
  return opPlaces(scenario).flatMap(({ thread, index, op }) =>
    edit(op).map((other) => ({
      scenario: mapOps(scenario, (o, at, i) => [at === thread && i === index ? other : o]),
    })),
  );
}

/** The scenario without thread `thread`'s operation `index`. A thread that is left without operations goes too. */
export function withoutOp(scenario: Scenario, thread: string, index: number) {
  const fewer = mapOps(scenario, (op, at, i) => (at === thread && i === index ? [] : [op]));
  return {
    scenario: withThreads(fewer, fewer.threads),
    place: (at: OpPlace): OpPlace => {
      if (at.thread !== thread || at.op < index) return at;
      return at.op === index ? { ...at, gone: true } : { ...at, op: at.op - 1 };
    },
  };
}

/** The scenario without operations `[from, to)` of a thread; none of `setup` or other threads. */
export function withoutOps(scenario: Scenario, thread: string, from: number, to: number): ProgramCandidate {
  const fewer = mapOps(scenario, (op, at, i) => (at === thread && i >= from && i < to ? [] : [op]));
  return {
    scenario: withThreads(fewer, fewer.threads),
    place: (at) => {
      if (at.thread !== thread || at.op < from) return at;
      return at.op < to ? { ...at, op: from, gone: true } : { ...at, op: at.op - (to - from) };
    },
  };
}

export function withThreads(scenario: Scenario, threads: readonly ThreadSpec[]): Scenario {
  return { ...scenario, threads: threads.filter((t) => t.ops.length > 0) };
}

/** The operation with its offsets moved; none when its range would be empty. A modifier that then lies before the
 * range goes to its start, one that lies elsewhere outside goes away. */
export function moveEnds(op: Op, move: (at: number) => number): Op[] {
  if (isWhole(op) || OPS[op.kind].takes === "length") return [op];
  const from = move(op.from);
  const to = move(op.to);
  if (from >= to && OPS[op.kind].takes !== "size") return [];
  let moved: Op = { ...op, from, to };
  for (const [name, value] of modifiersOf(op)) {
    if (value === true) continue;
    const at = MODIFIERS[name].inside === "start included" ? Math.max(from, move(value)) : move(value);
    if (isInside(name, at, moved)) moved = { ...moved, [name]: at };
    else if (MODIFIERS[name].isNeeded) return [];
    else moved = withoutModifier(moved, name);
  }
  return [moved];
}

/** The whole program with every offset moved; none when that empties an operation. */
export function moveBytes(scenario: Scenario, move: (at: number) => number): ProgramCandidate[] {
  const moved = mapOps(scenario, (op) => moveEnds(op, move));
  if (opPlaces(moved).length < opPlaces(scenario).length) return [];
  return [{ scenario: { ...moved, file: { ...moved.file, size: move(moved.file.size) } }, byte: move }];
}
