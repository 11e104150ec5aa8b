/** Holds what a kernel did with a run against a model, the kernel's own or another: no guest is needed for that. */
import type { Chooser } from "../../kernel/machine/choices.js";
import { Choice } from "../../kernel/machine/choices.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { type KernelVariant, kernelOf } from "../../kernel/versions/variant.js";
import { endState } from "../force/end-state.js";
import { type ForcedFault, type ForcedMove, moveText, type PlayedMove } from "../force/forced-moves.js";
import { ModelPlay } from "../force/play-model.js";
import { MAP_MADE, pointAtOf, pointsOf } from "../force/points.js";
import { type Parting, partings } from "./compare-run.js";
import type { KeptRun } from "./kept-run.js";
import { walkPoints } from "./walked-run.js";

const CHOICES: { readonly [F in ForcedFault]: Choice } = {
  "no reservation": Choice.RESERVATION_FAILURE,
  "no allocation": Choice.ALLOCATION_FAILURE,
  "short copy": Choice.SHORT_COPY,
  signal: Choice.FATAL_SIGNAL,
};

/** All in which they part, what came first first; `change` makes another model of the one that was built. */
export function judgeKept(
  kept: Pick<KeptRun, "scenario" | "moves" | "did" | "isWalk">,
  variant: KernelVariant,
  change: (k: Kernel) => void = () => {},
): Parting[] {
  const { scenario, did, isWalk } = kept;
  const holdsMaps = did.stands.some((stands) =>
    stands.some(({ stand }) => stand.is === "at" && stand.fn === MAP_MADE),
  );
  const points = pointsOf(kernelOf(variant), holdsMaps);
  const play = new ModelPlay(scenario, variant, isWalk ? walkPoints(points) : pointAtOf(points));
  change(play.engine.k);
  const moves: PlayedMove[] = [];
  const partsAt = (model: string): Parting[] => {
    const soFar = partings(
      { scenario, moves, end: did.end },
      { stands: did.stands.slice(0, moves.length), end: undefined },
    );
    const here = { aspect: "steps", at: moves.length, what: "the move", model, kernel: "is made" } as const;
    return [...soFar, here];
  };
  for (const move of kept.moves) {
    if (!isPossible(play, move)) return partsAt(`${moveText(move)} cannot be made`);
    moves.push(play.make(move, answersOf(move)));
  }
  if (!play.isOver) return partsAt("not all come to their end");
  return partings({ scenario, moves, end: endState(play.engine, play.returns) }, did);
}

function isPossible(play: ModelPlay, move: ForcedMove): boolean {
  return play.possible().some((one) => {
    if (one.do !== move.do) return false;
    if (one.do === "go") return move.do === "go" && one.who === move.who;
    if (one.do === "io") return move.do === "io" && one.n === move.n;
    return move.do === "evict" && one.from === move.from;
  });
}

/** What a plan does to the mover, which it does once. */
function answersOf(move: ForcedMove): Chooser["choose"] | undefined {
  const choice = move.do === "go" && move.fault !== undefined ? CHOICES[move.fault] : undefined;
  const fails = move.do === "io" && move.fails === true;
  if (choice === undefined && !fails) return undefined;
  let isDone = false;
  return (kind) => {
    if (isDone || kind !== (fails ? Choice.DEVICE_ERROR : choice)) return 0;
    isDone = true;
    return 1;
  };
}
