/**
 * Runs of random programs, move by move, on a kernel's model: drawn, or following moves that were drawn for a larger
 * program. Only moves that come to the same end whoever is faster are made, so that a kernel has one answer to each.
 */
import { Pc } from "../../kernel/machine/labels.js";
import { Oracle } from "../../kernel/oracle-table.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import type { Scenario } from "../../scenario/types.js";
import { endState } from "../force/end-state.js";
import { type EndState, type ForcedMove, moveText, type PlayedMove } from "../force/forced-moves.js";
import { ModelPlay, type PointAt } from "../force/play-model.js";
import { type Points, pointAtOf } from "../force/points.js";

/** A run, and what the model says of it. */
export interface WalkedRun {
  readonly scenario: Scenario;
  readonly moves: readonly PlayedMove[];
  readonly end: EndState;
  /** Bytes `[from, to)` of each piece of data that went to the device. */
  readonly sent: readonly (readonly [number, number])[];
}

/** What a walk is made on. */
export interface Ground {
  readonly variant: KernelVariant;
  readonly pointAt: PointAt;
}

/** The first call of writeback_iter() of a pass is like the later ones, and no label. */
const NOT_WALKED: readonly Pc[] = [Pc.B_NEXT];

/** The points of a kernel that tell one label each. */
export function walkPoints(points: Points): PointAt {
  const pointAt = pointAtOf(points);
  return (k, t, label) => (NOT_WALKED.includes(label) ? undefined : pointAt(k, t, label));
}

/** Says which of the moves that can be made is made: an index below so many. */
type Pick = (moves: readonly ForcedMove[]) => number;

/** More than any run that is worth reading has. */
const MOST_MOVES = 400;

/** Why a program, or a run of it, is not forced. */
export type LeftOut =
  | "has pages that no operation names"
  | "writes what the kernel sends by itself"
  | "comes to no end"
  | "waits where a player cannot tell for what"
  | "allocates blocks right before others"
  | "reads what nobody has initialised"
  | "writes zeroes as the disk cannot";

/** The run, or why it is left out. */
export function walkOn(ground: Ground, scenario: Scenario, pick: Pick): WalkedRun | LeftOut {
  const play = new ModelPlay(scenario, ground.variant, ground.pointAt);
  const moves: PlayedMove[] = [];
  while (!play.isOver) {
    const possible = play.possible().filter((move) => play.isDeterminate(move));
    const move = possible[possible.length > 0 ? pick(possible) : 0];
    if (move === undefined || moves.length === MOST_MOVES) return "comes to no end";
    moves.push(play.make(move));
  }
  if (moves.some((_, i) => comesTwice(moves, i))) return "waits where a player cannot tell for what";
  if (play.meeting.isMade) return "allocates blocks right before others";
  const { sent } = play;
  const end = endState(play.engine, play.returns);
  return (play.engine.verdict.found & (1 << Oracle.EXPOSURE)) === 0
    ? { scenario, moves, end, sent }
    : "reads what nobody has initialised";
}

const MKWRITE = "xfs_filemap_page_mkwrite";

/**
 * A store that waits where the page is mapped read-only has passed page_mkwrite already, and must stop there the next
 * time only: a player cannot tell the two apart.
 */
function comesTwice(moves: readonly PlayedMove[], i: number): boolean {
  const standIn = (at: number, who: string) => moves[at]?.stands.find((one) => one.who === who)?.stand;
  return (moves[i]?.stands ?? []).some(({ who, stand }) => {
    const before = standIn(i - 1, who);
    const after = standIn(i + 1, who);
    const isAt = before?.is === "at" && before.fn === MKWRITE;
    return stand.is === "waits" && !isAt && after?.is === "at" && after.fn === MKWRITE;
  });
}

/** Makes the moves in turn as far as they can be made, and then the first that there is; undefined where that is left out. */
export function followMoves(
  ground: Ground,
  scenario: Scenario,
  moves: readonly ForcedMove[],
): WalkedRun | undefined {
  const left = moves.map(moveText);
  const run = walkOn(ground, scenario, (possible) => {
    const texts = possible.map(moveText);
    const at = left.findIndex((text) => texts.includes(text));
    if (at < 0) return 0;
    const [text = ""] = left.splice(at, 1);
    return texts.indexOf(text);
  });
  return typeof run === "string" ? undefined : run;
}
