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
  readonly #places = new Map<Op, Span>();
  #place: Span = { start: 0, end: 1 };
  #isPart = false;
  #end = 0;

  constructor(report: Reporter, source: string, how: HowRead) {
    this.report = report;
    this.#source = source;
    this.#how = how;
  }

  /** What is added from here on stands at this place. */
  here(span: Span): void {
    this.#place = span;
  }

  /** Line and column of an offset, for a note. */
  at(start: number): string {
    return `at ${this.report.lineOf(start)}:${start - this.report.text.lastIndexOf("\n", start - 1)}`;
  }

  /** Appends to a thread's program, or to what runs before all threads. */
  add(thread: string, ...ops: readonly Op[]): void {
    for (const op of ops) {
      this.#end = endBehind(this.#end, op);
      this.#places.set(op, this.#place);
    }
    if (thread === "setup") this.#setup.push(...ops);
    else if (this.#threads.get(thread)?.push(...ops) === undefined) this.#threads.set(thread, [...ops]);
  }

  /** The operations so far become what runs before all threads. */
  beginThreads(from: string): void {
    this.#setup.push(...(this.#threads.get(from) ?? []));
    this.#threads.delete(from);
  }

  /** The operations of a thread come behind those of another. */
  join(from: string, to: string): void {
    const ops = this.#threads.get(from) ?? [];
    this.#threads.delete(from);
    this.#threads.get(to)?.push(...ops);
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
    const threads = [...this.#threads].map(([name, ops]) => ({ name, ops }));
    const program = { setup: this.#setup, threads };
    this.#checkSize({ ...program, file: { size: 0, block, page } }, file.isLong === true);
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

  /** What the model can run; where it is too much, at the operation that makes it so. */
  #checkSize(program: Pick<Scenario, "setup" | "threads" | "file">, isLong: boolean): void {
    const { setup, threads, file } = program;
    const [mostOps, mostPages] = isLong ? [MOST_OPS, MOST_PAGES] : [MAX_OPS_PER_THREAD, MAX_PAGES_TOUCHED];
    const all = allOps(program);
    const fail = (op: Op | undefined, message: string, remedy?: string): void => {
      const { start, end } = (op && this.#places.get(op)) ?? { start: 0, end: 1 };
      this.report.add(start, end, message, { remedy });
    };
    if (file.block > file.page)
      fail(undefined, "the model has no blocks larger than pages", "--page says how large pages were");
    if (all.length === 0 && !this.report.failed)
      fail(undefined, "expected at least one call that changes or reads the file");
    const over = threads[MAX_THREADS];
    if (over !== undefined)
      fail(over.ops[0], `expected at most ${MAX_THREADS} threads, found ${threads.length}`, CUT);
    const row = [setup, ...threads.map(({ ops }) => ops)].find((ops) => ops.length > mostOps);
    if (row !== undefined) fail(row[mostOps], `expected at most ${mostOps} operations in a row`, CUT);
    const longest = all.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
    if (pagesTouched(all, file.page) > mostPages)
      fail(longest, `expected operations to touch at most ${mostPages} pages, found more`, NEARER);
    const cells = this.report.failed ? undefined : tooManyCells(program);
    if (cells !== undefined) fail(longest, `expected ${cells}`, NEARER);
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

/** Of those that are about the whole file none. */
const lengthOf = ({ from, to }: Op): number => (Number.isFinite(to) ? to - from : 0);

const CUT = "keep those that the question is about";
const NEARER =
  "keep what touches the pages in question, or make ranges shorter: only near their ends do pages differ";
