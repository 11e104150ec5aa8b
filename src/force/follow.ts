/** The moves of a run that somebody else has made, if it is one of whole moves, which user space can force. */

import type { Engine } from "../explore/run/engine.js";
import { watchRun } from "../explore/run/replay.js";
import type { Subject } from "../explore/run/subject.js";
import type { Strategy } from "../explore/strategies/strategy.js";
import { CHOICE_NAMES, Choice } from "../kernel/machine/choices.js";
import { pageByte } from "../kernel/machine/geometry.js";
import { functionAt } from "../kernel/paths/step-names.js";
import { MoveMachine, type Mover, NOBODY } from "./move-machine.js";
import type { Move } from "./moves.js";
import { evictables, pageStarts } from "./stops.js";

/** Whether user space can force the run of `choices`. */
export function canForce(subject: Subject, choices: readonly number[]): boolean {
  return "moves" in movesOf(subject, choices);
}

/** The moves that make the run of `choices`, or why user space cannot force it. */
export function movesOf(
  subject: Subject,
  choices: readonly number[],
): { readonly moves: readonly Move[] } | { readonly problem: string } {
  const { engine, scenario } = subject;
  const again = scenario.threads.find(({ repeats }) => repeats);
  if (again !== undefined)
    return { problem: `${again.name} repeats, which no program of user space is made for` };
  const steps = stepsOf(engine, choices);
  if (steps === undefined) return { problem: "the choices do not apply" };
  const names = subject.scenario.threads.map((t) => t.name);
  const follow = new Follow(steps, names);
  engine.run(follow);
  const { problem, moves } = follow.machine;
  return problem === undefined ? { moves } : { problem };
}

/** A step of the run: its thread, and what the environment answered in it. */
interface Taken {
  readonly thread: number;
  readonly answers: number[];
}

function stepsOf(engine: Engine, choices: readonly number[]): Taken[] | undefined {
  const steps: Taken[] = [];
  const applies = watchRun(engine, choices, {
    step: (thread) => {
      if (thread >= 0) steps.push({ thread, answers: [] });
    },
    answered: (_kind, value) => steps.at(-1)?.answers.push(value),
  });
  return applies ? steps : undefined;
}

/** Makes the moves that the steps ask for, and compares step by step what the machine does with them. */
class Follow implements Strategy, Mover {
  readonly name = "follow";
  readonly machine = new MoveMachine(this);
  readonly #steps: readonly Taken[];
  readonly #names: readonly string[];
  #at = 0;
  #answer = 0;
  #last = NOBODY;

  constructor(steps: readonly Taken[], names: readonly string[]) {
    this.#steps = steps;
    this.#names = names;
  }

  begin(engine: Engine): void {
    this.machine.begin(engine);
  }

  restart(): void {
    this.#at = 0;
    this.#last = NOBODY;
  }

  next(engine: Engine, last: number): number {
    const { machine } = this;
    const next = machine.next(engine, last);
    const due = this.#steps[this.#at]?.thread ?? NOBODY;
    if (machine.problem === undefined && next !== due) machine.fail(this.#whyNot(engine, next, due));
    this.#at++;
    this.#answer = 0;
    this.#last = next;
    return next;
  }

  #whyNot(engine: Engine, next: number, due: number): string {
    const name = (i: number): string => this.#names[i] ?? (i === engine.reclaim ? "reclaim" : "a kworker");
    if (due === NOBODY || next === NOBODY) return "the run does not end with its operations";
    if (next >= engine.k.layout.programThreads) {
      return `${name(due)} goes on before the I/O of ${name(this.#last)} is complete, and user space cannot hold I/O back`;
    }
    const where = functionAt(engine.k.fixes, engine.thread(next).pc);
    return `${name(due)} comes in while ${name(next)} stands before ${where}, where user space cannot stop it`;
  }

  decide(machine: MoveMachine): Move | undefined {
    const due = this.#steps[this.#at];
    if (due === undefined) return undefined;
    const { engine, stopped } = machine;
    if (due.thread === engine.reclaim) {
      const page = evictables(engine.k)[due.answers[0] ?? 0];
      return page === undefined ? undefined : { do: "evict", at: pageByte(engine.k.g, page) };
    }
    if (due.thread >= engine.k.layout.programThreads) {
      machine.fail("a kworker runs that nothing has started");
      return undefined;
    }
    const kills = stopped === due.thread && isKilled(machine, due);
    return { do: kills ? "kill" : "run", thread: due.thread };
  }

  /** A write that is killed where it could be stopped was stopped there. */
  stopsAt(machine: MoveMachine, thread: number): boolean {
    const due = this.#steps[this.#at];
    return due === undefined || due.thread !== thread || machine.isShort || isKilled(machine, due);
  }

  choose(kind: number, options: number): number {
    const value = this.#steps[this.#at - 1]?.answers[this.#answer++] ?? 0;
    if (kind === Choice.EVICT || value === 0) return value;
    const { machine } = this;
    const isKill = kind === Choice.FATAL_SIGNAL && machine.choose(kind, options) === value;
    const isShort = kind === Choice.SHORT_COPY && this.#endsAtPage(value, options);
    if (isShort) machine.noteShort();
    if (!isKill && !isShort) machine.fail(`nothing brings about ${CHOICE_NAMES[kind]} there`);
    return value;
  }

  /** Whether a copy cut short by this answer ends where a page starts. */
  #endsAtPage(answer: number, options: number): boolean {
    const { engine } = this.machine;
    const { pos } = engine.thread(this.#last);
    return pageStarts(engine.k, pos, pos + options - 1).includes(pos + answer - 1);
  }
}

/** What a write that looks up a folio is asked first is whether a signal has come. */
function isKilled({ engine }: MoveMachine, due: Taken): boolean {
  return engine.k.budget(Choice.FATAL_SIGNAL) > 0 && due.answers[0] === 1;
}
