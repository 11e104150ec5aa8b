/**
 * Looking for a schedule that user space can force and that loses the same: first at random, because most races need
 * few moves, then every one in turn within a bound. What is found is cut down to the moves that it needs.
 */
import { examine, type Finding } from "../explore/finding/finding.js";
import { choicesOf } from "../explore/run/choice-lists.js";
import type { Subject } from "../explore/run/subject.js";
import { makeRng } from "../explore/strategies/rng.js";
import { Oracle } from "../kernel/oracle-table.js";
import { forcedRun } from "./forced-run.js";
import type { MoveMachine } from "./move-machine.js";
import { type Move, tidy } from "./moves.js";
import { randomWalk, walk } from "./walk.js";

export interface Bounds {
  /** Runs at random, then runs in order. */
  readonly samples: number;
  readonly runs: number;
}

export const DEFAULT_BOUNDS: Bounds = { samples: 3000, runs: 60_000 };

export interface Found {
  readonly moves: readonly Move[];
  readonly choices: readonly number[];
  readonly finding: Finding;
}
export interface NoneFound {
  /** Runs made. */
  readonly runs: number;
  /** Every realizable schedule was tried. */
  readonly isComplete: boolean;
}

/**
 * A realizable schedule of the subject that loses bytes; with a kind, one of that kind if there is one, else one whose
 * bytes go the same way (whatever map was stale). Ends without one when `shouldStop` says so.
 */
export function findRealizable(
  subject: Subject,
  kind?: string,
  bounds = DEFAULT_BOUNDS,
  shouldStop = () => false,
): Found | NoneFound {
  const search = new Search(subject, kind, shouldStop);
  const rng = makeRng("realizable");
  const random = randomWalk(rng);
  for (let i = 0; i < bounds.samples && search.best === undefined && !shouldStop(); i++) search.run(random);
  const isComplete = search.best === undefined && tryAll(search, bounds.runs);
  if (search.best === undefined) return { runs: search.runs, isComplete };
  return search.smallest(search.best);
}

/** `content: store -> zero` of `content: store -> zero, DELALLOC map over WRITTEN`. */
function lossOf(kind: string): string {
  return kind.replace(/,.*/s, "");
}

class Search {
  best: readonly Move[] | undefined;
  runs = 0;
  readonly #subject: Subject;
  readonly #loss: string | undefined;

  constructor(
    subject: Subject,
    kind: string | undefined,
    readonly shouldStop: () => boolean,
  ) {
    this.#subject = subject;
    this.#loss = kind === undefined ? undefined : lossOf(kind);
  }

  /** Makes one run; keeps and returns its moves when it loses what is looked for. */
  run(machine: MoveMachine): readonly Move[] | undefined {
    const { engine } = this.#subject;
    this.runs++;
    engine.run(machine);
    if (!engine.verdict.has(Oracle.CONTENT) || machine.problem !== undefined) return undefined;
    const moves = tidy(machine.moves);
    if (this.#loss !== undefined) {
      const finding = examine(this.#subject, choicesOf(engine), 1 << Oracle.CONTENT);
      if (finding === undefined || lossOf(finding.kind) !== this.#loss) return undefined;
    }
    this.best = moves;
    return moves;
  }

  /** Leaves out moves and stops while the loss stays. */
  smallest(moves: readonly Move[]): Found {
    let best = moves;
    for (let i = best.length - 1; i >= 0; i = Math.min(i - 1, best.length - 1)) {
      const without = best.filter((_, j) => j !== i);
      const made = this.run(forcedRun(without));
      if (made !== undefined && made.length < best.length) best = made;
    }
    const { engine } = this.#subject;
    const last = forcedRun(best);
    engine.run(last);
    const choices = choicesOf(engine);
    const finding = examine(this.#subject, choices, 1 << Oracle.CONTENT);
    if (finding === undefined) throw new Error("the run that was found shows nothing when it is made again");
    return { moves: tidy(last.moves), choices, finding };
  }
}

/** Depth first through what a walk can draw; true when nothing is left to try. */
function tryAll(search: Search, most: number): boolean {
  const draws: { readonly value: number; readonly options: number }[] = [];
  let at = 0;
  const drawing = walk((options) => {
    const { value } = draws[at] ?? { value: 0 };
    draws[at++] = { value, options };
    return value;
  });
  for (let i = 0; i < most && !search.shouldStop(); i++) {
    at = 0;
    if (search.run(drawing) !== undefined) return false;
    draws.length = at;
    let last = draws.pop();
    while (last !== undefined && last.value + 1 >= last.options) last = draws.pop();
    if (last === undefined) return true;
    draws.push({ value: last.value + 1, options: last.options });
  }
  return false;
}
