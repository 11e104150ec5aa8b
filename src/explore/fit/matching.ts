/**
 * Whether what a step shows is what an event of a trace shows, and whether what an event says holds. Where the kernel may
 * tell more than the model has (records that run on over pages that no operation touches, ioends that were merged), only
 * what both have counts.
 */
import { boundaryByte, type Geometry } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import type { RecordType, Sight } from "../../scenario/observed.js";
import { blockRange, recordAt } from "./step-sights.js";

/** Ranges agree, but for what the kernel's has over pages between those that operations name. */
function sameRecord(
  k: Kernel,
  seen: { readonly from: number; readonly to: number },
  ours: { readonly from: number; readonly to: number },
): boolean {
  if (ours.to < 0) return seen.from === ours.from;
  const { from, to } = stretch(k, ours.from);
  const start = ours.from === from ? seen.from <= from : seen.from === ours.from;
  return start && (ours.to === to && to < modelEnd(k) ? seen.to >= to : seen.to === ours.to);
}

const modelEnd = ({ g }: Kernel): number => g.cellEnd[g.cells - 1]!;

/** The bytes in a row that the model has around `at`. */
function stretch({ g }: Kernel, at: number): { from: number; to: number } {
  const block = blockAt(g, at);
  let first = block;
  while (g.gapBefore[first] === 0) first--;
  let last = block + 1;
  while (last < g.blocks && g.gapBefore[last] === 0) last++;
  return { from: g.cellStart[g.blockCell[first]!]!, to: boundaryByte(g, g.blockCell[last]!) };
}

/** The last block that starts at or before a byte. */
function blockAt(g: Geometry, at: number): number {
  let block = 0;
  while (block + 1 < g.blocks && g.cellStart[g.blockCell[block + 1]!]! <= at) block++;
  return block;
}

const sameType = (seen: RecordType, ours: RecordType): boolean =>
  seen === ours || (seen === "allocated" && (ours === "unwritten" || ours === "written"));

type WritebackMap = Extract<Sight, { what: "writeback map" }>;

/** Allocation tells of the record as it was looked up; a hole begins where it was asked for. */
function sameWritebackMap(k: Kernel, seen: WritebackMap, ours: WritebackMap): boolean {
  if (ours.isNew) return seen.from <= seen.at && seen.at < seen.to;
  if (!sameType(seen.type, ours.type)) return false;
  return ours.type === "hole" ? seen.from === seen.at : sameRecord(k, seen, ours);
}

/** `part`: the event goes on, for the next step to show more of it. */
export type Match = "whole" | "part" | undefined;

export function matchSight(k: Kernel, seen: Sight, ours: Sight): Match {
  const is = (ok: boolean): Match => (ok ? "whole" : undefined);
  if (seen.what === "map" && ours.what === "map")
    return is(
      seen.isNew === ours.isNew &&
        seen.at === ours.at &&
        (ours.end < 0 || seen.end === ours.end) &&
        sameType(seen.type, ours.type) &&
        sameRecord(k, seen, ours),
    );
  if (seen.what === "writeback map" && ours.what === "writeback map")
    return is(seen.isNew === ours.isNew && seen.at === ours.at && sameWritebackMap(k, seen, ours));
  if (
    (seen.what === "conversion" && ours.what === "conversion") ||
    (seen.what === "writeback of" && ours.what === "writeback of")
  ) {
    const to = Math.ceil(seen.to / k.g.blockSize) * k.g.blockSize;
    if (ours.from < seen.from || ours.to > to) return undefined;
    // Folios of one page are those of the kernel.
    if (seen.what === "writeback of" && !k.fixes.writeLargeFolios && !k.fixes.dirtyPerBlock)
      return is(ours.from === seen.from && ours.to === to);
    return ours.to === to ? "whole" : "part";
  }
  if (seen.what === "stale map" && ours.what === "stale map") return is(sameRecord(k, seen, ours));
  if (
    (seen.what === "page added" || seen.what === "page dropped" || seen.what === "no space") &&
    seen.what === ours.what
  )
    return is(seen.at === ours.at);
  return undefined;
}

export function isStatement({ what }: Sight): boolean {
  return what === "disk size" || what === "file size" || what === "extent" || what === "size to disk";
}

/** Whether what an event says holds now; `t` is its thread. */
export function holds(k: Kernel, sight: Sight, t: Thread | undefined): boolean {
  const size = boundaryByte(k.g, k.diskSize);
  if (sight.what === "disk size") return sight.size === size || isClipped(k, sight.size, size);
  if (sight.what === "file size") return sight.size === boundaryByte(k.g, k.isize);
  if (sight.what === "size to disk") return size >= Math.min(sight.to, boundaryByte(k.g, k.isize));
  if (sight.what !== "extent") return false;
  if (sight.isMapped && t !== undefined && t.mapEnd > 0) return holdsMap(k, sight, t);
  const block = blockAt(k.g, sight.at);
  // Of pages that no operation names the model has nothing to say.
  if (blockRange(k, block, block + 1).to <= sight.at) return true;
  const { from, to, type } = recordAt(k, block);
  if (!sameType(sight.type, type)) return false;
  if (type === "hole") return true;
  if (sight.isMapped) return sameRecord(k, sight, { from, to });
  return (
    sight.from >= Math.min(from, stretch(k, from).from) &&
    (sight.to <= to || (to === stretch(k, from).to && to < modelEnd(k)))
  );
}

/**
 * 6.18 clips what it writes to EOF as it is then, so that EOF has gone on when it is done; the model's i/o ends
 * with its block.
 */
function isClipped({ g }: Kernel, seen: number, ours: number): boolean {
  return seen < ours && ours - seen < g.blockSize && ours % g.blockSize === 0;
}

/** Whether the thread holds the map; a new reservation may have become one with its neighbours. */
function holdsMap(k: Kernel, seen: Extract<Sight, { what: "extent" }>, t: Thread): boolean {
  const map = blockRange(k, t.mapStart, t.mapEnd);
  if (!sameType(seen.type, EXTENT_NAMES[t.mapType]!.toLowerCase() as RecordType)) return false;
  return seen.type === "delalloc" ? seen.from <= map.from && map.to <= seen.to : sameRecord(k, seen, map);
}

/** A sight in words. */
export function sightText(sight: Sight): string {
  switch (sight.what) {
    case "map":
      return `${sight.isNew ? "a new" : "the"} ${sight.type} record ${sight.from}..${sight.to} as map at ${sight.at}`;
    case "writeback map":
      return `${sight.isNew ? "allocation for" : "a map for"} writeback at ${sight.at}, of ${sight.from}..${sight.to}`;
    case "page added":
    case "page dropped":
      return `${sight.what} at ${sight.at}`;
    case "no space":
      return `no space for ${sight.at}`;
    case "disk size":
      return `a size of ${sight.size} on disk`;
    case "file size":
      return `a size of ${sight.size}`;
    case "size to disk":
      return `the size going to disk up to ${sight.to}`;
    case "extent":
      return `${sight.from}..${sight.to} ${sight.type}`;
    default:
      return `${sight.what} ${sight.from}..${sight.to}`;
  }
}
