/** Whether what an event of a trace says holds where a step stands. */
import { boundaryByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import type { RecordType, Sight } from "../../scenario/observed.js";
import { blockAt, modelEnd, sameRecord, sameType, stretch } from "./matching-maps.js";
import { blockRange, recordAt } from "./step-sights.js";

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
