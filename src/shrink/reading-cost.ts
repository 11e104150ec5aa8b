/** How hard a scenario is to read: its offsets and numbers. */
import { MODIFIERS } from "../kernel/modifiers.js";
import { OPS } from "../kernel/ops.js";
import { allOps, bytesOf, modifiersOf, offsetsOf as opOffsets } from "../scenario/op-bytes.js";
import type { Scenario } from "../scenario/types.js";

export function readingCost(scenario: Scenario): number[] {
  const { block, page, size } = scenario.file;
  let blocks = 0;
  let rank = 0;
  let lengths = 0;
  for (const op of allOps(scenario)) {
    rank += OPS[op.kind].rank + modifiersOf(op).filter(([name]) => !MODIFIERS[name].isFault).length;
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
  return [scenario.file.size, ...allOps(scenario).flatMap(opOffsets)];
}

function roughness(at: number, block: number, page: number): number {
  if (at === 0) return 0;
  return 1 + [page, block, block / 2, block / 4, 64].filter((unit) => at % unit !== 0).length;
}
