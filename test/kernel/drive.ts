/**
 * Drives a machine by hand: one thread at a time, up to a step or to the end, with the environment's answers given
 * beforehand. For tests that look at a state in the middle of a run.
 */

import type { Engine } from "../../src/explore/run/engine.js";
import type { LabelName } from "../../src/kernel/machine/labels.js";
import type { Thread } from "../../src/kernel/machine/thread.js";
import { oraclesIn } from "../../src/kernel/oracle-table.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { LABEL_NAMES } from "./label-names.js";
import { engineFor } from "./machine.js";

export interface Machine {
  /** `file:` as a YAML flow map. */
  readonly file: string;
  /** Operations as YAML flow maps without braces. */
  readonly setup?: readonly string[];
  readonly threads?: { readonly [name: string]: readonly string[] };
  /** `budget:` as a YAML flow map. */
  readonly budget?: string;
  /** Open file descriptions of the threads: shared unless said. */
  readonly fd?: string;
}

export function textOf(m: Machine): string {
  const op = (text: string): string => `{ ${text} }`;
  const threads = Object.entries(m.threads ?? {}).map(([n, ops]) => {
    const list = `[${ops.map(op).join(", ")}]`;
    return `  ${n}: ${m.fd === undefined ? list : `{ fd: ${m.fd}, ops: ${list} }`}\n`;
  });
  return [
    "name: t\n",
    `file: ${m.file}\n`,
    m.setup === undefined ? "" : `setup: [${m.setup.map(op).join(", ")}]\n`,
    m.budget === undefined ? "" : `budget: ${m.budget}\n`,
    threads.length === 0 ? "threads: {}\n" : `threads:\n${threads.join("")}`,
  ].join("");
}

/** `6.2 +eof-punch-cure -validate`. */
export function variantOf(text: string): KernelVariant {
  const [base, ...toggles] = text.split(" ");
  const named = (sign: string): string[] => toggles.filter((t) => t.startsWith(sign)).map((t) => t.slice(1));
  return { base: base!, with: named("+"), without: named("-") };
}

export function engineOf(m: Machine, kernel = "6.2", fine = false): Engine {
  return engineFor(textOf(m), variantOf(kernel), fine);
}

/** The oracles that the verdict holds now. */
export function violated(e: Engine): string[] {
  return oraclesIn(e.verdict.found);
}

export function oraclesOf(mask: number): string[] {
  return oraclesIn(mask);
}

export class Drive {
  readonly e: Engine;
  readonly #names: readonly string[];
  /** Answers to the environment's choices, in the order asked, 0 after the last; `asked` has their sorts. */
  answers: number[] = [];
  readonly asked: number[] = [];
  /** What calls returned: thread, cell that each got to, error. */
  readonly returns: { thread: string; done: number; status: number }[] = [];

  constructor(m: Machine, kernel = "6.2", fine = false) {
    this.e = engineOf(m, kernel, fine);
    this.#names = Object.keys(m.threads ?? {});
    const returned = this.e.oracles.returned.bind(this.e.oracles);
    this.e.oracles.returned = (k, t, done, status) => {
      const thread = this.#names[t.index];
      if (thread !== undefined) this.returns.push({ thread, done, status });
      returned(k, t, done, status);
    };
    this.e.reset();
  }
  readonly #environment = {
    choose: (kind: number): number => {
      this.asked.push(kind);
      return this.answers.shift() ?? 0;
    },
  };

  index(name: string): number {
    if (name === "reclaim") return this.e.reclaim;
    const i = this.#names.indexOf(name);
    if (i < 0) throw new Error(`no thread ${name}`);
    return i;
  }
  thread(name: string): Thread {
    return this.e.k.threads[this.index(name)]!;
  }
  isAt(name: string, label: LabelName): boolean {
    return this.thread(name).pc === LABEL_NAMES.indexOf(label);
  }
  isDone(name: string): boolean {
    return this.thread(name).pc === 0;
  }
  canRun(name: string): boolean {
    return this.e.isEnabled(this.index(name));
  }

  step(name: string): this {
    if (!this.canRun(name)) throw new Error(`${name} cannot run`);
    this.e.step(this.index(name), this.#environment);
    return this;
  }
  /** Until the thread stands before `label`, the `nth` time. */
  until(name: string, label: LabelName, nth = 1): this {
    for (let seen = this.isAt(name, label) ? 1 : 0; seen < nth; ) {
      this.step(name);
      if (this.isAt(name, label)) seen++;
    }
    return this;
  }
  /** Until its operation number `op` begins. */
  untilOp(name: string, op: number): this {
    while (this.thread(name).op < op) this.step(name);
    return this;
  }
  end(name: string): this {
    while (!this.isDone(name)) this.step(name);
    return this;
  }
  /** To its end, or as far as it can run. */
  run(name: string): this {
    while (this.canRun(name)) this.step(name);
    return this;
  }

  /** To its end, completing I/O whenever it waits. */
  endWithIo(name: string): this {
    while (!this.isDone(name)) {
      if (this.canRun(name)) this.step(name);
      else if (this.ioends().some((i) => this.e.isEnabled(i))) this.complete();
      else throw new Error(`${name} waits for ever`);
    }
    return this;
  }

  /** Thread indices of the ioends in flight, in slot order. */
  ioends(): number[] {
    const { layout, threads } = this.e.k;
    const found: number[] = [];
    for (let i = layout.programThreads; i < this.e.reclaim; i++) if (threads[i]!.pc !== 0) found.push(i);
    return found;
  }
  /** Lets every submitted ioend complete. */
  complete(): this {
    for (const i of this.ioends()) while (this.e.isEnabled(i)) this.e.step(i, this.#environment);
    return this;
  }

  /** Judges the end of the run; the oracles that were violated. */
  finish(): string[] {
    this.e.finish();
    return violated(this.e);
  }
}
