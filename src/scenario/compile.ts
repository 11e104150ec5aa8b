/**
 * From a scenario in bytes to the program in cells that the kernel model runs.
 */

import { cellAtOrAfter, type Geometry, makeGeometry } from "../kernel/machine/geometry.js";
import * as P from "../kernel/machine/program.js";
import { Value } from "../kernel/objects/values.js";
import type { Budget, Op, Scenario } from "./types.js";

export interface CompiledScenario {
  readonly program: P.KernelProgram;
  /** Name of each data value: `setup.2`, `writer.1`; by value - FIRST_DATA. */
  readonly dataNames: readonly string[];
  /** Names of the program threads in thread order: the file's, then ambient writeback. */
  readonly threadNames: readonly string[];
}

const CODES: { readonly [kind in Op["kind"]]: number } = {
  write: P.OP_WRITE,
  store: P.OP_STORE,
  load: P.OP_LOAD,
  read: P.OP_READ,
  writeback: P.OP_WRITEBACK,
  fsync: P.OP_FSYNC,
  sync: P.OP_SYNC_RANGE,
  dontneed: P.OP_FADVISE,
  evict: P.OP_EVICT,
  truncate: P.OP_TRUNCATE,
  fallocate: P.OP_FALLOCATE,
  punch: P.OP_PUNCH,
  zero: P.OP_ZERO_RANGE,
};

/** Speculative preallocation starts at this i_size and is at least this long, bytes. */
const ALLOCSIZE = 65536;

export interface CompileOptions {
  /** Cap on the sum of all faults (--faults). */
  readonly faultCap?: number;
  /** Overrides the budget's evictions (--evictions). */
  readonly evictions?: number;
}

export function compile(scenario: Scenario, options: CompileOptions = {}): CompiledScenario {
  const { size, block, page } = scenario.file;
  const ops = [...scenario.setup, ...scenario.threads.flatMap((t) => t.ops)];
  const touched = new Set<number>();
  const cuts = new Set<number>([size]);
  const touch = (from: number, to: number): void => {
    for (let p = Math.floor(from / page); p * page < to; p++) touched.add(p * page);
  };
  const touchEnd = (byte: number): void => {
    if (byte > 0) touched.add(byte - 1);
    if (byte % page !== 0) touched.add(byte);
  };
  touchEnd(size);
  let largest = size;
  for (const op of ops) {
    if (op.kind === "truncate") {
      touchEnd(op.size);
      cuts.add(op.size);
      largest = Math.max(largest, op.size);
    } else if (
      op.kind === "write" ||
      op.kind === "store" ||
      op.kind === "load" ||
      op.kind === "read" ||
      op.kind === "fallocate" ||
      op.kind === "zero"
    ) {
      touch(op.from, op.to);
      cuts.add(op.from).add(op.to);
      if (op.kind === "write" && op.faultAt !== undefined) cuts.add(op.faultAt);
      if (op.kind === "write" && op.shortCopy !== undefined) cuts.add(op.shortCopy);
      if (op.kind !== "load" && op.kind !== "read") largest = Math.max(largest, op.to);
    } else if (op.kind === "punch") {
      touched.add(op.from);
      touchEnd(op.to);
      cuts.add(op.from).add(op.to);
    }
  }
  if (largest >= ALLOCSIZE) touch(largest, largest + 2 * ALLOCSIZE);
  const geometry = makeGeometry(page, block, touched, cuts);
  let value = Value.FIRST_DATA;
  const names: string[] = [];
  const compileOps = (list: readonly Op[], owner: string): P.KernelOp[] =>
    list.map((op, i) => {
      names.push(`${owner}.${i + 1}`);
      return compileOp(geometry, op, value++);
    });
  const ambient = scenario.background;
  const setup = compileOps(scenario.setup, "setup");
  const threads = scenario.threads.map((t) => compileOps(t.ops, t.name));
  for (let i = 1; i <= (ambient?.writeback ?? 0); i++) {
    threads.push(
      compileOps([{ kind: "writeback", from: 0, to: Number.POSITIVE_INFINITY }], `writeback/${i}`),
    );
  }
  return {
    program: {
      geometry,
      initialSize: cellAtOrAfter(geometry, size),
      setup,
      threads,
      budget: budgetCounters(
        scenario.budget,
        options.evictions ?? scenario.budget.evictions + (ambient?.evictions ?? 0),
      ),
      values: value,
      faultCap: options.faultCap ?? Number.POSITIVE_INFINITY,
    },
    dataNames: names,
    threadNames: [
      ...scenario.threads.map((t) => t.name),
      ...Array.from({ length: ambient?.writeback ?? 0 }, (_, i) => `writeback/${i + 1}`),
    ],
  };
}

function compileOp(g: Geometry, op: Op, value: number): P.KernelOp {
  const base = { code: CODES[op.kind], faultAt: 0, shortCopy: -1, keepSize: false, value };
  switch (op.kind) {
    case "truncate": {
      const cell = cellAtOrAfter(g, op.size);
      return { ...base, from: cell, to: cell };
    }
    case "fsync":
      return { ...base, ...cells(g, op.range ?? { from: 0, to: Number.POSITIVE_INFINITY }) };
    case "write": {
      const range = cells(g, op);
      return {
        ...base,
        ...range,
        faultAt: op.faultAt === undefined ? range.to : cellAtOrAfter(g, op.faultAt),
        shortCopy: op.shortCopy === undefined ? -1 : cellAtOrAfter(g, op.shortCopy),
      };
    }
    case "fallocate":
    case "zero":
      return { ...base, ...cells(g, op), keepSize: op.keepSize };
    default:
      return { ...base, ...cells(g, op) };
  }
}

function cells(g: Geometry, range: { from: number; to: number }): { from: number; to: number } {
  const from = Math.min(cellAtOrAfter(g, range.from), g.cells - 1);
  return { from, to: Math.max(from, cellAtOrAfter(g, range.to)) };
}

function budgetCounters(b: Budget, evictions: number): number[] {
  const counters: number[] = new Array(P.BUDGETS).fill(0);
  counters[P.BUDGET_SHORT_ALLOCATION] = b.shortAllocation;
  counters[P.BUDGET_ALLOCATION_FAILURE] = b.allocationFailure;
  counters[P.BUDGET_RESERVATION_FAILURE] = b.reservationFailure;
  counters[P.BUDGET_DEVICE_ERROR] = b.deviceError;
  counters[P.BUDGET_SHORT_COPY] = b.shortCopy;
  counters[P.BUDGET_FATAL_SIGNAL] = b.fatalSignal;
  counters[P.BUDGET_EVICTIONS] = Math.min(evictions, 250);
  return counters;
}
