/** Where boundaries come to lie in a program whose operations copy or move bytes. */
import { OPS } from "../kernel/ops.js";
import { targetOf } from "./op-bytes.js";
import type { Op } from "./types.js";

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
