/**
 * A scenario's `schedule:` as a strategy, and the way back: from a run to the list that pins it in a form a person
 * can read. After the list, and while the thread that is due waits for another, the default order goes on; reclaim
 * runs only when named.
 */
import { CHOICE_NAMES, Choice, type Chooser } from "../../kernel/machine/choices.js";
import { Pc } from "../../kernel/machine/labels.js";
import type { ScheduleItem } from "../../scenario/types.js";
import { trimZeros } from "../run/choice-lists.js";
import { defaultThread } from "../run/default-thread.js";
import type { Engine } from "../run/engine.js";
import { watchRun } from "../run/replay.js";
import type { Subject } from "../run/subject.js";
import type { Strategy } from "../strategies/strategy.js";
import type { Call } from "./calls.js";
import { GONE, type Lookahead, lookahead, matches, ThreadNames, UNBORN, UNKNOWN } from "./thread-names.js";

type ThreadItem = Exclude<ScheduleItem, { kind: "choose" }>;

/** Why a schedule does not apply to this program on this kernel. */
export interface ScheduleProblem {
  /** Index of the entry. */
  readonly item: number;
  readonly reason: string;
}

/** Answers given beforehand to the next choices of each kind; the default where there is none. */
class Answers implements Chooser {
  readonly queues: number[][] = CHOICE_NAMES.map(() => []);
  /** Looking ahead takes nothing away. */
  readonly peek: Chooser = {
    choose: (kind, options) => {
      const value = this.queues[kind]![this.#peeked[kind]!++] ?? 0;
      return value < options ? value : 0;
    },
  };
  readonly #peeked = new Uint8Array(CHOICE_NAMES.length);

  lookingAhead(): Chooser {
    this.#peeked.fill(0);
    return this.peek;
  }
  choose(kind: number): number {
    return this.queues[kind]!.shift() ?? 0;
  }
  clear(): void {
    for (const queue of this.queues) queue.length = 0;
  }
}

/** Follows `items`; `problem` says afterwards why the run is not the one that was asked for, if it is not. */
export class ScheduleStrategy implements Strategy {
  readonly name = "schedule";
  problem: ScheduleProblem | undefined;
  readonly #items: readonly ScheduleItem[];
  readonly #names: ThreadNames;
  readonly #answers = new Answers();
  #ahead: Lookahead | undefined;
  #at = 0;
  #stepsLeft = 0;
  /** Steps that the thread at hand has made for its entry. */
  #made = 0;
  #lastChoose = 0;

  constructor(subject: Pick<Subject, "scenario">, items: readonly ScheduleItem[]) {
    this.#items = items;
    this.#names = new ThreadNames(subject.scenario.threads);
  }

  begin(engine: Engine): void {
    this.problem = undefined;
    this.#names.begin();
    this.#answers.clear();
    this.#ahead = lookahead(engine);
    this.#at = -1;
    this.#advance();
  }

  next(engine: Engine, last: number): number {
    this.#names.observe(engine);
    while (this.problem === undefined && this.#at < this.#items.length) {
      const item = this.#items[this.#at]!;
      if (item.kind === "choose") {
        this.#queue(item.choice, item.value);
        continue;
      }
      const index = this.#names.indexOf(engine, item.thread);
      if (this.#isDone(engine, item, index)) {
        this.#advance();
        continue;
      }
      if (this.problem !== undefined) break;
      if (index >= 0 && engine.isEnabled(index)) {
        if (item.kind === "step") this.#stepsLeft--;
        this.#made++;
        return index;
      }
      const other = defaultThread(engine, last);
      if (other >= 0) return other;
      this.#fail(index === UNBORN ? `${item.thread} is never born` : `${item.thread} waits for ever`);
    }
    const standard = defaultThread(engine, last);
    if (standard < 0 && this.problem === undefined) this.#checkAnswers();
    return standard;
  }

  choose(kind: number, options: number): number {
    const value = this.#answers.choose(kind);
    if (value < options) return value;
    this.#at = this.#lastChoose;
    this.#fail(`${CHOICE_NAMES[kind]} has only the values 0 to ${options - 1} here`);
    return 0;
  }

  #advance(): void {
    const item = this.#items[++this.#at];
    this.#made = 0;
    if (item?.kind === "step") this.#stepsLeft = item.count;
  }

  #fail(reason: string): void {
    this.problem ??= { item: this.#at, reason };
  }

  #queue(choice: string, value: number): void {
    const kind = CHOICE_NAMES.indexOf(choice);
    if (kind < 0 || kind === Choice.THREAD) {
      this.#fail(`no choice ${choice}; there are ${CHOICE_NAMES.slice(Choice.THREAD + 1).join(", ")}`);
      return;
    }
    this.#answers.queues[kind]!.push(value);
    this.#lastChoose = this.#at;
    this.#advance();
  }

  #isDone(engine: Engine, item: ThreadItem, index: number): boolean {
    if (index === UNKNOWN) {
      this.#fail(`no thread ${item.thread} in this program`);
      return false;
    }
    const finished = index === GONE || (index >= 0 && engine.k.threads[index]!.pc === Pc.DONE);
    if (item.kind === "end") {
      // One that repeats ends its lap.
      const hasLapped = index >= 0 && engine.rests(index) && this.#made > 0;
      return finished || hasLapped || (index === engine.reclaim && !engine.isEnabled(index));
    }
    if (item.kind === "step") {
      if (this.#stepsLeft === 0) return true;
      if (finished) this.#fail(`${item.thread} ends ${this.#stepsLeft} steps earlier`);
      return false;
    }
    if (finished) {
      this.#fail(`${item.thread} ends without standing before ${stepName(item)}`);
      return false;
    }
    if (index < 0) return false;
    const calls = this.#ahead!(index, this.#answers.lookingAhead());
    return calls.some((call) => matches(call, item));
  }

  /** At the end of the run: an answer that nobody asked for means that the run was not the one described. */
  #checkAnswers(): void {
    const kind = this.#answers.queues.findIndex((queue) => queue.length > 0);
    if (kind < 0) return;
    this.#at = this.#lastChoose;
    this.#fail(`nobody asks for ${CHOICE_NAMES[kind]} any more`);
  }
}

function stepName(item: { readonly step: string; readonly at?: number }): string {
  return item.at === undefined ? item.step : `${item.step}@${item.at}`;
}

/** A stretch of consecutive steps of one thread. */
interface Segment {
  readonly thread: number;
  readonly name: string;
  readonly first: number;
  steps: number;
  /** Values that the environment chose within, by kind. */
  readonly answers: number[][];
  /** Whether the default order would have gone to this thread as well. */
  readonly byDefault: boolean;
  /** Before each step, and after the last: what the thread would call next. */
  readonly stands: (readonly Call[])[];
  finished: boolean;
}

/** The run of `choices` as a schedule; a ScheduleStrategy that follows it makes exactly the same run. */
export function scheduleOf(subject: Subject, choices: readonly number[]): ScheduleItem[] {
  const segments = segmentsOf(subject, choices);
  lookAround(subject, choices, segments);
  while (segments.length > 0 && isIdle(segments.at(-1)!)) segments.pop();
  return segments.flatMap((s) => [...answersOf(s), itemOf(s)]);
}

/** A kworker that comes by default at the end of the run need not be named. */
function isIdle(s: Segment): boolean {
  return s.byDefault && s.finished && s.name.startsWith("kworker/") && answersOf(s).length === 0;
}

function segmentsOf(subject: Subject, choices: readonly number[]): Segment[] {
  const { engine } = subject;
  const names = new ThreadNames(subject.scenario.threads);
  const segments: Segment[] = [];
  let step = 0;
  watchRun(engine, choices, {
    step: (thread, last) => {
      names.observe(engine);
      if (thread < 0) return;
      if (thread !== last) {
        segments.push({
          thread,
          name: names.nameOf(engine, thread),
          first: step,
          steps: 0,
          answers: CHOICE_NAMES.map(() => []),
          byDefault: thread === defaultThread(engine, last),
          stands: [],
          finished: false,
        });
      }
      segments.at(-1)!.steps++;
      step++;
    },
    answered: (kind, value) => segments.at(-1)!.answers[kind]!.push(value),
  });
  return segments;
}

/** Replays once more and notes before each step what the thread at hand would call, with the answers due to it. */
function lookAround(subject: Subject, choices: readonly number[], segments: readonly Segment[]): void {
  const { engine } = subject;
  const answers = new Answers();
  const ahead = lookahead(engine);
  let step = 0;
  let at = 0;
  watchRun(engine, choices, {
    step: () => {
      const segment = segments[at];
      if (segment === undefined) return;
      if (step === segment.first + segment.steps) {
        segment.stands.push(ahead(segment.thread, answers.lookingAhead()));
        segment.finished = engine.thread(segment.thread).pc === Pc.DONE;
        at++;
      }
      const current = segments[at];
      if (current !== undefined) {
        if (step === current.first)
          current.answers.forEach((a, i) => void answers.queues[i]!.push(...trimZeros(a)));
        current.stands.push(ahead(current.thread, answers.lookingAhead()));
      }
      step++;
    },
    answered: (kind) => answers.choose(kind),
  });
}

function answersOf(s: Segment): ScheduleItem[] {
  return s.answers.flatMap((values, kind) =>
    trimZeros(values).map((value): ScheduleItem => ({ kind: "choose", choice: CHOICE_NAMES[kind]!, value })),
  );
}

/** Says little about where a thread stands: something more telling follows in the same step. */
export const DULL = new Set(["fault_in_iov_iter_readable"]);

function itemOf(s: Segment): ScheduleItem {
  const { name: thread } = s;
  if (s.finished && s.name !== "reclaim") return { kind: "end", thread };
  const last = s.stands.at(-1) ?? [];
  const before = s.stands.slice(0, s.steps).flat();
  const refs = last
    .toSorted((a, b) => Number(DULL.has(a.fn)) - Number(DULL.has(b.fn)))
    .flatMap(({ fn, at }) => [{ step: fn }, { step: fn, at }]);
  const ref = refs.find((r) => !before.some((call) => matches(call, r)));
  if (ref === undefined || s.name === "reclaim") return { kind: "step", thread, count: s.steps };
  return { kind: "until", thread, ...ref };
}
