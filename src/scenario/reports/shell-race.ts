/**
 * What of a shell script runs beside what: processes in the background until whoever began them waits for them. One that
 * nothing ran beside was no race, and what follows it goes on alone.
 */
import type { ToldProgram } from "./told-program.js";

export const FOREGROUND = "xfs_io";

/** A shell: that of the script, one in the background, or one in parentheses, which does what it does as its `owner`. */
export class Process {
  readonly owner: Process;
  readonly parent: Process | undefined;
  /** Those that it began. */
  readonly children: Process[] = [];
  /** From its first operation on. */
  thread: string | undefined;
  /** Times that it did something since the race began. */
  acts = 0;
  /** Of its parent, when it began to do something. */
  actsBefore = 0;
  /** What it does next comes behind a wait that is not kept. */
  isBehindWait = false;

  constructor(parent?: Process, isBehind = false) {
    this.parent = parent;
    this.owner = parent === undefined || isBehind ? this : parent.owner;
    if (isBehind) parent?.children.push(this);
  }
}

const MORE = "more orders are tried than the script has";
const WAIT = `a wait for some of those in the background is not kept: ${MORE}`;
const LATE = `what begins while others run is tried from their start on: ${MORE}`;

export class Race {
  /** A race was waited for: what follows it is not part of it. */
  isOver = false;
  readonly main = new Process();
  #isRacing = false;
  /** Of those that did something. */
  readonly #running = new Set<Process>();
  readonly #late = new Set<Process>();
  #count = 0;

  /** The thread of a process that is about to do something. */
  thread(runner: Process, program: ToldProgram): string {
    const { owner } = runner;
    if (owner !== this.main && owner.thread === undefined) this.#begin(owner, program);
    owner.acts++;
    if (owner.isBehindWait) program.note(WAIT);
    return owner.thread ?? FOREGROUND;
  }

  #begin(runner: Process, program: ToldProgram): void {
    if (!this.#isRacing && !this.isOver) this.#alone(program, FOREGROUND);
    this.#isRacing = true;
    runner.thread = `${FOREGROUND}-${++this.#count}`;
    this.#started(runner);
  }

  #started(runner: Process): void {
    this.#running.add(runner);
    runner.actsBefore = runner.parent?.owner.acts ?? 0;
    if (runner.actsBefore > 0) this.#late.add(runner);
  }

  /** What was done so far ran alone. */
  #alone(program: ToldProgram, thread: string): void {
    program.beginThreads(thread);
    this.main.acts = 0;
  }

  /** Whether one of these, or any where they are not given, did something and may go on. */
  runs(processes?: readonly Process[]): boolean {
    return processes === undefined ? this.#running.size > 0 : processes.some((one) => this.#running.has(one));
  }

  /** A process waits for these, which it began. */
  wait(program: ToldProgram, runner: Process, processes: readonly Process[]): void {
    const { owner } = runner;
    const some = processes.filter((one) => this.#running.delete(one));
    if (owner !== this.main) this.#join(program, owner, some);
    else if (!this.#isRacing) return;
    else if (this.#running.size > 0) owner.isBehindWait ||= some.length > 0;
    else this.#end(program);
  }

  #end(program: ToldProgram): void {
    this.#isRacing = false;
    this.main.isBehindWait = false;
    if (program.threadNames.length > 1) {
      this.isOver = true;
      return;
    }
    this.#alone(program, program.threadNames[0] ?? FOREGROUND);
    this.#count = 0;
  }

  /** One that its parent does nothing beside is a part of that. */
  #join(program: ToldProgram, owner: Process, some: readonly Process[]): void {
    const [child] = some;
    if (child?.thread === undefined) return;
    if (some.length > 1 || child.parent?.owner !== owner || owner.acts > child.actsBefore) {
      owner.isBehindWait = true;
      return;
    }
    this.#late.delete(child);
    if (owner.thread === undefined) {
      owner.thread = child.thread;
      this.#started(owner);
    } else program.join(child.thread, owner.thread);
    owner.acts += child.acts;
    child.thread = owner.thread;
  }

  /** At the end of the script. */
  finish(program: ToldProgram): void {
    if (this.#late.size > 0) program.note(LATE);
  }
}
