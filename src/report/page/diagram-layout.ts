/**
 * Where everything of a space-time diagram goes, in pixels: a lane per thread, a row per step, and beside them, with
 * time running down as well, what extents, page cache and disk hold after each step.
 */

import type { Span } from "../../explore/finding/film.js";
import { wrap } from "../style.js";
import type { RunModel, StepModel } from "./finding-model-types.js";
import type { BandName } from "./seen.js";

/** Of a letter of the diagram's fixed-width type. */
const LETTER = 6.65;
export const LINE = 14;
const PADDING = 7;
const ROW_GAP = 7;
const GUTTER = 22;
const NUMBERS = 38;
const HEAD = 40;
const FIRST_ROW = 24;
const BAND = 132;
const BAND_GAP = 12;
const WIDEST_LANE = 236;
const NARROWEST_LANE = 140;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Text {
  readonly text: string;
  readonly look: "fn" | "note" | "op" | "tag";
}
export interface RowLayout extends Box {
  readonly step: StepModel;
  readonly lines: readonly Text[];
}
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly (Box & { readonly name: string })[];
  readonly rows: readonly RowLayout[];
  /** Per frame, from the one before the first step on: from where to where it is what there is. */
  readonly times: readonly { readonly y: number; readonly height: number }[];
  /** Left edges of extents, page cache and disk; none where they are left out. */
  readonly bands: readonly (Box & { readonly name: BandName })[];
  /** Lines of the arrow from each part of the race to the next. */
  readonly arrows: readonly string[];
}

export function layOut(run: RunModel, hasBands: boolean): Layout {
  let x = NUMBERS;
  const placed = run.lanes.map((name) => {
    const width = laneWidth(run, name);
    const lane = { name, x: x + GUTTER, width };
    x += width + GUTTER;
    return lane;
  });
  x += GUTTER;
  const bands = (["extents", "cache", "disk"] as const)
    .filter(() => hasBands)
    .map((name, n) => ({ name, x: x + n * (BAND + BAND_GAP), y: HEAD, width: BAND, height: 0 }));
  let y = HEAD + FIRST_ROW;
  const rows = run.steps.map((step): RowLayout => {
    const lane = placed.find(({ name }) => name === step.lane) ?? { x: NUMBERS, width: NARROWEST_LANE };
    const lines = linesOf(step, Math.floor((lane.width - 2 * PADDING) / LETTER));
    const height = lines.length * LINE + 2 * PADDING - 2;
    const row = { step, lines, x: lane.x, y, width: lane.width, height };
    y += height + ROW_GAP;
    return row;
  });
  const height = y + 4;
  return {
    width: x + bands.length * (BAND + BAND_GAP) + 4,
    height,
    lanes: placed.map((lane) => ({ ...lane, y: HEAD, height: height - HEAD })),
    rows,
    times: [
      { y: HEAD, height: FIRST_ROW - ROW_GAP / 2 },
      ...rows.map((row) => ({ y: row.y - ROW_GAP / 2, height: row.height + ROW_GAP })),
    ],
    bands: bands.map((band) => ({ ...band, height: y - HEAD - ROW_GAP / 2 })),
    arrows: arrowsOf(rows),
  };
}

/** As wide as its longest function name, within reason. */
function laneWidth({ steps }: RunModel, name: string): number {
  const calls = steps.filter(({ lane }) => lane === name).flatMap((step) => step.calls);
  const longest = Math.max(name.length, ...calls.map(({ fn }) => fn.length));
  return Math.min(WIDEST_LANE, Math.max(NARROWEST_LANE, longest * LETTER + 2 * PADDING));
}

function linesOf({ part, need, begins, calls }: StepModel, room: number): Text[] {
  const lines: Text[] = [];
  const add = (look: Text["look"], text: string, indent = "") => {
    for (const line of wrap(text, room, indent)) lines.push({ look, text: line });
  };
  if (part !== undefined) add("tag", `(${part.badge}) ${part.tag}`);
  if (need !== undefined) add("tag", need, "  ");
  if (begins !== undefined) add("op", begins);
  for (const { fn, notes } of calls) {
    add("fn", fn, "  ");
    for (const note of notes) add("note", note, "  ");
  }
  return lines;
}

/** Each arrow leaves its box sideways, runs down between two lanes, where there are no boxes, and enters sideways. */
function arrowsOf(rows: readonly RowLayout[]): string[] {
  const parts = rows
    .filter(({ step }) => step.part !== undefined)
    .toSorted((a, b) => (a.step.part?.badge ?? 0) - (b.step.part?.badge ?? 0));
  return parts.slice(1).map((to, n) => {
    const from = parts[n] ?? to;
    const isRightward = to.x > from.x;
    const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
    const start = isRightward ? from.x + from.width : from.x;
    const gutter = isRightward ? start + GUTTER / 2 : start - GUTTER / 2;
    const end = to.x < from.x ? to.x + to.width : to.x;
    const tip = to.x < from.x ? end + 3 : end - 3;
    return `M${round(start)} ${round(y1)}H${round(gutter)}V${round(y2)}H${round(tip)}`;
  });
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

/** Whether bytes that are wrong show in some strip: what is lost for want of space is right in the page cache to the end. */
export function isLossDrawn(run: RunModel): boolean {
  return run.frames.some((_, n) =>
    (["extents", "cache", "disk"] as const).some((band) => lostIn(run, band, n).length > 0),
  );
}

/** The pieces of a strip that are wrong in the frame after step `n`. */
export function lostIn({ lost, frames }: RunModel, band: BandName, n: number): Span[] {
  if (lost === undefined || n < lost.step || (lost.band === "extents") !== (band === "extents")) return [];
  const spans = frames[n]?.[band] ?? [];
  return spans
    .filter(({ from, to, value }) => from < lost.to && to > lost.from && value !== lost.wanted)
    .map(({ from, to, value }) => ({ from: Math.max(from, lost.from), to: Math.min(to, lost.to), value }));
}
