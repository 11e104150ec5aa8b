/**
 * The best run so far, and the judge of candidates: a candidate replaces it when it shows the same kind and costs
 * less. Counts its work in model steps, so that a limit on it means the same on every machine.
 */
import { examine, type Finding } from "../explore/finding/finding.js";
import { choicesOf } from "../explore/run/choice-lists.js";
import type { Engine } from "../explore/run/engine.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { makeSubject, type Subject } from "../explore/run/subject.js";
import type { Strategy } from "../explore/strategies/strategy.js";
import { ORACLE_NAMES } from "../kernel/oracle-table.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Scenario } from "../scenario/types.js";
import { type Cost, compareCosts, departures, programCost, runCost } from "./cost.js";
import type { ProgramCandidate } from "./edit.js";
import { searchDepartures, searchNear, searchRandom, type Visit } from "./refind.js";
import { carryOver, FollowScript, type ScheduleCandidate, type Script, scriptOf } from "./script.js";

/** A simpler run to try: an edited program, or another schedule for the same program. */
export type Candidate = ProgramCandidate | ScheduleCandidate;

/** A failing run in every detail that passes look at. */
export interface Run {
  readonly scenario: Scenario;
  readonly choices: readonly number[];
  readonly finding: Finding;
  readonly cost: Cost;
  readonly script: Script;
}

/** How hard to look for a schedule after an edit. */
export interface Effort {
  readonly departures: number;
  readonly bounded: number;
  readonly near: number;
  readonly random: number;
}

/** Rough price of building a machine, and of working out a finding, in model steps. */
const PRICE_OF_SUBJECT = 300;
const PRICE_OF_FINDING = 500;
/** Work after which nothing is searched for any more; replays go on until nothing more can be taken away. */
const SEARCH_LIMIT = 2_000_000;
/** Work after which shrinking ends where it is: only runs of thousands of steps come this far. */
const WORK_LIMIT = 10_000_000;
/** Findings worked out per search: all of another kind so far, so that more are not likely to help. */
const MOST_OTHER_KINDS = 12;

export class Shrinker {
  best: Run;
  work = 0;
  readonly #variant: KernelVariant;
  readonly #mask: number;
  readonly #oracle: number;
  #subject: Subject;
  readonly #failed = new Set<string>();

  constructor(scenario: Scenario, variant: KernelVariant, finding: Finding, mask: number) {
    this.#variant = variant;
    this.#mask = mask;
    this.#oracle = ORACLE_NAMES.indexOf(finding.oracle);
    this.#subject = makeSubject(scenario, variant);
    this.best = this.#describe(this.#subject, finding);
  }

  get isSpent(): boolean {
    return this.work > SEARCH_LIMIT;
  }

  /** Tries a candidate; with `effort` a schedule is searched for where following the old one does not do. */
  try(candidate: Candidate, effort?: Effort): boolean {
    if (this.work > WORK_LIMIT) return false;
    return "scenario" in candidate ? this.#tryProgram(candidate, effort) : this.#trySchedule(candidate);
  }

  #trySchedule(candidate: ScheduleCandidate): boolean {
    const key = JSON.stringify(candidate);
    if (this.#isKnown(`${this.#programKey(this.best.scenario)}${key}`)) return false;
    const strategy =
      "choices" in candidate
        ? new ReplayChoices(candidate.choices)
        : new FollowScript(this.#subject, candidate.script, candidate.exact);
    return this.#run(this.#subject, strategy);
  }

  #tryProgram(candidate: ProgramCandidate, effort: Effort | undefined): boolean {
    const { scenario } = candidate;
    if (compareCosts(programCost(scenario), this.best.cost.slice(0, 3)) > 0) return false;
    const program = this.#programKey(scenario);
    const replayed = this.#isKnown(
      `${program}${this.best.choices.join()}${JSON.stringify(this.best.script)}`,
    );
    const searches = effort !== undefined && !this.isSpent && !this.#isKnown(`${program}${effort.random}`);
    if (replayed && !searches) return false;
    const subject = makeSubject(scenario, this.#variant);
    this.work += PRICE_OF_SUBJECT;
    const script = carryOver(this.best.script, candidate);
    if (!replayed) {
      if (this.#run(subject, new FollowScript(subject, script, false))) return true;
      if (this.#run(subject, new ReplayChoices(this.best.choices))) return true;
      if (this.#run(subject, new FollowScript(subject, script, true))) return true;
    }
    if (!searches) return false;
    return this.#search(subject, (engine, visit) => {
      engine.run(new FollowScript(subject, script, false));
      const near = choicesOf(engine);
      const end = searchDepartures(engine, effort.departures, effort.bounded, visit);
      if (end !== "open") return end === "found";
      return searchNear(engine, near, effort.near, visit) || searchRandom(engine, effort.random, visit);
    });
  }

  /** Looks for a schedule of the best run's program with fewer departures than it has. */
  searchFewer(runs: number): boolean {
    const most = departures(this.best.choices) - 1;
    if (most < 0 || this.isSpent || this.#isKnown(`${this.#programKey(this.best.scenario)}fewer${most}`))
      return false;
    return this.#search(
      this.#subject,
      (engine, visit) => searchDepartures(engine, most, runs, visit) === "found",
    );
  }

  /** Judges the runs that `search` makes, until one is accepted; looks at no more when all show other kinds. */
  #search(subject: Subject, search: (engine: Engine, visit: Visit) => boolean): boolean {
    const { engine } = subject;
    const before = engine.computed;
    let others = 0;
    const found = search(engine, () => {
      if (!this.#isSuspect(subject) || others > MOST_OTHER_KINDS) return false;
      if (this.#accept(subject)) return true;
      others++;
      return false;
    });
    this.work += engine.computed - before;
    return found;
  }

  #run(subject: Subject, strategy: Strategy): boolean {
    subject.engine.run(strategy);
    this.work += subject.engine.steps;
    return this.#isSuspect(subject) && this.#accept(subject);
  }

  /** Whether the last run violated the right oracle first; its kind is not known yet. */
  #isSuspect({ engine }: Subject): boolean {
    const found = engine.verdict.found & this.#mask;
    return (found & -found) === 1 << this.#oracle;
  }

  /** Takes the engine's last run if it shows the kind and costs less. */
  #accept(subject: Subject): boolean {
    const choices = choicesOf(subject.engine);
    const lead = [...programCost(subject.scenario), departures(choices)];
    if (compareCosts(lead, this.best.cost.slice(0, lead.length)) > 0) return false;
    const finding = examine(subject, choices, this.#mask);
    this.work += PRICE_OF_FINDING;
    if (finding?.kind !== this.best.finding.kind) return false;
    if (compareCosts(runCost(subject.scenario, finding), this.best.cost) >= 0) return false;
    this.#subject = subject;
    this.best = this.#describe(subject, finding);
    return true;
  }

  #describe(subject: Subject, finding: Finding): Run {
    const { scenario } = subject;
    const { choices } = finding;
    const script = scriptOf(subject, choices);
    return { scenario, choices, finding, script, cost: runCost(scenario, finding) };
  }

  #programKey({ file, setup, threads, budget }: Scenario): string {
    return JSON.stringify([file, setup, threads, budget]);
  }

  #isKnown(key: string): boolean {
    if (this.#failed.has(key)) return true;
    this.#failed.add(key);
    return false;
  }
}
