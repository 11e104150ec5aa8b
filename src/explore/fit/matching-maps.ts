/** Whether maps and extents of a step and of an event are the same, as far as both have them. */
import { boundaryByte, type Geometry } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { RecordType, Sight } from "../../scenario/observed.js";

/** Ranges agree, but for what the kernel's has over pages between those that operations name. */
export function sameRecord(
  k: Kernel,
  seen: { readonly from: number; readonly to: number },
  ours: { readonly from: number; readonly to: number },
): boolean {
  if (ours.to < 0) return seen.from === ours.from;
  const { from, to } = stretch(k, ours.from);
  const start = ours.from === from ? seen.from <= from : seen.from === ours.from;
  return start && (ours.to === to && to < modelEnd(k) ? seen.to >= to : seen.to === ours.to);
}

export const modelEnd = ({ g }: Kernel): number => g.cellEnd[g.cells - 1]!;

/** The bytes in a row that the model has around `at`. */
export function stretch({ g }: Kernel, at: number): { from: number; to: number } {
  const block = blockAt(g, at);
  let first = block;
  while (g.gapBefore[first] === 0) first--;
  let last = block + 1;
  while (last < g.blocks && g.gapBefore[last] === 0) last++;
  return { from: g.cellStart[g.blockCell[first]!]!, to: boundaryByte(g, g.blockCell[last]!) };
}

/** The last block that starts at or before a byte. */
export function blockAt(g: Geometry, at: number): number {
  let block = 0;
  while (block + 1 < g.blocks && g.cellStart[g.blockCell[block + 1]!]! <= at) block++;
  return block;
}

export const sameType = (seen: RecordType, ours: RecordType): boolean =>
  seen === ours || (seen === "allocated" && (ours === "unwritten" || ours === "written"));

type WritebackMap = Extract<Sight, { what: "writeback map" }>;

/** Allocation tells of the record as it was looked up; a hole begins where it was asked for. */
export function sameWritebackMap(k: Kernel, seen: WritebackMap, ours: WritebackMap): boolean {
  if (ours.isNew) return seen.from <= seen.at && seen.at < seen.to;
  if (!sameType(seen.type, ours.type)) return false;
  return ours.type === "hole" ? seen.from === seen.at : sameRecord(k, seen, ours);
}
