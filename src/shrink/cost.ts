/**
 * What makes one failing run simpler than another. Costs are compared from the front: operations, blocks, faults,
 * then the schedule (departures from the default order, switches, steps), then how the program reads. Taking away an
 * operation, a fault or a departure from the default always gives less, so a run from which none can be taken
 * without losing its kind is 1-minimal.
 */
import type { Finding } from "../explore/finding/finding.js";
import type { Budget, ByteRange, Op, OpKind, Scenario } from "../scenario/types.js";

export type Cost = readonly number[];

export function compareCosts(a: Cost, b: Cost): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The leading part of a cost: what the program alone decides. */
export function programCost(scenario: Scenario): Cost {
  const ops = allOps(scenario);
  const ambient = scenario.background?.writeback ?? 0;
  return [ops.length + ambient, blocksTouched(scenario), faultsGranted(scenario)];
}

/** Departures from the default among the choices. */
export function departures(choices: readonly number[]): number {
  let n = 0;
  for (const value of choices) if (value !== 0) n++;
  return n;
}

export function runCost(scenario: Scenario, finding: Finding): Cost {
  const { choices, switches, preemptions, steps } = finding;
  return [
    ...programCost(scenario),
    departures(choices),
    switches,
    preemptions,
    steps,
    scenario.threads.length,
    geometryCost(scenario),
    ...readingCost(scenario),
    inversions(finding),
    choices.length,
    choices.reduce((sum, value) => sum + value, 0),
  ];
}

export function allOps(scenario: Scenario): Op[] {
  return [...scenario.setup, ...scenario.threads.flatMap((t) => t.ops)];
}

/** The bytes that an operation names: the last one below the new size for a truncate, none for a whole fsync. */
export function bytesOf(op: Op): ByteRange | undefined {
  if (op.kind === "truncate") return { from: Math.max(0, op.size - 1), to: op.size };
  return op.kind === "fsync" ? op.range : op;
}

/** Distinct blocks that the operations name, and the one that EOF lies in before setup. */
export function blocksTouched(scenario: Scenario): number {
  const { block, size } = scenario.file;
  const touched = new Set<number>();
  const touch = (from: number, to: number): void => {
    for (let b = Math.floor(from / block); b * block < to; b++) touched.add(b);
  };
  for (const op of allOps(scenario)) {
    const bytes = bytesOf(op);
    if (bytes !== undefined) touch(bytes.from, bytes.to);
  }
  if (size > 0) touch(size - 1, size);
  return touched.size;
}

/** Faults that the program plans, and those that its budgets allow. */
function faultsGranted(scenario: Scenario): number {
  let n = scenario.background?.evictions ?? 0;
  for (const key of Object.keys(scenario.budget) as (keyof Budget)[]) n += scenario.budget[key];
  for (const op of allOps(scenario)) {
    if (op.kind === "write") n += Number(op.faultAt !== undefined) + Number(op.shortCopy !== undefined);
  }
  return n;
}

/** 4k pages with one block each are the simplest. */
function geometryCost({ file }: Scenario): number {
  return 16 * Math.log2(file.page / 4096) + Math.log2(file.page / file.block);
}

/** Operations that do more than a simpler one would. */
const RANKS: Partial<Record<OpKind, number>> = { sync: 1, dontneed: 1, read: 1, fsync: 2, zero: 2, punch: 2 };

function readingCost(scenario: Scenario): number[] {
  const { block, page, size } = scenario.file;
  let blocks = 0;
  let rank = 0;
  let lengths = 0;
  for (const op of allOps(scenario)) {
    rank += RANKS[op.kind] ?? 0;
    if ((op.kind === "fallocate" || op.kind === "zero") && op.keepSize) rank++;
    const bytes = bytesOf(op);
    if (bytes === undefined) continue;
    blocks += Math.ceil(bytes.to / block) - Math.floor(bytes.from / block);
    lengths += bytes.to - bytes.from;
  }
  const offsets = offsetsOf(scenario);
  const rough = [...new Set(offsets)].reduce((sum, at) => sum + roughness(at, block, page), 0);
  return [rank, blocks, rough, lengths, size + offsets.reduce((sum, at) => sum + at, 0)];
}

/** Every byte offset that the program names. */
export function offsetsOf(scenario: Scenario): number[] {
  const offsets = [scenario.file.size];
  for (const op of allOps(scenario)) {
    if (op.kind === "truncate") offsets.push(op.size);
    else if (op.kind === "fsync") {
      if (op.range !== undefined) offsets.push(op.range.from, op.range.to);
    } else {
      offsets.push(op.from, op.to);
      if (op.kind === "write" && op.faultAt !== undefined) offsets.push(op.faultAt);
      if (op.kind === "write" && op.shortCopy !== undefined) offsets.push(op.shortCopy);
    }
  }
  return offsets;
}

function roughness(at: number, block: number, page: number): number {
  if (at === 0) return 0;
  return 1 + [page, block, block / 2, block / 4, 64].filter((unit) => at % unit !== 0).length;
}

/** Pairs of program threads that first run in another order than the one they are listed in. */
function inversions({ trace }: Finding): number {
  const seen: number[] = [];
  let n = 0;
  for (const { thread } of trace.steps) {
    if (seen.includes(thread)) continue;
    n += seen.filter((other) => other > thread).length;
    seen.push(thread);
  }
  return n;
}
