/** Makes the given moves; those that do not apply are left out, and what is left then runs thread by thread. */

import { startByte } from "../kernel/machine/geometry.js";
import type { Thread } from "../kernel/machine/thread.js";
import { type MoveEvents, MoveMachine, type Mover, NOBODY } from "./move-machine.js";
import type { Move } from "./moves.js";
import { pageStarts } from "./stops.js";

export function forcedRun(moves: readonly Move[], events: Partial<MoveEvents> = {}): MoveMachine {
  return new MoveMachine(new GivenMoves(moves), events);
}

class GivenMoves implements Mover {
  readonly name = "forced";
  readonly #list: readonly Move[];
  #at = 0;
  #to: number | undefined;
  #isRepeat = false;

  constructor(list: readonly Move[]) {
    this.#list = list;
  }

  restart(): void {
    this.#at = 0;
  }

  decide(machine: MoveMachine): Move | undefined {
    for (;;) {
      const move = this.#list[this.#at];
      if (move === undefined) break;
      this.#at++;
      if (move.do === "evict" || move.do === "fill") return move;
      if (move.do === "kill" && machine.stopped !== move.thread) continue;
      if (machine.canRun(move.thread)) return this.#aim(machine, move);
    }
    const { stopped, engine } = machine;
    const next = [stopped, ...engine.k.programThreads.map((t) => t.index)].find(
      (thread) => thread !== NOBODY && machine.canRun(thread),
    );
    return next === undefined ? undefined : this.#aim(machine, { do: "run", thread: next });
  }

  #aim({ engine, stopped }: MoveMachine, move: Extract<Move, { thread: number }>): Move {
    this.#to = move.do === "run" ? move.to : undefined;
    const stands = startByte(engine.k.g, engine.thread(move.thread).pos);
    this.#isRepeat = stopped === move.thread && stands === this.#to;
    return move;
  }

  stopsAt(_machine: MoveMachine, _thread: number, at: number): boolean {
    return at === this.#to;
  }

  copies({ engine }: MoveMachine, t: Thread, options: number): number {
    const { k } = engine;
    if (this.#to === undefined) return 0;
    if (startByte(k.g, t.pos) === this.#to) return this.#isRepeat ? 1 : 0;
    const starts = pageStarts(k, t.pos, t.pos + options - 1);
    const cell = starts.find((c) => startByte(k.g, c) === this.#to);
    return cell === undefined ? 0 : cell - t.pos + 1;
  }
}
