/**
 * Strategies over the moves of forced.ts: a walk at random (or as a search tells it), a given list of moves, and the
 * moves of a run that somebody else has made, if it is one that user space can force.
 */

import type { Engine } from "../explore/run/engine.js";
import { ReplayChoices } from "../explore/run/replay.js";
import type { Subject } from "../explore/run/subject.js";
import type { Rng } from "../explore/strategies/rng.js";
import {
  CHOICE_EVICT,
  CHOICE_FATAL_SIGNAL,
  CHOICE_NAMES,
  CHOICE_SHORT_COPY,
} from "../kernel/machine/choices.js";
import { startByte } from "../kernel/machine/geometry.js";
import { BUDGET_FATAL_SIGNAL, BUDGET_RESERVATION_FAILURE } from "../kernel/machine/program.js";
import type { Thread } from "../kernel/machine/thread.js";
import { cannotFaultIn } from "../kernel/paths/buffered-write.js";
import { FUNCTIONS } from "../kernel/paths/index.js";
import { evictables, Forced, type Move, NOBODY } from "./forced-machine.js";

/** Draws one of `options`; 0 is to go on with the stopped write, where there is one. */
export type Pick = (options: number) => number;

/** Where a stopped write may go on at once, how often it does. */
const GO_ON = 0.4;

/** A walk that draws one of the moves that are possible, each time. */
export class RealizableWalk extends Forced {
  readonly name = "realizable";
  readonly #pick: Pick;

  constructor(pick: Pick) {
    super();
    this.#pick = pick;
  }

  static random(rng: Rng): RealizableWalk {
    return new RealizableWalk((options) => (rng.chance(GO_ON) ? 0 : rng.below(options)));
  }

  protected decide(): Move | undefined {
    const moves = this.#possible();
    return moves[moves.length > 1 ? this.#pick(moves.length) : 0];
  }

  protected stopsAt(): boolean {
    return true;
  }

  /** Kernels that copy many pages at once stop within only where the copy is made to come up short, at a page. */
  protected override copies(t: Thread, options: number): number {
    const pages = pageStarts(this.engine, t.pos, t.pos + options - 1);
    const drawn = pages.length === 0 ? 0 : this.#pick(pages.length + 1);
    return drawn === 0 ? 0 : pages[drawn - 1]! - t.pos + 1;
  }

  #possible(): Move[] {
    const { engine, stopped } = this;
    const { k } = engine;
    const moves: Move[] = [];
    if (stopped !== NOBODY) moves.push({ do: "run", thread: stopped });
    for (let i = 0; i < k.layout.programThreads; i++)
      if (i !== stopped && this.canRun(i)) moves.push({ do: "run", thread: i });
    if (stopped !== NOBODY && this.#canKill(k.threads[stopped]!)) moves.push({ do: "kill", thread: stopped });
    if (stopped !== NOBODY && !this.isFilled && k.budget(BUDGET_RESERVATION_FAILURE) > 0)
      moves.push({ do: "fill" });
    if (moves.length > 0 && engine.isEnabled(engine.reclaim)) {
      for (const page of evictables(engine))
        moves.push({ do: "evict", at: startByte(engine.k.g, k.g.pageCell[page]!) });
    }
    return moves;
  }

  /** A process that is killed does nothing more. */
  #canKill(t: Thread): boolean {
    const { k } = this.engine;
    return k.budget(BUDGET_FATAL_SIGNAL) > 0 && !cannotFaultIn(k, t) && t.op + 1 === k.opCount(t);
  }
}

/** First cells of the pages that start inside `(from, to)`. */
function pageStarts({ k }: Engine, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let c = from + 1; c < to; c++) if (k.g.pageCell[k.g.cellPage[c]!] === c) starts.push(c);
  return starts;
}

/** Makes the given moves; those that do not apply are left out, and what is left then runs thread by thread. */
export class ForcedRun extends Forced {
  readonly name = "forced";
  readonly #list: readonly Move[];
  #at = 0;
  #to: number | undefined;
  #isRepeat = false;

  constructor(list: readonly Move[]) {
    super();
    this.#list = list;
  }

  protected override restart(): void {
    this.#at = 0;
  }

  protected decide(): Move | undefined {
    while (this.#at < this.#list.length) {
      const move = this.#list[this.#at++]!;
      if (move.do === "evict" || move.do === "fill") return move;
      if (move.do === "kill" && this.stopped !== move.thread) continue;
      if (!this.canRun(move.thread)) continue;
      this.#aim(move);
      return move;
    }
    const { k } = this.engine;
    const next = [this.stopped, ...Array.from({ length: k.layout.programThreads }, (_, i) => i)].find(
      (i) => i !== NOBODY && this.canRun(i),
    );
    if (next === undefined) return undefined;
    this.#aim({ do: "run", thread: next });
    return { do: "run", thread: next };
  }

  #aim(move: Extract<Move, { thread: number }>): void {
    const { k } = this.engine;
    this.#to = move.do === "run" ? move.to : undefined;
    this.#isRepeat =
      this.stopped === move.thread && startByte(this.engine.k.g, k.threads[move.thread]!.pos) === this.#to;
  }

  protected stopsAt(_thread: number, at: number): boolean {
    return at === this.#to;
  }

  protected override copies(t: Thread, options: number): number {
    if (this.#to === undefined) return 0;
    const at = startByte(this.engine.k.g, t.pos);
    if (at === this.#to) return this.#isRepeat ? 1 : 0;
    const cell = pageStarts(this.engine, t.pos, t.pos + options - 1).find(
      (c) => startByte(this.engine.k.g, c) === this.#to,
    );
    return cell === undefined ? 0 : cell - t.pos + 1;
  }
}

interface Taken {
  readonly thread: number;
  readonly answers: number[];
}

/** Follows a recorded run, as long as it is one of whole moves. */
class Follow extends Forced {
  readonly name = "follow";
  readonly #steps: readonly Taken[];
  readonly #names: readonly string[];
  #at = 0;
  #answer = 0;
  #last = NOBODY;

  constructor(steps: readonly Taken[], names: readonly string[]) {
    super();
    this.#steps = steps;
    this.#names = names;
  }

  protected override restart(): void {
    this.#at = 0;
    this.#last = NOBODY;
  }

  override next(engine: Engine, last: number): number {
    const next = super.next(engine, last);
    const due = this.#steps[this.#at]?.thread ?? NOBODY;
    if (this.problem === undefined && next !== due) this.fail(this.#whyNot(next, due));
    this.#at++;
    this.#answer = 0;
    this.#last = next;
    return next;
  }

  #whyNot(next: number, due: number): string {
    const { engine } = this;
    const name = (i: number): string => this.#names[i] ?? (i === engine.reclaim ? "reclaim" : "a kworker");
    if (due === NOBODY || next === NOBODY) return "the run does not end with its operations";
    if (next >= engine.k.layout.programThreads) {
      return `${name(due)} goes on before the I/O of ${name(this.#last)} is complete, and user space cannot hold I/O back`;
    }
    const where = FUNCTIONS[engine.k.threads[next]!.pc];
    return `${name(due)} comes in while ${name(next)} stands before ${where}, where user space cannot stop it`;
  }

  protected decide(): Move | undefined {
    const due = this.#steps[this.#at];
    if (due === undefined) return undefined;
    const { engine } = this;
    if (due.thread === engine.reclaim) {
      const page = evictables(engine)[due.answers[0] ?? 0]!;
      return { do: "evict", at: startByte(engine.k.g, engine.k.g.pageCell[page]!) };
    }
    if (due.thread >= engine.k.layout.programThreads) {
      this.fail("a kworker runs that nothing has started");
      return undefined;
    }
    const kills = this.stopped === due.thread && this.#isKilled(due);
    return { do: kills ? "kill" : "run", thread: due.thread };
  }

  /** A write that is killed where it could be stopped was stopped there. */
  protected stopsAt(thread: number): boolean {
    const due = this.#steps[this.#at];
    return due === undefined || due.thread !== thread || this.isShort || this.#isKilled(due);
  }

  /** What a write that looks up a folio is asked first is whether a signal has come. */
  #isKilled(due: Taken): boolean {
    const { k } = this.engine;
    return k.budget(BUDGET_FATAL_SIGNAL) > 0 && due.answers[0] === 1;
  }

  override choose(sort: number, options: number): number {
    const value = this.#steps[this.#at - 1]?.answers[this.#answer++] ?? 0;
    if (sort === CHOICE_EVICT || value === 0) return value;
    const isKill = sort === CHOICE_FATAL_SIGNAL && super.choose(sort, options) === value;
    const t = this.engine.k.threads[this.#last]!;
    const isShort =
      sort === CHOICE_SHORT_COPY &&
      pageStarts(this.engine, t.pos, t.pos + options - 1).includes(t.pos + value - 1);
    this.isShort ||= isShort;
    if (!isKill && !isShort) this.fail(`nothing brings about ${CHOICE_NAMES[sort]} there`);
    return value;
  }
}

/** Leaves out the stops at which nothing happens and that leave no mark. */
export function tidy(moves: readonly Move[]): Move[] {
  return moves.filter((move, i) => {
    const next = moves[i + 1];
    if (move.do !== "run" || move.to === undefined || move.isShort === true) return true;
    return next?.do !== "run" || next.thread !== move.thread;
  });
}

export interface Moves {
  readonly moves: readonly Move[];
}
export interface NoMoves {
  readonly problem: string;
}

/** Whether user space can force the run of `choices`. */
export function canForce(subject: Subject, choices: readonly number[]): boolean {
  return "moves" in movesOf(subject, choices);
}

/** The moves that make the run of `choices`, or why user space cannot force it. */
export function movesOf(subject: Subject, choices: readonly number[]): Moves | NoMoves {
  const { engine } = subject;
  const steps: Taken[] = [];
  const replay = new ReplayChoices(choices);
  engine.run({
    name: "record",
    begin: () => replay.begin(),
    next: (e, last) => {
      const thread = replay.next(e, last);
      if (thread >= 0) steps.push({ thread, answers: [] });
      return thread;
    },
    choose: (sort, options) => {
      const value = replay.choose(sort, options);
      steps.at(-1)!.answers.push(value);
      return value;
    },
  });
  if (!replay.applies) return { problem: "the choices do not apply" };
  const follow = new Follow(
    steps,
    subject.scenario.threads.map((t) => t.name),
  );
  engine.run(follow);
  return follow.problem === undefined ? { moves: follow.moves } : { problem: follow.problem };
}
