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

/**
 * Byte past all that the operations can put into a file of `size` bytes, where some of them move what lies behind, or write
 * where the file ends; undefined where none does, and each acts where it says.
 */
export function endOfFloating(ops: readonly Op[], size: number): number | undefined {
  if (!ops.some(isFloating)) return undefined;
  let end = size;
  let more = 0;
  for (const op of ops) {
    const { takes, moves, covers, grows } = OPS[op.kind];
    if (moves === "up" || takes === "length") more += op.to - op.from;
    if (takes !== "length" && (covers !== "nothing" || grows) && !isWhole(op))
      end = Math.max(end, op.to, targetOf(op)?.to ?? 0);
  }
  return end + more;
}

/** Whether the bytes that it acts on follow from what others did. */
export function isFloating({ kind }: Op): boolean {
  return OPS[kind].moves !== undefined || OPS[kind].takes === "length";
}

/** How many pieces with a fate of their own the file has in a program whose operations float or copy; 0 for others. */
export function floatingCells({
  setup,
  threads,
  file,
}: Pick<Scenario, "setup" | "threads" | "file">): number {
  const ops = allOps({ setup, threads });
  const end = endOfFloating(ops, file.size);
  const cuts = [file.size, ...ops.flatMap(offsetsOf)];
  if (end === undefined) return copiedCuts(ops, cuts, file.block).size;
  return Math.ceil(end / file.block) * offsetsInBlock(ops, cuts, file.block).size;
}

/** Where in a block a boundary of theirs can come to lie, given those of all operations when none has moved. */
export function offsetsInBlock(ops: readonly Op[], cuts: Iterable<number>, block: number): Set<number> {
  const found = new Set([0]);
  for (const at of cuts) found.add(at % block);
  // A write that fails ends at any of them, and an append may begin there: an iterator of a set meets what is added meanwhile.
  const lengths = ops.filter(({ kind }) => OPS[kind].takes === "length").map(({ to }) => to);
  const copies = ops.flatMap(({ from, target }) => (target === undefined ? [] : [(target - from) % block]));
  const moves = [...lengths, ...copies, ...copies.map((by) => -by)];
  for (const at of found) for (const by of moves) found.add((at + by + block) % block);
  return found;
}

/** So many boundaries that a program is refused for them. */
const MANY = 60_000;

/**
 * The boundaries that copies need beside `cuts`: where a range or its target has one within, a block's included, the other has
 * one at its place, so that each cell is copied as a whole. None where nothing is copied.
 */
export function copiedCuts(ops: readonly Op[], cuts: Iterable<number>, block: number): Set<number> {
  const copies = ops.flatMap((op) => {
    const target = targetOf(op);
    return target === undefined ? [] : [[op, target] as const, [target, op] as const];
  });
  if (copies.length === 0) return new Set();
  const found = new Set(cuts);
  for (const [{ from, to }] of copies)
    for (let at = Math.ceil(from / block) * block; at < to && found.size < MANY; at += block) found.add(at);
  // An iterator of a set meets what is added meanwhile.
  for (const at of found)
    for (const [{ from, to }, other] of copies)
      if (at > from && at < to && found.size < MANY) found.add(at - from + other.from);
  return found;
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
