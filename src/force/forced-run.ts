/** Makes the given moves; those that do not apply are left out, and what is left then runs thread by thread. */

import { startByte } from "../kernel/machine/geometry.js";
import { type MoveEvents, MoveMachine, type Mover, NOBODY } from "./move-machine.js";
import type { Move } from "./moves.js";
import { pageStarts } from "./stops.js";

export function forcedRun(moves: readonly Move[], events: Partial<MoveEvents> = {}): MoveMachine {
  let at = 0;
  let to: number | undefined;
  let isRepeat = false;
  const aim = ({ engine, stopped }: MoveMachine, move: Extract<Move, { thread: number }>): Move => {
    to = move.do === "run" ? move.to : undefined;
    isRepeat = stopped === move.thread && startByte(engine.k.g, engine.thread(move.thread).pos) === to;
    return move;
  };
  const mover: Mover = {
    name: "forced",
    restart() {
      at = 0;
    },
    decide(machine) {
      for (let move = moves[at++]; move !== undefined; move = moves[at++]) {
        if (move.do === "evict" || move.do === "fill") return move;
        if (move.do === "kill" && machine.stopped !== move.thread) continue;
        if (machine.canRun(move.thread)) return aim(machine, move);
      }
      const threads = machine.engine.k.programThreads.map((t) => t.index);
      const next = [machine.stopped, ...threads].find((i) => i !== NOBODY && machine.canRun(i));
      return next === undefined ? undefined : aim(machine, { do: "run", thread: next });
    },
    stopsAt: (_machine, _thread, stop) => stop === to,
    copies({ engine: { k } }, t, options) {
      if (to === undefined) return 0;
      if (startByte(k.g, t.pos) === to) return isRepeat ? 1 : 0;
      const cell = pageStarts(k, t.pos, t.pos + options - 1).find((c) => startByte(k.g, c) === to);
      return cell === undefined ? 0 : cell - t.pos + 1;
    },
  };
  return new MoveMachine(mover, events);
}
