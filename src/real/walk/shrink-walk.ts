/**
 * Makes a run on which a kernel and its model part as small as it gets: threads, operations, moves go as long as the
 * pair still parts in the same way. Every round asks the kernel of all candidates at once: a boot costs more than runs.
 */

import type { Scenario } from "../../scenario/types.js";
import { opPlaces, withoutOp, withThreads } from "../../shrink/edit.js";
import type { ForcedMove } from "../force/forced-moves.js";
import type { Parting } from "./compare-run.js";
import { followMoves, type Ground, type WalkedRun } from "./walked-run.js";

/** For each run what it parts in; undefined where the kernel could not be asked. */
export type AskKernel = (runs: readonly WalkedRun[]) => Promise<readonly (readonly Parting[] | undefined)[]>;

const ROUNDS = 8;
/** Candidates of a round. */
const MOST = 120;

/** Parts in the same way: the aspect, and of steps what either side does. */
function isSame(a: Parting, b: Parting): boolean {
  return a.aspect === b.aspect && (a.aspect !== "steps" || (a.model === b.model && a.kernel === b.kernel));
}

export interface Parted {
  readonly run: WalkedRun;
  readonly partings: readonly [Parting, ...Parting[]];
}

export async function shrinkWalk(ground: Ground, found: Parted, ask: AskKernel): Promise<Parted> {
  let best = found;
  const [wanted] = found.partings;
  for (let round = 0; round < ROUNDS; round++) {
    const candidates = candidatesOf(ground, best.run).slice(0, MOST);
    if (candidates.length === 0) break;
    const answers = await ask(candidates);
    const smaller = candidates.flatMap((run, i): Parted[] => {
      const partings = answers[i] ?? [];
      const same = partings.find((parting) => isSame(parting, wanted));
      return same === undefined ? [] : [{ run, partings: [same, ...partings.filter((one) => one !== same)] }];
    });
    const least = smaller.sort((a, b) => costOf(a.run) - costOf(b.run))[0];
    if (least === undefined) break;
    best = least;
  }
  return best;
}

/** Operations first, then moves, then how often the task changes. */
function costOf({ scenario, moves }: WalkedRun): number {
  const ops = opPlaces(scenario).length;
  const switches = moves.filter(({ move }, i) => moverOf(move) !== moverOf(moves[i - 1]?.move)).length;
  return ops * 10_000 + moves.length * 100 + switches;
}

const moverOf = (move: ForcedMove | undefined): string => (move?.do === "go" ? move.who : (move?.do ?? ""));

/** Smaller runs, no two alike. */
function candidatesOf(ground: Ground, run: WalkedRun): WalkedRun[] {
  const { scenario } = run;
  const moves = run.moves.map(({ move }) => move);
  const programs = [
    ...scenario.threads.map(({ name }) =>
      withThreads(
        scenario,
        scenario.threads.filter((t) => t.name !== name),
      ),
    ),
    ...(scenario.setup.length > 1 ? [{ ...scenario, setup: [] }] : []),
    ...opPlaces(scenario).map(({ thread, index }) => withoutOp(scenario, thread, index).scenario),
  ];
  const smaller = programs.filter(isProgram).map((program) => followMoves(ground, program, moves));
  const fewer = moves.map((_, i) => followMoves(ground, scenario, moves.toSpliced(i, 1)));
  const seen = new Set([keyOf(run)]);
  return [...smaller, ...fewer]
    .filter((one): one is WalkedRun => one !== undefined && costOf(one) < costOf(run))
    .filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

const isProgram = ({ threads }: Scenario): boolean =>
  threads.length > 0 && threads.every((t) => t.ops.length > 0);

const keyOf = ({ scenario, moves }: WalkedRun): string =>
  JSON.stringify([scenario.setup, scenario.threads, moves.map(({ move }) => move)]);
