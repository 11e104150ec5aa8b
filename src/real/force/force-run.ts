/** Runs of the model forced on kernels under QEMU, each as often as asked for, and what the two have in common. */
import { compile } from "../../scenario/compile.js";
import type { Scenario } from "../../scenario/types.js";
import { type Parting, partings } from "../walk/compare-run.js";
import type { EndState, Run } from "./forced-moves.js";
import type { ForcedPlan } from "./plan-text.js";
import { type Allowance, type DirectedRun, losesData } from "./play-directed.js";
import type { GuestHook } from "./play-files.js";
import type { PlayedOnGuest } from "./read-play.js";
import type { PlayedPlan } from "./read-played.js";

export type ForcedVerdict = "right" | "lost" | "not reached";

/** Bytes that hold what they may not, and what that is; the data of the n-th operation that has some is n. */
export interface Lost {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** Through the page cache, or after everything was written back and evicted. */
  readonly where: "cached" | "on disk";
}

/** A run that is to be forced. */
export interface ToForce {
  readonly name: string;
  readonly run: DirectedRun;
}

/** A run on a kernel, as often as it was made. */
export interface ForcedOutcome {
  readonly name: string;
  readonly scenario: Scenario;
  /** Of the operations that put data into the file: byte n is the data of the n-th. */
  readonly dataNames: readonly string[];
  readonly run: DirectedRun;
  readonly expected: "right" | "lost";
  readonly verdicts: readonly ForcedVerdict[];
  /** How many of them did all that the model did. */
  readonly agreed: number;
  /** Of the first run: what it did, and the first thing in which one of the runs parted from the model. */
  readonly played: PlayedPlan | undefined;
  readonly parting: Parting | undefined;
  readonly lost: { readonly model: readonly Lost[]; readonly kernel: readonly Lost[] };
  readonly problem: string | undefined;
}

export interface ForcedBoot {
  readonly outcomes: readonly ForcedOutcome[];
  /** What the guest's kernel said of itself: nothing is to be believed then. */
  readonly trouble: readonly string[];
}

/** Plays plans of one model, with its hooks. */
export type PlayPlans = (plans: readonly ForcedPlan[], hooks: readonly GuestHook[]) => Promise<PlayedOnGuest>;

/** All runs are of the same model; the kernel gets the points of them all. */
export async function forceRuns(
  asked: readonly ToForce[],
  repeat: number,
  play: PlayPlans,
): Promise<ForcedBoot> {
  const plans = asked.flatMap(({ name, run }, i) =>
    Array.from({ length: repeat }, (_, n) => ({ name: `${i}-${n}-${wordOf(name)}`, ...run })),
  );
  const hooks = new Map(asked.flatMap(({ run }) => run.points.hooks.map((hook) => [hook.fn, hook])));
  const { played, trouble, problem } = await play(plans, [...hooks.values()]);
  const outcomes = asked.map(({ name, run }, i) =>
    outcomeOf(name, run, played.slice(i * repeat, (i + 1) * repeat), problem),
  );
  return { outcomes, trouble };
}

const wordOf = (name: string): string => name.replace(/[^\w.-]/g, "-").slice(0, 60);

/** What the runs of one plan amount to. */
export function outcomeOf(
  name: string,
  run: DirectedRun,
  played: readonly (PlayedPlan | undefined)[],
  problem: string | undefined,
): ForcedOutcome {
  const parted = played.map((one) => (one === undefined ? undefined : partingOf(run, one)));
  const first = played[0];
  return {
    name,
    scenario: run.scenario,
    dataNames: compile(run.scenario).dataNames,
    run,
    expected: losesData(run) ? "lost" : "right",
    verdicts: played.map((one, i) => verdictOf(run, one, parted[i])),
    agreed: played.filter(
      (one, i) => one?.end !== undefined && one.problem === undefined && parted[i] === undefined,
    ).length,
    played: first,
    parting: parted.find((one) => one !== undefined),
    lost: { model: lostIn(run.end, run.allowed), kernel: first?.end ? lostIn(first.end, run.allowed) : [] },
    problem: played.map((one) => one?.problem ?? (one === undefined ? problem : undefined)).find(Boolean),
  };
}

function partingOf(run: DirectedRun, played: PlayedPlan): Parting | undefined {
  const [first] = partings(run, played);
  if (first !== undefined) return first;
  for (const [key, runs] of run.saw) {
    const theirs = played.saw.get(key) ?? [];
    if (JSON.stringify(runs) !== JSON.stringify(theirs) && !runs.some(([, value]) => value < 0))
      return {
        aspect: "cached",
        at: run.moves.length,
        what: `what ${key} saw`,
        model: seenText(runs),
        kernel: seenText(theirs),
      };
  }
  return undefined;
}

const seenText = (runs: readonly Run[]): string =>
  runs.map(([count, value]) => `${count} of ${value}`).join(", ");

/** A run that parted from the model in a step has not made the schedule that was asked for. */
function verdictOf(
  run: DirectedRun,
  played: PlayedPlan | undefined,
  parting: Parting | undefined,
): ForcedVerdict {
  if (played?.end === undefined || played.problem !== undefined || parting?.aspect === "steps")
    return "not reached";
  if (lostIn(played.end, run.allowed).length > 0) return "lost";
  // Loads that saw what they may not: as the model's did, where they agree.
  return losesData(run) && lostIn(run.end, run.allowed).length === 0 && parting === undefined
    ? "lost"
    : "right";
}

/** The bytes of an end that hold what they may not. */
export function lostIn(end: EndState, allowed: readonly Allowance[]): Lost[] {
  const found: Lost[] = [];
  for (const [where, runs] of [
    ["cached", end.cached],
    ["on disk", end.onDisk],
  ] as const) {
    let at = 0;
    for (const [count, value] of runs) {
      for (const { from, to, values } of allowed) {
        const [start, stop] = [Math.max(at, from), Math.min(at + count, to)];
        if (start >= stop || value < 0 || values === "any" || values.includes(value)) continue;
        const last = found.at(-1);
        if (last?.to === start && last.value === value && last.where === where)
          found[found.length - 1] = { ...last, to: stop };
        else found.push({ from: start, to: stop, value, where });
      }
      at += count;
    }
  }
  return found;
}
