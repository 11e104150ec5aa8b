/**
 * From a scenario in bytes to the program in cells that the kernel model runs.
 */

import { CHOICES, Choice, FAULTS } from "../kernel/machine/choices.js";
import { ERROR_NAMES } from "../kernel/machine/errors.js";
import { cellAtOrAfter, type Geometry, makeGeometry } from "../kernel/machine/geometry.js";
import { BYTE_LIMIT } from "../kernel/machine/layout.js";
import * as P from "../kernel/machine/program.js";
import type { ModifierName } from "../kernel/modifiers.js";
import { Value } from "../kernel/objects/values.js";
import { OPS } from "../kernel/ops.js";
import { ALLOCSIZE } from "../kernel/paths/iomap-begin.js";
import { copiedCuts, offsetsInBlock } from "./copied-cuts.js";
import { endOfFloating } from "./floating-ops.js";
import { allOps, modifiersOf, offsetsOf, opNamed, targetOf } from "./op-bytes.js";
import type { Budget, Op, Scenario, StatedReturn, ThreadSpec } from "./types.js";

export interface CompiledScenario {
  readonly program: P.KernelProgram;
  /** Name of each data value: `setup.2`, `writer.1`; by value - FIRST_DATA. */
  readonly dataNames: readonly string[];
}

/** `fillsGaps`: of a small file every page is there, too, that no operation names. */
export function compile(scenario: Scenario, fillsGaps = false): CompiledScenario {
  const { size, block, page } = scenario.file;
  const ops = allOps(scenario);
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
  for (const [op, { values }] of statedOf(scenario))
    for (const one of values) if (typeof one === "number") cuts.add(op.from + one);
  let largest = size;
  for (const op of ops) {
    const { covers, grows } = OPS[op.kind];
    if (covers === "nothing") continue;
    if (covers === "range") touch(op.from, op.to);
    else {
      if (op.from < op.to) touched.add(op.from);
      touchEnd(op.to);
    }
    const target = targetOf(op);
    if (target !== undefined) touch(target.from, target.to);
    for (const at of offsetsOf(op)) cuts.add(at);
    if (grows) largest = Math.max(largest, target?.to ?? op.to);
  }
  const end = endOfFloating(ops, size);
  if (end !== undefined) {
    largest = end;
    touch(0, end);
    const inBlock = offsetsInBlock(ops, cuts, block);
    for (let at = 0; at < end; at += block) for (const within of inBlock) cuts.add(at + within);
  }
  for (const at of copiedCuts(ops, cuts, block)) cuts.add(at);
  if (largest >= ALLOCSIZE) touch(largest, largest + 2 * ALLOCSIZE);
  else if (fillsGaps) touch(0, Math.max(...touched));
  const geometry = makeGeometry(page, block, touched, cuts);
  let value = Value.FIRST_DATA;
  const names: string[] = [];
  const compileOps = (list: readonly Op[], owner: string): P.KernelOp[] =>
    list.map((op, i) => {
      const name = `${owner}.${i + 1}`;
      names.push(name);
      const compiled = compileOp(geometry, op, value++);
      const stated = scenario.returns?.find(({ call }) => call === name);
      if (stated === undefined) return compiled;
      return { ...compiled, returns: stated.values.map((one) => resultStated(geometry, op, compiled, one)) };
    });
  const setup = compileOps(scenario.setup, "setup");
  const threads = scenario.threads.map((t) => compileOps(t.ops, t.name));
  return {
    program: {
      geometry,
      initialSize: cellAtOrAfter(geometry, size),
      setup,
      threads,
      descriptions: descriptionsOf(scenario.threads),
      repeats: scenario.threads.some(({ repeats }) => repeats)
        ? scenario.threads.map(({ repeats, ops }) => repeats === true && ops.length > 0)
        : undefined,
      budget: budgetCounters(scenario.budget),
      values: value,
      faultCap: scenario.budget.faults,
      apart: scenario.observed?.apart.flatMap(
        (byte) => geometry.cellBlock[cellAtOrAfter(geometry, byte)] ?? [],
      ),
    },
    dataNames: names,
  };
}

export function compileOp(g: Geometry, op: Op, value: number): P.KernelOp {
  if (OPS[op.kind].takes === "length") return P.kernelOp(op.kind, 0, g.cells, { length: op.to, value });
  const to = cellAtOrAfter(g, op.to);
  // A range in which no page has cells is empty: nothing of it is ever cached.
  const from = OPS[op.kind].takes === "size" ? to : cellAtOrAfter(g, op.from);
  const more: { [M in ModifierName | "value"]?: number | boolean } = { value };
  for (const [name, v] of modifiersOf(op)) more[name] = v === true ? v : cellAtOrAfter(g, v);
  return P.kernelOp(op.kind, from, Math.max(from, to), more as Partial<P.KernelOp>);
}

/** Operations of which the scenario states what they return. */
function statedOf(scenario: Scenario): (readonly [Op, StatedReturn])[] {
  return (scenario.returns ?? []).flatMap((stated) => {
    const op = opNamed(scenario, stated.call);
    return op === undefined ? [] : [[op, stated] as const];
  });
}

/** As resultOf() has it. */
function resultStated(g: Geometry, op: Op, compiled: P.KernelOp, value: number | string): number {
  if (typeof value === "number") return P.resultOf(compiled, cellAtOrAfter(g, op.from + value), 0);
  return value === "ok" ? P.resultOf(compiled, compiled.to, 0) : -ERROR_NAMES.indexOf(value);
}

/** Numbers of open file descriptions, by thread; undefined when all share one. */
function descriptionsOf(threads: readonly ThreadSpec[]): number[] | undefined {
  let own = 0;
  const numbers = threads.map(({ ownFd }) => (ownFd === true ? ++own : 0));
  return own === 0 ? undefined : numbers;
}

function budgetCounters(budget: Budget): number[] {
  const counters: number[] = new Array(CHOICES).fill(0);
  for (const { choice, key } of FAULTS) counters[choice] = budget[key];
  counters[Choice.EVICT] = Math.min(budget.evictions, BYTE_LIMIT);
  return counters;
}
