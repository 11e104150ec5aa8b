/**
 * The kinds of findings that a fuzz run meets. Each is saved as it was found when it is first seen, shrunk while the
 * search goes on, and then saved and printed, in the order in which they were found.
 */
import { type CaseOptions, caseSeedText } from "../../fuzz/case.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import type { CountedFinding, KnownKind } from "../../report/fuzz-text.js";
import { shellWords } from "../../report/shell-words.js";
import { grouped } from "../../report/style.js";
import type { FailedCase } from "../../tasks/fuzz-cases.js";
import { type Pool, unless } from "../../workers/pool.js";
import type { Progress } from "../terminal/progress-line.js";
import type { Report } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";
import { KeptFinding } from "./kept-finding.js";
import { asFound, foundPath, present } from "./present-finding.js";

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

/** A kind with the number of its cases. */
interface Met {
  count: number;
  reported: ReportedFinding | undefined;
}

export class Kinds {
  /** Found and not printed yet. */
  waiting = 0;
  readonly #context: FuzzContext;
  /** What was there before this run, by kind. */
  readonly #known: ReadonlyMap<string, string>;
  readonly #again = new Map<string, number>();
  readonly #met = new Map<string, Met>();
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
    return [...this.#met.values()].flatMap(({ reported, count }) =>
      reported === undefined ? [] : [{ ...reported, count }],
    );
  }

  /** Known before and met again. */
  get known(): KnownKind[] {
    return [...this.#again].map(([kind, count]) => ({ kind, count, file: this.#known.get(kind) ?? "" }));
  }

  /** Takes a failing case. */
  meet(failed: FailedCase): void {
    const { kind } = failed;
    if (this.#known.has(kind)) {
      this.#again.set(kind, (this.#again.get(kind) ?? 0) + 1);
      return;
    }
    const met = this.#met.get(kind);
    if (met !== undefined) met.count++;
    else this.#first(failed);
  }

  /**
   * Waits until all are printed; once a second signal comes those that are not shrunk are printed as they were found.
   * Throws what kept one from being shrunk.
   */
  async finish(): Promise<void> {
    await this.#printed;
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #first({ n, run, kind, schedules }: FailedCase): void {
    const { session, pool, options, caseFlags, folder, report, progress } = this.#context;
    const met: Met = { count: 1, reported: undefined };
    this.#met.set(kind, met);
    this.waiting++;
    const caseSeed = caseSeedText(options, n);
    const [, kernel = ""] = caseSeed.split(":");
    const found = asFound(run, options.mask);
    const kept = new KeptFinding(session, foundPath(folder, kernel, found.finding, `${options.seed}-${n}`));
    const foundIn = `case ${grouped(n)}, schedule ${grouped(schedules)}`;
    const origin = { caseSeed, caseFlags, foundIn };
    const saved = present(found, origin, kept);
    if (saved.file === undefined)
      note(session, `found: ${kind}, case ${shellWords([caseSeed, ...caseFlags])}`);
    const isRealizable = options.strategy === "realizable";
    const job = { kind: "shrink" as const, run, mask: options.mask, isRealizable };
    const shrinking = unless(pool, job, () => session.interrupt.isHurried).catch((error: unknown) => {
      this.#failures.push(error);
      return undefined;
    });
    const print = async (): Promise<void> => {
      const shrunk = await shrinking;
      met.reported = shrunk === undefined ? saved : present(shrunk, origin, kept);
      progress.stop();
      report.item(met.reported);
      this.waiting--;
    };
    this.#printed = this.#printed.then(print);
  }
}
