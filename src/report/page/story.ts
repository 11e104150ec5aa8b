/**
 * A finding told in sentences for somebody who does not know the race: which step took a map, which changed the
 * extent under it, which trusted it all the same, and what came of that.
 */
import type { Finding } from "../../explore/finding/finding.js";
import { EXTENT_NAMES, ExtentType } from "../../kernel/objects/extent-types.js";
import { opText } from "../../scenario/language/print.js";
import { opNamed } from "../../scenario/op-bytes.js";
import type { Scenario } from "../../scenario/types.js";
import { printRange } from "../../scenario/yaml/units.js";
import { losingStep, type Row } from "../rows.js";
import type { StoryLine } from "./model.js";

const MEANING: { readonly [type: number]: string } = {
  [ExtentType.HOLE]: "no block is there",
  [ExtentType.DELALLOC]: "space is promised, no block is chosen yet",
  [ExtentType.UNWRITTEN]: "a block is there that was never written, so it reads as zeroes",
  [ExtentType.WRITTEN]: "the block holds data",
};

/** The steps that the arrow joins, in order: took the map, changed the extent, trusted the map. */
export function arrowSteps({ map }: Finding): readonly [number, number, number] | undefined {
  if (map === undefined || map.cached === map.actual || map.changedAt <= map.loadedAt) return undefined;
  return [map.loadedAt, map.changedAt, map.usedAt];
}

export function storyOf(scenario: Scenario, finding: Finding, rows: readonly Row[]): StoryLine[] {
  return [...raceOf(finding, rows), { text: outcome(scenario, finding) }];
}

function raceOf(finding: Finding, rows: readonly Row[]): StoryLine[] {
  const steps = arrowSteps(finding);
  const { map } = finding;
  const who = (step: number) => rows[step - 1]?.thread ?? "setup";
  if (steps === undefined || map === undefined) return lossOf(finding, rows);
  const [loaded, changed, used] = steps;
  const believed = `${EXTENT_NAMES[map.cached]} (${MEANING[map.cached]})`;
  const real = `${EXTENT_NAMES[map.actual]} (${MEANING[map.actual]})`;
  return [
    {
      badge: 1,
      step: loaded,
      text: `${who(loaded)} looks the extent up and keeps the answer, a map that says ${believed}.`,
    },
    {
      badge: 2,
      step: changed,
      text: `${who(changed)} changes the extent meanwhile: now it is ${real}. The map does not follow.`,
    },
    {
      badge: 3,
      step: used,
      text: `${who(used)} still trusts its map of ${loaded === 0 ? "the setup" : `step ${loaded}`}${does(rows[used - 1])}.${dropped(rows, loaded, used)}`,
    },
  ];
}

function lossOf(finding: Finding, rows: readonly Row[]): StoryLine[] {
  const at = losingStep(finding);
  const written = writtenAt(finding, rows);
  const writes: StoryLine[] =
    written === undefined
      ? []
      : [
          {
            badge: 1,
            step: written,
            text: `${rows[written - 1]?.thread} writes the bytes${does(rows[written - 1])}.`,
          },
        ];
  const stripped = strippedAt(finding, rows);
  if (stripped !== undefined)
    return [
      ...writes,
      {
        badge: 2,
        step: stripped,
        text: `${rows[stripped - 1]?.thread} takes the space away that was promised to them${does(rows[stripped - 1])}. They are still in the page cache, dirty, but writeback finds no block to write them to: they are gone when the page is dropped.`,
      },
    ];
  if (at === undefined) {
    return [
      ...writes,
      { text: finding.steps === 0 ? "It needs no race: the setup alone shows it." : lateText(finding) },
    ];
  }
  const row = rows[at - 1];
  const what = does(row);
  const who = row?.thread ?? "setup";
  if (finding.oracle === "accounting")
    return [{ badge: 1, step: at, text: `${who} reserves space that stays${what}.` }];
  return [
    ...writes,
    {
      badge: writes.length + 1,
      step: at,
      text: `${who} ${isOfBytes(finding) ? "spoils them" : "goes wrong"}${what}.`,
    },
  ];
}

/** Where a page went out of the page cache in between: only then does a write look at its map, and not at the page. */
function dropped(rows: readonly Row[], after: number, before: number): string {
  const row = rows.findLast(
    ({ i, calls }) =>
      i > after &&
      i < before &&
      calls.some(({ notes }) => notes.some((note) => note.startsWith("drops page"))),
  );
  return row === undefined
    ? ""
    : ` The page is not there to show it: ${row.thread} dropped it in step ${row.i}.`;
}

function isOfBytes({ oracle }: Finding): boolean {
  return oracle === "content" || oracle === "exposure";
}

/** The step in which the thread that wrote the data put it into the page cache, when it did so before it was lost. */
export function writtenAt({ expected, lostAt }: Finding, rows: readonly Row[]): number | undefined {
  const [owner = ""] = expected.split(".");
  const puts = ({ thread, i, calls }: Row) =>
    thread === owner &&
    i < lostAt &&
    calls.some(({ notes }) => notes.some((note) => /^(copies|stores) /.test(note)));
  return rows.findLast(puts)?.i;
}

/** The step after which dirty data has no space to go to, where it is lost for that at the end. */
export function strippedAt(finding: Finding, rows: readonly Row[]): number | undefined {
  const written = writtenAt(finding, rows);
  if (losingStep(finding) !== undefined || written === undefined) return undefined;
  const punches = ({ i, calls }: Row) =>
    i > written && calls.some(({ notes }) => notes.some((note) => note.startsWith("punches delalloc")));
  return rows.findLast(punches)?.i;
}

function lateText({ lostAt }: Finding): string {
  return lostAt === 0 ? "It is so from the setup on." : "It shows in the check at the end of the run.";
}

/** `: iomap_zero_range zeroes 10k..12k`. */
function does(row: Row | undefined): string {
  const words = (row?.calls ?? []).map(({ fn, notes }) =>
    [fn, notes.join("; ").replace(/ <- .*/, "")].join(" ").trim(),
  );
  return words.length === 0 ? "" : `: ${words.slice(0, 2).join(", then ")}`;
}

function outcome(scenario: Scenario, { oracle, range, expected, actual }: Finding): string {
  const [from, to] = range;
  const bytes = `bytes ${printRange({ from, to })}`;
  const op = opNamed(scenario, expected);
  const wanted = op === undefined ? expected : `what ${expected} wrote (${opText(op)})`;
  switch (oracle) {
    case "content":
    case "exposure":
      return `In the end ${bytes} should hold ${wanted} and hold ${held(scenario, actual)}.`;
    case "backing":
      return `In the end ${bytes} are dirty in the page cache and no block stands behind them: they cannot be written.`;
    case "accounting":
      return "In the end a reservation of space is left that nothing will ever use or give back.";
    case "results":
      return `A call returns ${actual} where it should give ${expected}.`;
    case "progress":
      return `In the end there is ${actual} instead of ${expected}.`;
    case "warning":
      return "The kernel prints a warning: it meets what it takes for impossible, and goes on.";
  }
}

function held(scenario: Scenario, actual: string): string {
  const op = opNamed(scenario, actual);
  if (op !== undefined) return `what ${actual} wrote (${opText(op)})`;
  return actual === "zero" ? "zeroes" : actual;
}
