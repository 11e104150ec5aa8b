/** Random programs for real kernels, as fuzzing draws them, and random moves of theirs. */
import { makeRng, type Rng } from "../../explore/strategies/rng.js";
import { randomProgram } from "../../fuzz/random-program.js";
import { kernelOf } from "../../kernel/versions/variant.js";
import { compile } from "../../scenario/compile.js";
import { allOps } from "../../scenario/op-bytes.js";
import type { Op, Scenario } from "../../scenario/types.js";
import type { ForcedMove } from "../force/forced-moves.js";
import { type Ground, type LeftOut, type WalkedRun, walkOn } from "./walked-run.js";

/** The task that moved last goes on: races need stretches of one side. */
const GO_ON = 0.5;
/** Programs that are drawn for a run before it is given up. */
const TRIES = 60;

/** Run `n` of a seed; undefined where nothing was drawn that can be forced. The same seed draws the same runs. */
export function drawRun(
  ground: Ground,
  seed: string,
  n: number,
  onLeftOut?: (why: LeftOut) => void,
): WalkedRun | undefined {
  for (let i = 0; i < TRIES; i++) {
    const rng = makeRng(`${seed}:${n}:${i}:walk`);
    const program = drawProgram(rng, n);
    const run = leftOut(program, ground) ?? walkOn(ground, program, picker(rng));
    if (typeof run !== "string") return run;
    onLeftOut?.(run);
  }
  return undefined;
}

function leftOut(program: Scenario, { variant }: Ground): LeftOut | undefined {
  if (hasGaps(program)) return "has pages that no operation names";
  const { rwfDontcache, fallocWriteZeroes } = kernelOf(variant);
  const has = (is: (op: Op) => boolean) => allOps(program).some(is);
  if (fallocWriteZeroes && has(({ kind }) => kind === "write_zeroes"))
    return "writes zeroes as the disk cannot";
  const isKicked = rwfDontcache && has(({ kind, dontcache }) => kind === "write" && dontcache === true);
  return isKicked ? "writes what the kernel sends by itself" : undefined;
}

/** Speculative preallocation comes to files of this size, bytes. */
const PREALLOCATED = 65536;

/**
 * Pages that no operation names are not there on the model. They are a hole, but for preallocation: what a kernel zeroes of
 * that, page by page, when EOF moves past it, the model does not see.
 */
function hasGaps(scenario: Scenario): boolean {
  const { gapBefore, cellEnd } = compile(scenario).program.geometry;
  return gapBefore.lastIndexOf(1) > 0 && (cellEnd.at(-1) ?? 0) > PREALLOCATED;
}

function drawProgram(rng: Rng, n: number): Scenario {
  const scenario = randomProgram(rng, `walk-${n}`, "playable");
  const deviceError = rng.chance(0.1) ? 1 : 0;
  return { ...scenario, budget: { ...scenario.budget, shortCopy: 0, fatalSignal: 0, deviceError } };
}

function picker(rng: Rng): (moves: readonly ForcedMove[]) => number {
  let last: string | undefined;
  return (moves) => {
    const same = moves.findIndex((move) => move.do === "go" && move.who === last);
    const at = same >= 0 && rng.chance(GO_ON) ? same : rng.below(moves.length);
    const move = moves[at];
    last = move?.do === "go" ? move.who : undefined;
    return at;
  };
}
