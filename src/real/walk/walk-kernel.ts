/**
 * A walk: random runs, each made on a kernel's model and, in the same order, on the kernel, and compared. What
 * disagrees is shrunk, one of each kind.
 */
import {
  isSentApart,
  type KernelRun,
  type Parting,
  partings,
  WALK_ASPECTS,
  type WalkAspect,
} from "./compare-run.js";
import { drawRun } from "./draw-run.js";
import { type Parted, shrinkWalk } from "./shrink-walk.js";
import type { Ground, LeftOut, WalkedRun } from "./walked-run.js";

/** What became of a run on a kernel; a problem says why there is nothing to compare. */
export type KernelAnswer = KernelRun | { readonly problem: string };

/** Plays runs on a kernel, all in one boot. */
export type Guest = (runs: readonly WalkedRun[]) => Promise<readonly KernelAnswer[]>;

export interface WalkOptions {
  readonly ground: Ground;
  readonly guest: Guest;
  readonly seed: string;
  readonly runs: number;
  /** Runs of a boot. */
  readonly perBoot: number;
  /** Kinds of disagreement that are shrunk, each one once. */
  readonly shrinks: number;
  /** Hears how far it is. */
  readonly onBoot?: (done: number) => void;
}

/** A run on which the two part, as it was drawn and as small as it got. */
export interface Disagreement extends Parted {
  /** Its number in the seed; with it and the same options the walk draws it again. */
  readonly n: number;
  readonly kernel: KernelRun;
  /** Runs of the walk that part in the same way, this one too. */
  readonly alike: number;
  readonly isShrunk: boolean;
}

export interface Walked {
  readonly runs: number;
  readonly moves: number;
  /** Runs that agree, by aspect; runs with a problem count for none. */
  readonly agree: Readonly<Record<WalkAspect, number>>;
  readonly disagreements: readonly Disagreement[];
  /** Runs that could not be compared, with why. */
  readonly problems: readonly { readonly n: number; readonly problem: string }[];
  /** Runs whose data lay elsewhere on disk than the model's, and went there in other pieces: they count neither way. */
  readonly apart: number;
  /** Numbers for which nothing was drawn that can be forced. */
  readonly undrawn: number;
  /** Programs that were drawn before and left out, by why. */
  readonly leftOut: Readonly<Record<string, number>>;
}

interface Found extends Parted {
  readonly n: number;
  readonly kernel: KernelRun;
}

export async function walk(options: WalkOptions): Promise<Walked> {
  const { ground, guest, seed, runs: count, perBoot, shrinks, onBoot } = options;
  const agree = Object.fromEntries(WALK_ASPECTS.map((aspect) => [aspect, 0])) as Record<WalkAspect, number>;
  const problems: { n: number; problem: string }[] = [];
  const found: Found[] = [];
  let compared = 0;
  let moves = 0;
  let undrawn = 0;
  let apart = 0;
  const leftOut: Record<string, number> = {};
  const countOut = (why: LeftOut): void => {
    leftOut[why] = (leftOut[why] ?? 0) + 1;
  };
  for (let from = 0; from < count; from += perBoot) {
    const numbers = Array.from({ length: Math.min(perBoot, count - from) }, (_, i) => from + i);
    const drawn = numbers.flatMap((n) => {
      const run = drawRun(ground, seed, n, countOut);
      return run === undefined ? [] : [{ n, run }];
    });
    undrawn += numbers.length - drawn.length;
    const answers = await guest(drawn.map(({ run }) => run));
    for (const [i, { n, run }] of drawn.entries()) {
      const answer = answers[i] ?? { problem: "the kernel did not get to it" };
      if ("problem" in answer) {
        problems.push({ n, problem: answer.problem });
        continue;
      }
      if (isSentApart(run, answer)) {
        apart++;
        continue;
      }
      compared++;
      moves += run.moves.length;
      const [first, ...others] = partings(run, answer);
      const aspects = new Set([first, ...others].map((parting) => parting?.aspect));
      for (const aspect of WALK_ASPECTS) if (!aspects.has(aspect)) agree[aspect]++;
      if (first !== undefined) found.push({ n, run, partings: [first, ...others], kernel: answer });
    }
    onBoot?.(from + numbers.length);
  }
  const disagreements = await oneOfEachKind(ground, guest, found, shrinks);
  return { runs: compared, moves, agree, disagreements, problems, apart, undrawn, leftOut };
}

/** The smallest of each kind; as many as are to be shrunk are. */
async function oneOfEachKind(
  ground: Ground,
  guest: Guest,
  found: readonly Found[],
  shrinks: number,
): Promise<Disagreement[]> {
  const kinds = new Map<string, Found[]>();
  for (const one of found) {
    const kind = kindOf(one.partings[0]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const disagreements: Disagreement[] = [];
  for (const alike of kinds.values()) {
    const [least] = [...alike].sort((a, b) => a.run.moves.length - b.run.moves.length);
    if (least === undefined) continue;
    const isShrunk = disagreements.length < shrinks;
    const told = isShrunk ? await shrunk(ground, guest, least) : least;
    disagreements.push({ ...told, n: least.n, alike: alike.length, isShrunk });
  }
  return disagreements;
}

/** Of steps what either side does; else what is compared. */
function kindOf({ aspect, model, kernel }: Parting): string {
  return aspect === "steps" ? `${aspect}: ${model} / ${kernel}` : aspect;
}

async function shrunk(ground: Ground, guest: Guest, found: Found): Promise<Parted & { kernel: KernelRun }> {
  const kernels = new Map<WalkedRun, KernelRun>([[found.run, found.kernel]]);
  const least = await shrinkWalk(ground, found, async (runs) => {
    const answers = await guest(runs);
    return runs.map((run, i) => {
      const answer = answers[i];
      if (answer === undefined || "problem" in answer) return undefined;
      kernels.set(run, answer);
      return partings(run, answer);
    });
  });
  return { ...least, kernel: kernels.get(least.run) ?? found.kernel };
}
