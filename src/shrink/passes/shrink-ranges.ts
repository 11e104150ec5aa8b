/** Shorter operations: each end of a range moves inwards, to another operation's end, to a page or block boundary, or
 * to the middle of a block. */
import { OPS } from "../../kernel/ops.js";
import { bytesOf } from "../../scenario/op-bytes.js";
import type { Op } from "../../scenario/types.js";
import type { Run } from "../best-run.js";
import { eachReplaced, moveEnds, type ProgramCandidate } from "../edit.js";
import { offsetsOf } from "../reading-cost.js";

/** Boundaries tried per operation. */
const MOST = 24;

export function shrinkRanges({ scenario }: Run): ProgramCandidate[] {
  return eachReplaced(scenario, (op) => {
    const range = bytesOf(op);
    if (OPS[op.kind].takes === "size" || range === undefined) return [];
    const inner = boundariesWithin(scenario, range.from, range.to);
    if (OPS[op.kind].takes === "length") return inner.map((to) => ({ ...op, to }));
    return [
      ...inner.flatMap((to) => trimmed(op, range.from, to)),
      ...inner.toReversed().flatMap((from) => trimmed(op, from, range.to)),
    ];
  });
}

function boundariesWithin(scenario: Run["scenario"], from: number, to: number): number[] {
  const { block } = scenario.file;
  const found = new Set(offsetsOf(scenario));
  for (let b = Math.ceil(from / block); b * block < to && found.size < 200; b++) found.add(b * block);
  for (const at of [from, to - 1]) found.add(Math.floor(at / block) * block + block / 2);
  const inside = [...found].filter((at) => at > from && at < to).sort((a, b) => a - b);
  const stride = Math.max(1, Math.ceil(inside.length / MOST));
  return inside.filter((_, i) => i % stride === 0);
}

function trimmed(op: Op, from: number, to: number): Op[] {
  return moveEnds(op, (at) => Math.min(Math.max(at, from), to));
}
