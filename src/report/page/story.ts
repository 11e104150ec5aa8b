/**
 * A finding told in sentences for somebody who does not know the race: which step took a map, which changed the
 * extent under it, which trusted it all the same, and what came of that.
 */
import type { Finding } from "../../explore/finding/finding.js";
import { EXTENT_NAMES, ExtentType } from "../../kernel/objects/extent-types.js";
import type { OracleName } from "../../kernel/oracle-table.js";
import { opText } from "../../scenario/language/print-ops.js";
import { opNamed } from "../../scenario/op-bytes.js";
import type { Scenario } from "../../scenario/types.js";
import { parseRange, printRange } from "../../scenario/yaml/units.js";
import { losingStep, type Row } from "../rows.js";
import type { StoryLine } from "./finding-model-types.js";

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

/** A step that the story tells of: what it is in a few words, and in a sentence. */
export interface StoryPart {
  readonly step: number;
  readonly tag: string;
  readonly text: string;
}

/** The first step that a cured kernel makes otherwise, and what each does there. */
export interface PartsWay {
  readonly step: number;
  readonly text: string;
  /** Whether it is a step of the same thread in both runs. */
  readonly isOneThread: boolean;
  readonly told: string;
}

export function storyOf(
  scenario: Scenario,
  finding: Finding,
  rows: readonly Row[],
  cured?: PartsWay,
): StoryLine[] {
  const parts = storyParts(scenario, finding, rows);
  const isTold = arrowSteps(finding) !== undefined || losingStep(finding) !== undefined;
  const late = finding.steps === 0 ? "It needs no race: the setup alone shows it." : lateText(finding);
  return [
    ...parts.map(({ step, text }, n) => ({ badge: n + 1, step, text })),
    ...(isTold || strippedAt(finding, rows) !== undefined ? [] : [{ text: late }]),
    ...(cured === undefined
      ? []
      : [{ step: cured.step, text: `is where the cure does otherwise. ${cured.told}` }]),
    { text: outcome(scenario, finding) },
  ];
}

/** The steps without which the failure cannot be understood, in order. */
export function storyParts(scenario: Scenario, finding: Finding, rows: readonly Row[]): StoryPart[] {
  const steps = arrowSteps(finding);
  const { map } = finding;
  if (steps === undefined || map === undefined) return lossOf(scenario, finding, rows);
  const who = (step: number) => rows[step - 1]?.thread ?? "setup";
  const [loaded, changed, used] = steps;
  const believed = `${EXTENT_NAMES[map.cached]} (${MEANING[map.cached]})`;
  const real = `${EXTENT_NAMES[map.actual]} (${MEANING[map.actual]})`;
  return [
    {
      step: loaded,
      tag: "takes the map",
      text: `${who(loaded)} looks the extent up and keeps the answer, a map that says ${believed}.`,
    },
    {
      step: changed,
      tag: "changes the extent",
      text: `${who(changed)} changes the extent meanwhile: now it is ${real}. The map does not follow.`,
    },
    {
      step: used,
      tag: "trusts the old map",
      text: `${who(used)} still trusts its map of ${loaded === 0 ? "the setup" : `step ${loaded}`}${does(rows[used - 1])}.${dropped(rows, loaded, used)}`,
    },
  ];
}

const LOSS: { readonly [O in OracleName]: string } = {
  content: "loses the bytes",
  exposure: "exposes the bytes",
  backing: "leaves dirty data without a block",
  accounting: "reserves the space that stays",
  results: "goes wrong",
  progress: "gets stuck",
  warning: "warns",
};

function lossOf(scenario: Scenario, finding: Finding, rows: readonly Row[]): StoryPart[] {
  const part = (step: number | undefined, tag: string, text: string, after = ""): StoryPart[] => {
    if (step === undefined) return [];
    const row = rows[step - 1];
    return [{ step, tag, text: `${row?.thread ?? "setup"} ${text}${does(row)}.${after}` }];
  };
  const at = losingStep(finding);
  const { oracle } = finding;
  if (oracle === "accounting") return part(at, LOSS[oracle], "reserves space that stays");
  if (oracle === "results") {
    const meets = rows.find(({ calls }) => calls.some(({ notes }) => notes.join().includes(finding.actual)));
    if (meets !== undefined) return part(meets.i, LOSS[oracle], "meets what its call then returns");
  }
  const written = writtenAt(finding, rows);
  const writes = part(written, "writes the bytes", "writes the bytes");
  const bytes = `bytes ${printRange({ from: finding.range[0], to: finding.range[1] })}`;
  const stripped = strippedAt(finding, rows);
  if (stripped !== undefined && written !== undefined) {
    const after =
      " They are still in the page cache, dirty, but writeback finds no block to write them to: they are gone when the page is dropped.";
    const failure = failedBefore(stripped, rows);
    const takes = (whose: string, end: string) =>
      part(
        stripped,
        "takes their space away",
        `takes the space away that was promised to ${whose}`,
        failure + end,
      );
    return stripped < written
      ? [...takes(bytes, ""), ...part(written, "writes the bytes", "writes the bytes all the same", after)]
      : [...writes, ...takes("them", after)];
  }
  const isOfBytes = oracle === "content" || oracle === "exposure";
  const isLeft = isOfBytes && written === undefined && opNamed(scenario, finding.actual) !== undefined;
  const left = isLeft ? writtenAt({ ...finding, expected: finding.actual }, rows) : undefined;
  const stale = rows.findLast(
    ({ i, calls }) => i < (at ?? 0) && i > (written ?? 0) && /<- map says/.test(JSON.stringify(calls)),
  );
  const spoils = isLeft
    ? `lets ${bytes} stand, where zeroes belong`
    : `spoils ${written === undefined ? bytes : "them"}`;
  return [
    ...writes,
    ...part(left, "writes what stays", "writes the bytes that are seen later"),
    ...part(stale?.i, "trusts an old map", "sends them where an old map says, not where they belong"),
    ...part(at, isLeft ? "lets old bytes be seen" : LOSS[oracle], isOfBytes ? spoils : "goes wrong"),
  ];
}

/** A thread that takes space away cleans up after itself: where its call failed. */
function failedBefore(step: number, rows: readonly Row[]): string {
  const thread = rows[step - 1]?.thread;
  const row = rows.findLast(
    ({ i, thread: who, calls }) =>
      i <= step && who === thread && calls.some(({ notes }) => /\bE[A-Z]{3,}\b/.test(notes.join())),
  );
  return row === undefined ? "" : ` It cleans up: its call has failed in step ${row.i}.`;
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

/** The step in which the thread that wrote the data put it into the page cache, when it did so before it was lost. */
function writtenAt({ expected, lostAt, range }: Finding, rows: readonly Row[]): number | undefined {
  const [owner = ""] = expected.split(".");
  const isOfThem = (note: string) => {
    const put = parseRange(/^(?:copies|stores) (\S+)/.exec(note)?.[1] ?? "");
    return "value" in put && put.value.from < range[1] && put.value.to > range[0];
  };
  const puts = ({ thread, i, calls }: Row) =>
    thread === owner && i < lostAt && calls.some(({ notes }) => notes.some(isOfThem));
  return rows.findLast(puts)?.i;
}

/** The step after which dirty data has no space to go to, where it is lost for that at the end. */
function strippedAt(finding: Finding, rows: readonly Row[]): number | undefined {
  const written = writtenAt(finding, rows);
  if (losingStep(finding) !== undefined || written === undefined) return undefined;
  // Where the page could be written already, the space may go before the bytes come.
  const isReady = ({ calls }: Row) => calls.some(({ fn }) => /mkwrite|write_begin/.test(fn));
  const ready = rows.find((row) => isReady(row) && row.thread === rows[written - 1]?.thread)?.i ?? written;
  const punches = ({ i, calls }: Row) =>
    i > ready && calls.some(({ notes }) => notes.some((note) => note.startsWith("punches delalloc")));
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
