/**
 * Operations taken apart without knowing which they are: the bytes and offsets that they name, and what modifies them.
 */
import { MODIFIERS, type ModifierName } from "../kernel/modifiers.js";
import { OPS } from "../kernel/ops.js";
import { type ByteRange, type Op, type Scenario, WHOLE } from "./types.js";

/** Every operation of a scenario, setup first. */
export function allOps(scenario: Pick<Scenario, "setup" | "threads">): Op[] {
  return [...scenario.setup, ...scenario.threads.flatMap((thread) => thread.ops)];
}

/** What the operations are called: `writer.1`; those of setup do not race. */
export function callNames(threads: Scenario["threads"]): string[] {
  return threads.flatMap(({ name, ops }) => ops.map((_, i) => `${name}.${i + 1}`));
}

/** The operation that is called so, `setup.2` or `writer.1`. */
export function opNamed(
  { setup, threads }: Pick<Scenario, "setup" | "threads">,
  name: string,
): Op | undefined {
  const [owner, number] = name.split(".");
  const ops = owner === "setup" ? setup : threads.find((thread) => thread.name === owner)?.ops;
  return ops?.[Number(number) - 1];
}

export function isWhole(op: Op): boolean {
  return op.to === WHOLE.to;
}

/** The bytes that an operation names: the last one below a new size, none for the whole file. */
export function bytesOf(op: Op): ByteRange | undefined {
  if (isWhole(op)) return undefined;
  return op.from < op.to ? op : { from: Math.max(0, op.to - 1), to: op.to };
}

/** Where an operation copies its range to; undefined for all others. */
export function targetOf({ from, to, target }: Op): ByteRange | undefined {
  return target === undefined ? undefined : { from: target, to: target + to - from };
}

/** The bytes that an operation names, with those that it copies to. */
export function rangesOf(op: Op): ByteRange[] {
  return [bytesOf(op) ?? [], targetOf(op) ?? []].flat();
}

/** What an operation has of the modifiers that it can have, in the order of the table. */
export function modifiersOf(op: Op): (readonly [ModifierName, number | true])[] {
  return OPS[op.kind].modifiers.flatMap((name) => {
    const value = op[name];
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** Every byte offset that an operation names; a new size once. */
export function offsetsOf(op: Op): number[] {
  const { takes, modifiers } = OPS[op.kind];
  const offsets = isWhole(op) || takes === "length" ? [] : op.from < op.to ? [op.from, op.to] : [op.to];
  for (const name of modifiers) {
    const value = op[name];
    if (typeof value === "number") offsets.push(value);
  }
  if (op.target !== undefined) offsets.push(op.target + op.to - op.from);
  return offsets;
}

export function withoutModifier(op: Op, name: ModifierName): Op {
  const { [name]: _, ...rest } = op;
  return rest;
}

/** Whether a modifier of an operation on `[from, to)` can have this value; the table says where offsets may lie. */
export function isInside(name: ModifierName, at: number, { from, to }: ByteRange): boolean {
  const { inside } = MODIFIERS[name];
  if (inside === "apart") return at >= to || at + to - from <= from;
  return inside === "anywhere" || ((inside === "strictly" ? at > from : at >= from) && at < to);
}
