/**
 * A program as it is gathered from a report: operations by thread, what of the report was left out or refused, and the
 * scenario that comes of it.
 */
import { OPS } from "../../kernel/ops.js";
import { type Beyond, noneOf } from "../beyond-model.js";
import { emptyBudget } from "../budget.js";
import { SCENARIO_NAME } from "../language/scenario-keys.js";
import {
  DEFAULT_BLOCK,
  DEFAULT_PAGE,
  MAX_OPS_PER_THREAD,
  MAX_PAGES_TOUCHED,
  MAX_THREADS,
  pagesTouched,
  tooManyCells,
} from "../limits.js";
import { allOps, targetOf } from "../op-bytes.js";
import { NOTHING_STATED, type Op, type Scenario } from "../types.js";
import { listed, type Read } from "../yaml/diagnostic.js";
import type { Reporter } from "../yaml/source.js";
import { type HowRead, MOST_OPS, MOST_PAGES } from "./how-read.js";

/** `[start, end)` of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export class ToldProgram {
  readonly report: Reporter;
  readonly #how: HowRead;
  readonly #source: string;
  readonly #setup: Op[] = [];
  readonly #threads = new Map<string, Op[]>();
  readonly #leftOut = new Map<string, number>();
  readonly #notes = new Set<string>();
  #isPart = false;
  #end = 0;

  constructor(report: Reporter, source: string, how: HowRead) {
    this.report = report;
    this.#source = source;
    this.#how = how;
  }

  /** Appends to a thread's program, or to what runs before all threads. */
  add(thread: string, ...ops: readonly Op[]): void {
    for (const op of ops) this.#end = endBehind(this.#end, op);
    if (thread === "setup") this.#setup.push(...ops);
    else if (this.#threads.get(thread)?.push(...ops) === undefined) this.#threads.set(thread, [...ops]);
  }

  /** The operations so far become what runs before all threads. */
  beginThreads(from: string): void {
    this.#setup.push(...(this.#threads.get(from) ?? []));
    this.#threads.delete(from);
  }

  /** Threads that do something. */
  get threadNames(): readonly string[] {
    return [...this.#threads.keys()];
  }

  /** How many operations there are so far. */
  get ops(): number {
    return [this.#setup, ...this.#threads.values()].reduce((n, ops) => n + ops.length, 0);
  }

  /** Where the furthest of them ends; of those that are about the whole file nothing is known. */
  get end(): number {
    return this.#end;
  }

  note(text: string): void {
    this.#notes.add(text);
  }

  /** Something that the report does is not in the program. */
  leaveOut(what: string): void {
    this.#isPart = true;
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  /** What the model does not have: an error, unless it is to be left out. Whether it was left out. */
  beyond(what: string, beyond: Beyond, { start, end }: Span): boolean {
    if (this.#how.leaveOut?.includes(beyond.name) === true) {
      this.leaveOut(what);
      return true;
    }
    this.report.add(start, end, noneOf(beyond), {
      remedy: `${beyond.instead}; or --leave-out ${beyond.name}, for an answer about the rest`,
    });
    return false;
  }

  /** An error at a place. */
  fail({ start, end }: Span, message: string, remedy?: string): undefined {
    return this.report.add(start, end, message, { remedy });
  }

  /** `file`: what the report says of it; a long one is not held to the limits of the language. */
  scenario(
    name: string,
    file: { readonly size?: number; readonly block?: number; readonly isLong?: boolean } = {},
  ): Read<{ readonly scenario: Scenario }> {
    const { page = DEFAULT_PAGE, block = file.block ?? Math.min(DEFAULT_BLOCK, page) } = this.#how;
    const [mostOps, mostPages] =
      file.isLong === true ? [MOST_OPS, MOST_PAGES] : [MAX_OPS_PER_THREAD, MAX_PAGES_TOUCHED];
    const threads = [...this.#threads].map(([name, ops]) => ({ name, ops }));
    const program = { setup: this.#setup, threads };
    const at = (message: string, remedy?: string): void => this.report.add(0, 1, message, { remedy });
    if (block > page) at("the model has no blocks larger than pages", "--page says how large pages were");
    const all = allOps(program);
    if (all.length === 0 && !this.report.failed)
      at("expected at least one call that changes or reads the file");
    if (threads.length > MAX_THREADS) at(`expected at most ${MAX_THREADS} threads, found ${threads.length}`);
    if ([this.#setup, ...threads.map(({ ops }) => ops)].some((ops) => ops.length > mostOps))
      at(`expected at most ${mostOps} operations in a row`);
    if (pagesTouched(all, page) > mostPages)
      at(`expected operations to touch at most ${mostPages} pages, found more`);
    const cells = tooManyCells({ ...program, file: { size: 0, block, page } });
    if (cells !== undefined) at(`expected ${cells}`);
    if (this.report.failed) return { diagnostics: this.report.diagnostics() };
    const left = [...this.#leftOut].map(([what, n]) => `${what}${n === 1 ? "" : ` (${n})`}`);
    const notes = [
      ...(left.length === 0 ? [] : [`left out, and this is about the rest: ${listed(left, "and")}`]),
      ...this.#notes,
    ];
    const base = name
      .replace(/^.*[\\/]/s, "")
      .replace(/[^\w.+-]+/g, "-")
      .slice(0, 80);
    const scenario: Scenario = {
      name: SCENARIO_NAME.test(base) ? base : "program",
      source: this.#source,
      file: { size: file.size ?? 0, block, page },
      ...program,
      budget: emptyBudget(),
      ...NOTHING_STATED,
      ...(notes.length === 0 ? {} : { notes }),
      ...(this.#isPart ? { isPart: true } : {}),
    };
    return { scenario };
  }
}

/** As far as a file that reached to `end` can reach behind an operation. */
function endBehind(end: number, op: Op): number {
  const length = op.to - op.from;
  if (!Number.isFinite(length)) return end;
  if (op.kind === "append" || op.kind === "insert") return end + length;
  if (OPS[op.kind].covers === "nothing") return end;
  return Math.max(end, op.to, targetOf(op)?.to ?? 0);
}
