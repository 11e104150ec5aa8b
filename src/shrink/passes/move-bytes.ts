/** The same program elsewhere in the file: pages and blocks cut out so that all moves towards 0, offsets moved to
 * rounder ones or onto each other, and a smaller file. */

import { OPS } from "../../kernel/ops.js";
import type { Run } from "../best-run.js";
import { moveBytes, type ProgramCandidate } from "../edit.js";
import { offsetsOf } from "../reading-cost.js";

/** Pages and blocks tried. */
const MOST = 64;

export function cutOut({ scenario }: Run): ProgramCandidate[] {
  const { page, block } = scenario.file;
  const end = Math.max(...offsetsOf(scenario));
  return [...new Set([page, block])].flatMap((unit) =>
    Array.from({ length: Math.min(MOST, Math.ceil(end / unit)) }, (_, i) => i * unit).flatMap((from) =>
      moveBytes(scenario, (at) => (at <= from ? at : Math.max(from, at - unit))),
    ),
  );
}

export function roundOffsets({ scenario }: Run): ProgramCandidate[] {
  const { page, block } = scenario.file;
  const offsets = [...new Set(offsetsOf(scenario))].sort((a, b) => b - a);
  return offsets.flatMap((at, i) => {
    const near = [page, block, block / 2, block / 4].flatMap((unit) => [
      Math.floor(at / unit) * unit,
      Math.ceil(at / unit) * unit,
    ]);
    const targets = new Set([0, ...near, ...offsets.slice(i + 1, i + 2), ...offsets.slice(0, i).slice(-1)]);
    targets.delete(at);
    return [...targets].flatMap((to) => moveBytes(scenario, (o) => (o === at ? to : o)));
  });
}

export function shrinkFile({ scenario }: Run): ProgramCandidate[] {
  const { size, block } = scenario.file;
  const sizes = new Set(
    [0, ...offsetsOf(scenario), Math.floor(size / block) * block].filter((s) => s !== size),
  );
  const resized = [...sizes].map((to) => ({
    scenario: { ...scenario, file: { ...scenario.file, size: to } },
  }));
  const truncated = scenario.setup.flatMap((op, i) => {
    if (OPS[op.kind].takes !== "size") return [];
    const setup = scenario.setup.filter((_, j) => j !== i);
    return [{ scenario: { ...scenario, setup, file: { ...scenario.file, size: op.to } } }];
  });
  return [...truncated, ...resized.sort((a, b) => a.scenario.file.size - b.scenario.file.size)];
}
