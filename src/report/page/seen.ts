/**
 * How bytes of one value are shown, in a strip of extents, of page cache or of disk.
 */
import type { Span } from "../../explore/finding/film.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import type { Origin } from "./finding-model-types.js";

export type BandName = "extents" | "cache" | "disk";

/** A colour of the page, a letter, and a word where there is room. */
export function seen(
  band: BandName,
  { value }: Span,
  origins: readonly Origin[],
): { look: string; letter: string; word: string } {
  if (band === "extents") {
    const word = EXTENT_NAMES[value] ?? "";
    return {
      look: word.toLowerCase(),
      letter: value === 0 ? "-" : word.slice(0, 1),
      word: value === 0 ? "hole" : word.toLowerCase(),
    };
  }
  const origin = origins.find((one) => one.value === value);
  return { look: origin?.look ?? "", letter: origin?.letter ?? "", word: origin?.letter ?? "" };
}
