/**
 * Whether what a step shows is what an event of a trace shows, and whether what an event says holds. Where the kernel may
 * tell more than the model has (records that run on over pages that no operation touches, ioends that were merged), only
 * what both have counts.
 */
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { Sight } from "../../scenario/observed.js";
import { sameRecord, sameType, sameWritebackMap } from "./matching-maps.js";

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
