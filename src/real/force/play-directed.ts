/**
 * Plays directions (directed.ts) on models: on the kernel of the run, step for step, which gives the functions that it
 * stopped at; and on any kernel by those functions, which gives moves for that kernel's player.
 */
import { allowed } from "../../check/ghost.js";
import { Choice } from "../../kernel/machine/choices.js";
import { boundaryByte, startByte } from "../../kernel/machine/geometry.js";
import type { Kernel } from "../../kernel/machine/kernel.js";
import { Oracle } from "../../kernel/oracle-table.js";
import { type KernelVariant, kernelOf } from "../../kernel/versions/variant.js";
import type { Scenario } from "../../scenario/types.js";
import type { Direction, Forced } from "./directed.js";
import { byteOfValue, endState } from "./end-state.js";
import {
  type EndState,
  type ForcedFault,
  type ForcedMove,
  type PlayedMove,
  type Run,
  type Stand,
  taskOfIo,
} from "./forced-moves.js";
import { evictionOf } from "./move-parts.js";
import { ModelPlay } from "./play-model.js";
import { latestName, type Points, pointAtOf, pointsOf } from "./points.js";

/** How far a task goes: to a function, the n-th time; to the end of its operation; or past what cannot be held. */
export type Leg =
  | {
      readonly do: "go";
      readonly who: string;
      /** By its latest name; undefined: to the end of the operation. */
      readonly fn: string | undefined;
      readonly nth: number;
      readonly forced: readonly Forced[];
    }
  | { readonly do: "io"; readonly n: number; readonly forced: readonly Forced[] }
  | { readonly do: "evict"; readonly from: number; readonly to: number };

/** Bytes `[from, to)` may hold one of these after the run; `any`: whatever. */
export interface Allowance {
  readonly from: number;
  readonly to: number;
  readonly values: readonly number[] | "any";
}

/** What a model does with a plan. */
export interface DirectedRun {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly points: Points;
  readonly moves: readonly PlayedMove[];
  readonly end: EndState;
  readonly saw: ReadonlyMap<string, readonly Run[]>;
  readonly allowed: readonly Allowance[];
  /** Oracles violated, a mask over ORACLE_NAMES. */
  readonly found: number;
  /** What of the directions could not be followed to the letter, and what cannot be forced. */
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

const MOST_MOVES = 600;

class Play {
  readonly points: Points;
  readonly moves: PlayedMove[] = [];
  readonly notes: string[] = [];
  readonly problems: string[] = [];
  readonly model: ModelPlay;
  readonly #steps: number[];
  #fault: ForcedFault | undefined;
  /** Per task, where it was last seen and how often the current leg has been there. */
  constructor(
    readonly scenario: Scenario,
    readonly variant: KernelVariant,
    holdsMaps = false,
  ) {
    this.points = pointsOf(kernelOf(variant), holdsMaps);
    const { points } = this;
    this.model = new ModelPlay(scenario, variant, pointAtOf(points));
    const { k } = this.model.engine;
    this.#steps = k.threads.map(() => 0);
    k.tracer = {
      step: (t) => {
        this.#steps[t.index] = (this.#steps[t.index] ?? 0) + 1;
      },
      note: (_t, text) => {
        if (text.includes("comes up short")) this.#fault = "short copy";
      },
    };
  }

  stepsOf(thread: number): number {
    return this.#steps[thread] ?? 0;
  }

  make(move: ForcedMove, forced: Forcing): void {
    const at = "who" in move ? this.model.standing(move.who) : undefined;
    this.#fault = undefined;
    const played = this.model.make(move, (kind, options) => this.#force(kind, options, forced, at));
    const fault = this.#fault as ForcedFault | undefined;
    const isIo = move.do === "io" && forced.failed;
    this.moves.push({
      ...played,
      move: isIo
        ? { ...move, fails: true }
        : move.do === "go" && fault !== undefined
          ? { ...move, fault }
          : move,
    });
    if (this.moves.length > MOST_MOVES) throw new Error("a run that does not end");
  }

  #force(kind: Choice, options: number, forced: Forcing, at: Stand | undefined): number {
    const value = forced.answer(kind);
    if (value === 0 || value >= options) return 0;
    const fn = at?.is === "at" ? at.fn : "";
    if (kind === Choice.RESERVATION_FAILURE) this.#fault = "no reservation";
    else if (kind === Choice.DEVICE_ERROR) forced.failed = true;
    else if (kind === Choice.SHORT_COPY) this.#fault = "short copy";
    else if (kind === Choice.FATAL_SIGNAL && fn === "iomap_write_begin") this.#fault = "signal";
    else if (kind === Choice.ALLOCATION_FAILURE && fn.startsWith("xfs_bmapi_convert_"))
      this.#fault = "no allocation";
    else this.problems.push(`${CANNOT[kind] ?? "a fault"} cannot be forced`);
    return value;
  }

  /** Lets everybody come to the end, the first who can first. */
  finish(): void {
    while (!this.model.isOver) {
      const move = this.model.possible().find((one) => one.do !== "evict");
      if (move === undefined) {
        this.problems.push("not all come to their end");
        return;
      }
      this.make(move, new Forcing([]));
    }
  }

  done(): DirectedRun {
    const { k, verdict } = this.model.engine;
    k.tracer = null;
    const allowances = allowancesOf(k);
    const end = endState(this.model.engine, this.model.returns);
    const { scenario, variant, points, moves, notes, problems } = this;
    const { saw } = this.model;
    return {
      scenario,
      variant,
      points,
      moves,
      end,
      saw,
      allowed: allowances,
      found: verdict.found | this.model.found,
      notes,
      problems,
    };
  }
}

const CANNOT: { readonly [kind: number]: string } = {
  [Choice.SHORT_ALLOCATION]: "an allocation of less than was asked",
  [Choice.ALLOCATION_FAILURE]: "an allocation that fails outside of writeback",
  [Choice.FATAL_SIGNAL]: "a fatal signal there",
};

/** The answers of a leg, by kind. */
class Forcing {
  failed = false;
  readonly #asked = new Map<Choice, number>();

  constructor(readonly forced: readonly Forced[]) {}

  answer(kind: Choice): number {
    const nth = (this.#asked.get(kind) ?? 0) + 1;
    this.#asked.set(kind, nth);
    return this.forced.find((one) => one.kind === kind && one.nth === nth)?.value ?? 0;
  }
}

/** Plays the directions on their own kernel; gives the legs, by which other kernels can follow. */
export function legsOf(
  scenario: Scenario,
  variant: KernelVariant,
  directions: readonly Direction[],
): { readonly legs: readonly Leg[]; readonly run: DirectedRun } {
  const play = new Play(scenario, variant);
  const { model } = play;
  const legs: Leg[] = [];
  const programThreads = model.engine.k.layout.programThreads;
  for (const direction of directions) {
    if (direction.do === "evict") {
      const move = evictionOf(model.engine.k, direction.answer);
      if (move?.do !== "evict") continue;
      play.make(move, new Forcing([]));
      legs.push(move);
      continue;
    }
    const { thread, steps } = direction;
    if (play.stepsOf(thread) >= steps) continue;
    const forcing = new Forcing(direction.forced);
    const who = model.nameOf(thread);
    if (thread >= programThreads && model.standing(who) === undefined) {
      const n = Number(who.slice(taskOfIo("").length));
      if (n === 0) {
        play.notes.push("data that the run completes is not sent yet where its sender can be held");
        continue;
      }
      play.make({ do: "io", n }, forcing);
      legs.push({ do: "io", n, forced: direction.forced });
      if (play.stepsOf(thread) >= steps) continue;
    }
    const leg = goTo(play, who, forcing, () => play.stepsOf(thread) >= steps);
    if (leg === undefined) continue;
    if (play.stepsOf(thread) > steps)
      play.notes.push(`${who} cannot be held where the run has it: it goes on to ${leg.fn ?? "its end"}`);
    legs.push({ do: "go", who, ...leg, forced: direction.forced });
  }
  play.finish();
  return { legs, run: play.done() };
}

/** Plays legs on a kernel. */
export function playLegs(
  scenario: Scenario,
  variant: KernelVariant,
  legs: readonly Leg[],
  holdsMaps = false,
): DirectedRun {
  const play = new Play(scenario, variant, holdsMaps);
  const { model } = play;
  for (const leg of legs) {
    if (leg.do === "evict") {
      const move = model.possible().find((one) => one.do === "evict" && one.from === leg.from);
      if (move !== undefined) play.make(move, new Forcing([]));
      else play.notes.push(`${leg.from}..${leg.to} cannot be evicted`);
      continue;
    }
    const forcing = new Forcing(leg.forced);
    if (leg.do === "io") {
      if (model.possible().some((one) => one.do === "io" && one.n === leg.n))
        play.make(leg2io(leg.n), forcing);
      else play.notes.push(`there is no I/O ${leg.n} to complete`);
      continue;
    }
    let left = leg.nth;
    goTo(play, leg.who, forcing, (stand) => {
      if (stand?.is !== "at" || leg.fn === undefined) return false;
      return latestName(stand.fn) === leg.fn && --left === 0;
    });
  }
  play.finish();
  return play.done();
}

const leg2io = (n: number): ForcedMove => ({ do: "io", n });

/** Moves a task from point to point until somebody says that it is there, it returns, waits or is gone. */
function goTo(
  play: Play,
  who: string,
  forcing: Forcing,
  isThere: (stand: Stand | undefined) => boolean,
): { readonly fn: string | undefined; readonly nth: number } | undefined {
  const visits = new Map<string, number>();
  let made = false;
  for (;;) {
    const can = play.model.possible().some((move) => move.do === "go" && move.who === who);
    if (!can) return made ? { fn: undefined, nth: 1 } : undefined;
    play.make({ do: "go", who }, forcing);
    made = true;
    const stand = play.model.standing(who);
    if (stand?.is !== "at") return { fn: undefined, nth: 1 };
    const fn = latestName(stand.fn);
    const nth = (visits.get(fn) ?? 0) + 1;
    visits.set(fn, nth);
    if (isThere(stand)) return { fn, nth };
  }
}

/** What each byte may hold by now, as far as it lies below EOF. */
function allowancesOf(k: Kernel): Allowance[] {
  const found: Allowance[] = [];
  for (let c = 0; c < k.isize; c++) {
    const values = allowed(k, c);
    found.push({
      from: startByte(k.g, c),
      to: boundaryByte(k.g, c + 1),
      values: values === undefined || values === "any" ? "any" : values.map(byteOfValue),
    });
  }
  return found;
}

/** Whether the model loses data in it. */
export const losesData = ({ found }: DirectedRun): boolean => (found & (1 << Oracle.CONTENT)) !== 0;
