/**
 * The kinds of findings that a fuzz run meets. Each is saved as it was found when it is first seen, shrunk while the
 * search goes on, and then saved and printed, in the order in which they were found. Different defects can show the same
 * kind: at the end the next few cases of each are looked at, and those that the cure of the first leaves as they are get
 * a finding of their own.
 */
import { type CaseOptions, caseSeedText } from "../../fuzz/case.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import type { MetKind } from "../../report/fuzz-status.js";
import type { CountedFinding, KnownKind } from "../../report/fuzz-text.js";
import { shellWords } from "../../report/shell-words.js";
import { grouped } from "../../report/style.js";
import type { FailedCase } from "../../tasks/fuzz-cases.js";
import { type Pool, unless } from "../../workers/pool.js";
import type { Report } from "../terminal/report.js";
import type { Progress } from "../terminal/spinner.js";
import { note, type Session } from "../terminal/terminal.js";
import { foundPath } from "./finding-file.js";
import { KeptFinding } from "./kept-finding.js";
import { asFound, present } from "./present-finding.js";

export interface FuzzContext {
  readonly session: Session;
  readonly pool: Pool;
  readonly options: CaseOptions;
  /** The options that a case depends on beside its seed, as flags. */
  readonly caseFlags: readonly string[];
  /** Where findings are saved. */
  readonly folder: string;
  readonly report: Report<"fuzz">;
  readonly progress: Progress;
}

/** A cause of a kind with the number of cases that are counted to it. */
interface Cause {
  count: number;
  reported: ReportedFinding | undefined;
}

interface Met {
  /** In the order in which they were told apart; cases that nobody looks at count to the first. */
  readonly causes: [Cause, ...Cause[]];
  /** The next cases of the kind. */
  readonly others: FailedCase[];
}

/** So many cases of a kind are asked for their cause. */
const ASKED = 24;
/** After so many in a row that turn out, once they are small, to be of a known cause, no more of the kind is asked. */
const FRUITLESS = 3;

export class Kinds {
  /** Found and not printed yet. */
  waiting = 0;
  readonly #context: FuzzContext;
  /** What was there before this run, by kind. */
  readonly #known: ReadonlyMap<string, string>;
  readonly #again = new Map<string, number>();
  readonly #met = new Map<string, Met>();
  /** When each kind was met first, by performance.now(). */
  readonly #since = new Map<string, number>();
  readonly #failures: unknown[] = [];
  /** The last kind is printed. */
  #printed: Promise<void> = Promise.resolve();

  constructor(context: FuzzContext, known: ReadonlyMap<string, string>) {
    this.#context = context;
    this.#known = known;
  }

  /** How many were found, without those known before. */
  get found(): number {
    return this.#met.size;
  }

  get findings(): CountedFinding[] {
    return [...this.#met.values()]
      .flatMap(({ causes }) => causes)
      .flatMap(({ reported, count }) => (reported === undefined ? [] : [{ ...reported, count }]));
  }

  /** Known before and met again. */
  get known(): KnownKind[] {
    return [...this.#again].map(([kind, count]) => ({ kind, count, file: this.#known.get(kind) ?? "" }));
  }

  /** All of them as they stand, with times from `started`, by performance.now(). */
  standing(started: number): MetKind[] {
    const first = (kind: string): number => ((this.#since.get(kind) ?? started) - started) / 1000;
    const known = [...this.#again].map(([kind, count]) => ({ kind, count, isKnown: true, cure: undefined }));
    const met = [...this.#met].map(([kind, { causes }]) => ({
      kind,
      count: causes.reduce((n, cause) => n + cause.count, 0),
      isKnown: false,
      cure: causes[0].reported?.curedBy,
    }));
    return [...met, ...known].map((one) => ({ ...one, first: first(one.kind) }));
  }

  /** Takes a failing case. */
  meet(failed: FailedCase): void {
    const { kind } = failed;
    if (!this.#since.has(kind)) this.#since.set(kind, performance.now());
    if (this.#known.has(kind)) {
      this.#again.set(kind, (this.#again.get(kind) ?? 0) + 1);
      return;
    }
    const met = this.#met.get(kind);
    if (met === undefined) {
      const cause: Cause = { count: 1, reported: undefined };
      this.#met.set(kind, { causes: [cause], others: [] });
      this.waiting++;
      this.#printed = this.#printed.then(this.#beginShrinking(failed, cause));
    } else {
      met.causes[0].count++;
      if (met.others.length < ASKED) met.others.push(failed);
    }
  }

  /**
   * Waits until all are printed; once a second signal comes those that are not shrunk are printed as they were found.
   * Throws what kept one from being shrunk.
   */
  async finish(): Promise<void> {
    await this.#printed;
    for (const met of this.#met.values()) if (this.#failures.length === 0) await this.#tellApart(met);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  /** Gives the cases of a kind that the cures of its known causes leave as they are findings of their own. */
  async #tellApart({ causes, others }: Met): Promise<void> {
    const { session, pool, options } = this.#context;
    let fruitless = 0;
    for (const failed of others) {
      const cures = causes.map(({ reported }) => reported?.curedBy ?? []);
      // Where nothing cures a cause there is nothing to tell others by.
      if (fruitless === FRUITLESS || cures.some((cure) => cure.length === 0)) return;
      const { run, kind: shown } = failed;
      const job = { kind: "cause" as const, run, mask: options.mask, shown, cures };
      const told = await unless(pool, job, () => session.interrupt.signal !== undefined);
      if (told === undefined) return;
      let known: Cause | undefined = causes[told.cause];
      if (known === undefined) {
        const cause: Cause = { count: 0, reported: undefined };
        await this.#beginShrinking(failed, cause, cures)();
        known = cause.reported === undefined ? undefined : cause;
        if (known === undefined) fruitless++;
        else causes.push(known);
      }
      if (known === undefined || known === causes[0]) continue;
      causes[0].count--;
      known.count++;
    }
  }

  /**
   * Saves a case as it was found and has it made small; what comes back waits for that and prints it, unless one of the
   * cures that are known already is its own.
   */
  #beginShrinking({ n, run, kind, schedules }: FailedCase, cause: Cause, known: readonly Cure[] = []) {
    const { session, pool, options, caseFlags, folder, report, progress } = this.#context;
    const caseSeed = caseSeedText(options, n);
    const [, kernel = ""] = caseSeed.split(":");
    const found = asFound(run, options.mask);
    const kept = new KeptFinding(session, foundPath(folder, kernel, found.finding, `${options.seed}-${n}`));
    const foundIn = `case ${grouped(n)}, schedule ${grouped(schedules)}`;
    const origin = { caseSeed, caseFlags, foundIn };
    const isFirst = known.length === 0;
    const saved = isFirst ? present(found, origin, kept) : undefined;
    if (saved !== undefined && saved.file === undefined)
      note(session, `found: ${kind}, case ${shellWords([caseSeed, ...caseFlags])}`);
    const isRealizable = options.strategy === "realizable";
    const job = { kind: "shrink" as const, run, mask: options.mask, isRealizable };
    const shrinking = unless(pool, job, () => session.interrupt.isHurried).catch((error: unknown) => {
      this.#failures.push(error);
      return undefined;
    });
    return async (): Promise<void> => {
      const shrunk = await shrinking;
      const isKnown = shrunk !== undefined && known.some((cure) => isSame(cure, shrunk.curedBy));
      cause.reported = shrunk === undefined || isKnown ? saved : present(shrunk, origin, kept);
      progress.stop();
      if (cause.reported !== undefined) report.item(cause.reported);
      if (isFirst) this.waiting--;
    };
  }
}

type Cure = readonly string[];

const isSame = (a: Cure, b: Cure): boolean => a.length === b.length && a.every((name) => b.includes(name));
