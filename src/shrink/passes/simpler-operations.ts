/** Operations that do less: a writeback pass for an fsync, an eviction for a fadvise, a whole fsync for one of a
 * range, an allocation for zeroing, without keep-size. */
import { OPS } from "../../kernel/ops.js";
import { isWhole, modifiersOf, withoutModifier } from "../../scenario/op-bytes.js";
import type { Op } from "../../scenario/types.js";
import type { Run } from "../best-run.js";
import { eachReplaced, type ProgramCandidate } from "../edit.js";
import { offsetsOf } from "../reading-cost.js";

export function simplerOperations({ scenario }: Run): ProgramCandidate[] {
  const end = Math.max(...offsetsOf(scenario));
  return eachReplaced(scenario, (op) => simpler(op, end));
}

function simpler(op: Op, end: number): Op[] {
  const kind = OPS[op.kind].simpler;
  const { from } = op;
  const to = isWhole(op) ? end : op.to;
  const less = modifiersOf(op).flatMap(([name, value]) =>
    value === true ? [withoutModifier(op, name)] : [],
  );
  if (kind === undefined || from >= to) return less;
  const kept = modifiersOf(op).filter(([name]) => OPS[kind].modifiers.includes(name));
  return [{ kind, from, to, ...Object.fromEntries(kept) }, ...less];
}
