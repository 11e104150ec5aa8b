/**
 * A run of the model, as directions that hold on other kernels, too: which task goes on, up to which function or to the
 * end of which operation, and what the environment does to it meanwhile. Played on the model of a kernel they become
 * the moves that a player makes on that kernel.
 */
import type { Engine } from "../../explore/run/engine.js";
import { watchRun } from "../../explore/run/replay.js";
import { type SubjectSpec, subjectOf } from "../../explore/run/subject.js";
import { Choice } from "../../kernel/machine/choices.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { RunSpec } from "../../scenario/token.js";

/** An answer of the environment that is not the default: the n-th of its kind in the direction, from 1. */
export interface Forced {
  readonly kind: Choice;
  readonly nth: number;
  readonly value: number;
}

export type Direction =
  /**
   * The task goes on. On the run's own kernel until it has made so many steps, the finest that there are, since the start;
   * on others until it has come as often to the same function, or to the end of the operation.
   */
  | {
      readonly do: "go";
      readonly thread: number;
      readonly steps: number;
      readonly endsOp: boolean;
      readonly forced: readonly Forced[];
    }
  /** The folio that reclaim took for this answer. */
  | { readonly do: "evict"; readonly answer: number };

/** The directions of a run; undefined when its choices do not apply. */
export function directionsOf(run: RunSpec): readonly Direction[] | undefined {
  const { engine } = subjectOf(run as SubjectSpec);
  const notes = new Notes(engine);
  engine.k.tracer = { step: (t) => notes.stepped(t.index), note: () => {} };
  const applies = watchRun(engine, run.choices, {
    step: (thread) => notes.turn(thread),
    answered: (kind, value) => notes.answered(kind, value),
  });
  engine.k.tracer = null;
  return applies ? notes.directions : undefined;
}

/** Writes down who went on, how far. */
class Notes {
  readonly directions: Direction[] = [];
  readonly #engine: Engine;
  readonly #steps: number[];
  #thread = -1;
  #op = 0;
  #asked = new Map<Choice, number>();
  #forced: Forced[] = [];
  #evict = -1;
  /** The drain steps, too, which is nobody's turn. */
  #isOver = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#steps = engine.k.threads.map(() => 0);
  }

  stepped(thread: number): void {
    if (!this.#isOver) this.#steps[thread] = (this.#steps[thread] ?? 0) + 1;
  }

  answered(kind: Choice, value: number): void {
    if (kind === Choice.EVICT) {
      this.#evict = value;
      return;
    }
    const nth = (this.#asked.get(kind) ?? 0) + 1;
    this.#asked.set(kind, nth);
    if (value !== 0) this.#forced.push({ kind, nth, value });
  }

  /** Somebody is about to step, or the run is over. */
  turn(thread: number): void {
    const { reclaim } = this.#engine;
    const goesOn = thread === this.#thread && thread !== reclaim && !this.#hasReturned();
    if (!goesOn) this.#close();
    if (thread < 0) this.#isOver = true;
    if (goesOn) return;
    this.#thread = thread;
    if (thread >= 0) this.#op = this.#engine.thread(thread).op;
  }

  #hasReturned(): boolean {
    const { pc, op } = this.#engine.thread(this.#thread);
    return pc === Pc.DONE || op !== this.#op;
  }

  #close(): void {
    const thread = this.#thread;
    if (thread === this.#engine.reclaim)
      this.directions.push({ do: "evict", answer: Math.max(0, this.#evict) });
    else if (thread >= 0) {
      const steps = this.#steps[thread] ?? 0;
      this.directions.push({ do: "go", thread, steps, endsOp: this.#hasReturned(), forced: this.#forced });
    }
    this.#asked = new Map();
    this.#forced = [];
    this.#evict = -1;
    this.#thread = -1;
  }
}
