/** Pages of 4k with one block each, where that shows the same: with the offsets as they are, or scaled along. */

import type { Run } from "../best-run.js";
import { moveBytes, type ProgramCandidate } from "../edit.js";

const PAGE = 4096;

export function shrinkGeometry({ scenario }: Run): ProgramCandidate[] {
  const { page, block } = scenario.file;
  const shapes = [
    { page: PAGE, block: PAGE, scale: PAGE / block },
    { page: PAGE, block: PAGE, scale: PAGE / page },
    { page: PAGE, block: PAGE, scale: 1 },
    { page: PAGE, block: Math.min(block, PAGE), scale: PAGE / page },
    { page: PAGE, block: Math.min(block, PAGE), scale: 1 },
    { page, block: page, scale: page / block },
    { page, block: Math.min(page, 2 * block), scale: 2 },
    { page, block: Math.min(page, 2 * block), scale: 1 },
  ];
  return shapes.flatMap(({ scale, ...shape }) => {
    if (shape.page === page && shape.block === block) return [];
    const reshaped = { ...scenario, file: { ...scenario.file, ...shape } };
    return moveBytes(reshaped, (at) => Math.round(at * scale));
  });
}
