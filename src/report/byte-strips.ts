/**
 * What the bytes are after each step, a letter per cell: extents, page cache, disk. Beside the lanes of a wide terminal.
 */
import type { Film, Frame, Span } from "../explore/finding/film.js";
import type { Scenario } from "../scenario/types.js";
import { originsOf } from "./page/data-origins.js";
import { type BandName, seen } from "./page/seen.js";

/** More cells than this are no picture. */
const MOST_CELLS = 16;
const BANDS: readonly (readonly [band: BandName, head: string])[] = [
  ["extents", "extents"],
  ["cache", "cache"],
  ["disk", "disk"],
];

export interface ByteStrips {
  readonly width: number;
  readonly heads: string;
  /** After a step, 0 before the first. */
  readonly after: (step: number) => string;
  readonly legend: string;
}

/** Undefined where there is no film, or too much in it. */
export function byteStrips(scenario: Scenario, film: Film | undefined): ByteStrips | undefined {
  if (film === undefined || film.cells.length > MOST_CELLS) return undefined;
  const origins = originsOf(scenario, [film]);
  const { cells, frames } = film;
  const widths = BANDS.map(([, head]) => Math.max(head.length, cells.length));
  const joined = (texts: readonly string[]) => texts.map((text, n) => text.padEnd(widths[n] ?? 0)).join("  ");
  const letters = (band: BandName, spans: readonly Span[]) =>
    cells.map(([from, to]) => {
      const span = spans.find((one) => one.from < to && from < one.to);
      return span === undefined ? "." : seen(band, span, origins).letter.slice(0, 1);
    });
  const strip = (frame: Frame) => joined(BANDS.map(([band]) => letters(band, frame[band]).join("")));
  return {
    width: widths.reduce((n, width) => n + width, 2 * (BANDS.length - 1)),
    heads: joined(BANDS.map(([, head]) => head)),
    after: (step) => {
      const frame = frames[Math.min(step, frames.length - 1)];
      return frame === undefined ? "" : strip(frame).trimEnd();
    },
    legend: [
      "extents: - hole, D delalloc, U unwritten, W written; bytes: . none",
      ...origins.map(({ letter, text }) => `${letter} ${text}`),
    ].join("; "),
  };
}
