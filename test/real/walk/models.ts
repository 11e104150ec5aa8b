/** Kernels for walks that are models themselves: what a guest would say of a run if it were that model. */
import { STEPS } from "../../../src/kernel/paths/index.js";
import { functionAt } from "../../../src/kernel/paths/step-names.js";
import { type KernelVariant, kernelOf } from "../../../src/kernel/versions/variant.js";
import { endState } from "../../../src/real/force/end-state.js";
import { ModelPlay } from "../../../src/real/force/play-model.js";
import type { Guest, KernelAnswer } from "../../../src/real/walk/walk-kernel.js";
import type { Ground, WalkedRun } from "../../../src/real/walk/walked-run.js";

export const variant = (base: string, without: readonly string[] = []): KernelVariant => ({
  base,
  with: [],
  without,
});

/** Every label is a point. */
export const groundOf = (of: KernelVariant): Ground => ({
  variant: of,
  pointAt: (_k, _t, label) => (STEPS[label] === undefined ? undefined : functionAt(kernelOf(of), label)),
});

/** Makes the moves of each run on another model. */
export function modelGuest(of: KernelVariant): Guest {
  return async (runs) => runs.map((run) => answerOf(of, run));
}

function answerOf(of: KernelVariant, { scenario, moves }: WalkedRun): KernelAnswer {
  const play = new ModelPlay(scenario, of, groundOf(of).pointAt);
  const stands: ReturnType<ModelPlay["stands"]>[] = [];
  for (const { move } of moves) {
    if (!play.possible().some((one) => JSON.stringify(one) === JSON.stringify(move))) break;
    stands.push([...play.make(move).stands]);
  }
  if (!play.isOver) return { stands, sent: play.sent, end: undefined };
  const { sent } = play;
  return { stands, sent, end: endState(play.engine, play.returns) };
}
