/**
 * An edited program, with where its operations and bytes went so that the schedule can follow, and the edits that more
 * than one pass makes.
 */
import { MODIFIERS, OPS } from "../kernel/ops.js";
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

/** The scenario without thread `thread`'s operation `index`; `setup` names the setup. A thread that is left without
 * operations goes too. */
export function withoutOp(scenario: Scenario, thread: string, index: number): ProgramCandidate {
  const drop = (ops: readonly Op[]): Op[] => ops.filter((_, i) => i !== index);
  if (thread === "setup") return { scenario: { ...scenario, setup: drop(scenario.setup) } };
  return {
    scenario: withThreads(
      scenario,
      scenario.threads.map((t) => (t.name === thread ? { ...t, ops: drop(t.ops) } : t)),
    ),
    place: (at) => {
      if (at.thread !== thread || at.op < index) return at;
      return at.op === index ? { ...at, gone: true } : { ...at, op: at.op - 1 };
    },
  };
}

export function withThreads(scenario: Scenario, threads: readonly ThreadSpec[]): Scenario {
  return { ...scenario, threads: threads.filter((t) => t.ops.length > 0) };
}

/** Setup and threads alike, as [owner, operations]. */
export function opLists(scenario: Scenario): (readonly [string, readonly Op[]])[] {
  return [["setup", scenario.setup] as const, ...scenario.threads.map((t) => [t.name, t.ops] as const)];
}

/** Each operation replaced by what `edit` makes of it; undefined when it makes an impossible one. */
export function mapOps(
  scenario: Scenario,
  edit: (op: Op, owner: string, index: number) => Op | undefined,
): Scenario | undefined {
  let possible = true;
  const apply = (ops: readonly Op[], owner: string): Op[] =>
    ops.map((op, i) => {
      const edited = edit(op, owner, i);
      if (edited === undefined) possible = false;
      return edited ?? op;
    });
  const setup = apply(scenario.setup, "setup");
  const threads = scenario.threads.map((t) => ({ ...t, ops: apply(t.ops, t.name) }));
  return possible ? { ...scenario, setup, threads } : undefined;
}

/** The operation with its offsets moved; undefined when its range would be empty. A modifier that then lies before
 * the range goes to its start, one that lies elsewhere outside goes away. */
export function moveEnds(op: Op, move: (at: number) => number): Op | undefined {
  if (isWhole(op)) return op;
  const from = move(op.from);
  const to = move(op.to);
  if (from >= to && OPS[op.kind].takes !== "size") return undefined;
  let moved: Op = { ...op, from, to };
  for (const [name, value] of modifiersOf(op)) {
    if (value === true) continue;
    const at = MODIFIERS[name].inside === "start included" ? Math.max(from, move(value)) : move(value);
    moved = isInside(name, at, moved) ? { ...moved, [name]: at } : withoutModifier(moved, name);
  }
  return moved;
}

/** The whole program with every offset moved. */
export function moveBytes(
  scenario: Scenario,
  move: (at: number) => number,
): (ProgramCandidate & { scenario: Scenario }) | undefined {
  const moved = mapOps(scenario, (op) => moveEnds(op, move));
  if (moved === undefined) return undefined;
  return { scenario: { ...moved, file: { ...scenario.file, size: move(scenario.file.size) } }, byte: move };
}
