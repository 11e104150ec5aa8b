/** Moves of a plan as the player reads them: who goes on, where it is to stop, and what befalls it. */
import { Errno, LINUX_ERRNO } from "../../kernel/machine/errors.js";
import { type ForcedMove, type PlayedMove, taskOfIo } from "./forced-moves.js";

/** The function that fails where a reservation does. */
const RESERVES = "xfs_bmapi_reserve_delalloc";

/** The names of hooks by their numbers. */
export type HookNames = readonly string[];

/** The slot of a task in the player. */
export const slotOf = (who: string): string =>
  who.startsWith(taskOfIo("")) ? `kworker/${who.slice(taskOfIo("").length)}` : who;

export function moveLines(moves: readonly PlayedMove[], i: number, hooks: HookNames): string[] {
  const { move, moved } = moves[i] as PlayedMove;
  const stop = (who: string): string => hex(nextStop(moves, i, who, hooks));
  const mover = move.do === "go" ? move.who : move.do === "io" ? taskOfIo(move.n) : undefined;
  const others = moved.filter((who) => who !== mover);
  return [
    // Who waited goes on by itself, and stops where it does on the model.
    ...others.map((who) => `aim ${slotOf(who)} ${stop(who)} 1`),
    ...(move.do === "io" ? [`aim ${slotOf(taskOfIo(move.n))} ${stop(taskOfIo(move.n))} 1`] : []),
    ...befalls(move),
    moveLine(move, stop, faultOf(moves, i, hooks)),
  ];
}

/** What happens to a task that stands still. */
function befalls(move: ForcedMove): string[] {
  if (move.do !== "go") return [];
  if (move.fault === "short copy") return [`cut ${slotOf(move.who)}`];
  return move.fault === "signal" ? [`kill ${slotOf(move.who)}`] : [];
}

const ENOSPC = LINUX_ERRNO[Errno.ENOSPC];

/** The hook that fails in move `i`, and with what; -1: none. */
function faultOf(moves: readonly PlayedMove[], i: number, hooks: HookNames): string {
  const { move } = moves[i] as PlayedMove;
  const fault = move.do === "go" ? move.fault : undefined;
  if (fault === "no reservation") return `${hooks.indexOf(RESERVES)} -${ENOSPC}`;
  if (move.do !== "go" || fault !== "no allocation") return "-1 0";
  const stand = moves[i - 1]?.stands.find((one) => one.who === move.who)?.stand;
  return stand?.is === "at" ? `${hooks.indexOf(stand.fn)} -${ENOSPC}` : "-1 0";
}

function moveLine(move: ForcedMove, stop: (who: string) => string, fault: string): string {
  if (move.do === "evict") return `evict ${move.from} ${move.to}`;
  if (move.do === "io") return `bio ${move.n - 1} ${move.fails ? 1 : 0}`;
  return `grant ${slotOf(move.who)} ${stop(move.who)} 1 ${fault}`;
}

/** The hooks at which a task stops that goes on in move `i`, as a mask: the one that it comes to next, or none. */
function nextStop(moves: readonly PlayedMove[], i: number, who: string, hooks: HookNames): bigint {
  for (const { stands } of moves.slice(i)) {
    const stand = stands.find((one) => one.who === who)?.stand;
    if (stand?.is === "waits") continue;
    const at = stand?.is === "at" ? hooks.indexOf(stand.fn) : -1;
    return at < 0 ? 0n : 1n << BigInt(at);
  }
  return 0n;
}

const hex = (mask: bigint): string => mask.toString(16);
