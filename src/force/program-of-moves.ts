/**
 * From the moves of a run (force/moves.ts) to a program for real kernels: the moves are made on the model of a
 * kernel, which says where the write stops, which folios an eviction takes and what the operations promise in the end.
 * The setup runs as a thread of its own, so that it is seen like everything else.
 */
import { allowed } from "../check/ghost.js";
import { valueName } from "../explore/finding/value-name.js";
import type { Engine } from "../explore/run/engine.js";
import { makeSubject, type Subject } from "../explore/run/subject.js";
import { boundaryByte, cellOfPage, pageByte, startByte } from "../kernel/machine/geometry.js";
import { FolioFlag } from "../kernel/objects/folios.js";
import { OPS } from "../kernel/ops.js";
import { Oracle } from "../kernel/oracle-table.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { emptyBudget } from "../scenario/budget.js";
import type { Scenario } from "../scenario/types.js";

import { forcedRun } from "./forced-run.js";
import type { MoveEvents } from "./move-machine.js";
import type { Move } from "./moves.js";
import { problemsOf } from "./program-problems.js";
import { dataIds, type RealAction, type RealOp, type RealProgram, type RealPromise } from "./real-program.js";

/** A program, and what the kernel that it was made for does with it by its model. */
export interface Realized {
  readonly program: RealProgram;
  /** Oracles violated, a mask over ORACLE_NAMES. */
  readonly found: number;
  readonly verdict: "right" | "lost";
}
export interface Problems {
  readonly problems: readonly string[];
}

/** More than any program uses. */
const PLENTY = 200;

/** Makes the moves on a kernel's model. */
export function realize(
  scenario: Scenario,
  variant: KernelVariant,
  moves: readonly Move[],
): Realized | Problems {
  const flat: Scenario = {
    ...scenario,
    setup: [],
    threads: [{ name: "setup", ops: scenario.setup }, ...scenario.threads],
    budget: {
      ...emptyBudget(),
      evictions: PLENTY,
      shortCopy: PLENTY,
      fatalSignal: PLENTY,
      reservationFailure: PLENTY,
    },
  };
  const subject = makeSubject(flat, variant);
  const { engine } = subject;
  const writer = new Transcript(subject);
  const all = [
    ...scenario.setup.map((): Move => ({ do: "run", thread: 0 })),
    ...moves.map((move) => ("thread" in move ? { ...move, thread: move.thread + 1 } : move)),
  ];
  const run = forcedRun(all, writer);
  engine.run(run);
  if (run.problem !== undefined) return { problems: [`${run.problem}.`] };
  const { found } = engine.verdict;
  const program = writer.program(scenario);
  const problems = [...problemsOf(program), ...(found & (1 << Oracle.EXPOSURE) ? [EXPOSES] : [])];
  if (problems.length > 0) return { problems };
  return { program, found, verdict: found & (1 << Oracle.CONTENT) ? "lost" : "right" };
}

const EXPOSES =
  "It shows memory or disk blocks that nobody has initialised: a ready-made program that reads other people's data is not exported.";

type Started = { do: "start"; op: RealOp; stops: number[] };

/** Writes a forced run down as a program. */
class Transcript implements MoveEvents {
  readonly #subject: Subject;
  readonly #setup: RealOp[] = [];
  readonly #actions: RealAction[] = [];
  #expected: RealPromise[] = [];
  /** The write that is under way, and the action of its last resumption while it is not known how that ends. */
  #write: Started | undefined;
  #resumedAt = -1;
  /** Folios that were cached when an eviction began. */
  #cached: boolean[] = [];
  #evictions = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  program(scenario: Scenario): RealProgram {
    const ownFds = scenario.threads.filter((t) => t.ownFd === true).map((t) => t.name);
    const bare = {
      name: scenario.name,
      race: [],
      file: scenario.file,
      setup: this.#setup,
      ...(ownFds.length > 0 ? { ownFds } : {}),
      actions: this.#actions,
      expected: [],
    };
    const known = new Set(["zero", ...dataIds(bare)]);
    const cut = (promises: readonly RealPromise[]): RealPromise[] =>
      promises.map((p) => ({ ...p, allowed: p.allowed.filter((id) => known.has(id)) }));
    const actions = this.#actions.map((a) =>
      a.do === "op" && a.expect !== undefined ? { ...a, expect: cut(a.expect) } : a,
    );
    return { ...bare, actions, expected: cut(this.#expected) };
  }

  started(engine: Engine, thread: number): void {
    const op = this.#opOf(engine, thread);
    if (OPS[op.kind].drops) this.#cached = cachedPages(engine);
    else if (op.kind === "write" && thread > 0) {
      this.#write = { do: "start", op, stops: [] };
      this.#actions.push(this.#write);
    } else if (op.kind === "store" || op.kind === "load") {
      const to = Math.min(op.to, lastPageEnd(engine));
      if (op.from >= to) return;
      const expect = op.kind === "load" ? this.#promises(engine, op.from, to) : [];
      this.#do(thread, { ...op, to }, expect);
    } else if (op.kind === "read") this.#do(thread, op, this.#promises(engine, op.from, op.to));
    else this.#do(thread, op);
  }

  stopped(_engine: Engine, _thread: number, at: number): void {
    const { stops } = this.#stopped();
    if (stops.at(-1) === at) this.#actions[this.#resumedAt] = { do: "retry" };
    else stops.push(at);
  }

  resumed(engine: Engine, thread: number, isKilled: boolean): void {
    const write = this.#stopped();
    const { faultAt, ...whole } = write.op;
    const at = startByte(engine.k.g, engine.thread(thread).pos);
    this.#resumedAt = this.#actions.length;
    this.#actions.push({ do: isKilled ? "kill" : at === faultAt ? "fail" : "resume" });
    if (at === faultAt) write.op = whole;
  }

  #stopped(): Started {
    if (this.#write === undefined) throw new Error("no write is stopped");
    return this.#write;
  }

  ended(engine: Engine, thread: number, index: number): void {
    const op = this.#opOf(engine, thread, index);
    if (OPS[op.kind].drops) {
      const now = cachedPages(engine);
      const gone = this.#cached.map((was, p) => was && !now[p]);
      for (const [first, end] of runsOf(gone)) {
        this.#do(thread, { id: op.id, kind: "evict", ...pagesRange(engine, first, end) });
      }
    } else if (op.kind === "write" && this.#write !== undefined && thread > 0) {
      if (this.#write.stops.length === 0) {
        this.#actions[this.#actions.lastIndexOf(this.#write)] = { do: "op", op: this.#write.op };
      }
      this.#write = undefined;
    }
  }

  evicting(engine: Engine, page: number): void {
    const range = pagesRange(engine, page, engine.k.folios.end(page));
    this.#actions.push({ do: "op", op: { id: `reclaim.${++this.#evictions}`, kind: "evict", ...range } });
  }

  filled(): void {
    this.#actions.push({ do: "fill-space" });
  }

  finished(engine: Engine): void {
    const { k } = engine;
    this.#expected = this.#promises(engine, 0, boundaryByte(k.g, k.isize));
  }

  #do(thread: number, op: RealOp, expect: readonly RealPromise[] = []): void {
    if (thread === 0) this.#setup.push(op);
    else this.#actions.push({ do: "op", op, ...(expect.length > 0 ? { expect } : {}) });
  }

  #opOf(engine: Engine, thread: number, index = engine.thread(thread).op): RealOp {
    const spec = this.#subject.scenario.threads[thread];
    const op = spec?.ops[index];
    if (spec === undefined || op === undefined) throw new RangeError(`no operation ${index} of ${thread}`);
    return { ...op, id: `${spec.name}.${index + 1}` };
  }

  /** What `[from, to)` may hold by now, as far as it lies below EOF; what was lost with an error is left out. */
  #promises(engine: Engine, from: number, to: number): RealPromise[] {
    const { k } = engine;
    const promises: RealPromise[] = [];
    for (let c = 0; c < k.isize; c++) {
      const start = Math.max(from, startByte(k.g, c));
      const end = Math.min(to, boundaryByte(k.g, c + 1));
      const names = start < end ? this.#allowed(engine, c) : undefined;
      if (names === undefined) continue;
      const last = promises.at(-1);
      if (last?.to === start && last.allowed.join() === names.join())
        promises[promises.length - 1] = { ...last, to: end };
      else promises.push({ from: start, to: end, allowed: names });
    }
    return promises;
  }

  #allowed({ k }: Engine, cell: number): string[] | undefined {
    const { dataNames } = this.#subject.compiled;
    const values = allowed(k, cell);
    if (values === undefined) return undefined;
    if (values === "any") return ["zero", ...dataNames];
    return values.map((value) => valueName(dataNames, value)).sort();
  }
}

function cachedPages({ k }: Engine): boolean[] {
  return Array.from({ length: k.g.pages }, (_, p) => k.folios.has(p, FolioFlag.PRESENT));
}

/** Stretches `[first, end)` of true. */
function runsOf(flags: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  flags.forEach((flag, i) => {
    if (!flag) return;
    const last = runs.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else runs.push([i, i + 1]);
  });
  return runs;
}

function pagesRange({ k }: Engine, first: number, end: number): { from: number; to: number } {
  return { from: pageByte(k.g, first), to: boundaryByte(k.g, cellOfPage(k.g, end)) };
}

/** End of the page that holds the last byte: beyond it, an access gets SIGBUS. */
function lastPageEnd({ k }: Engine): number {
  const { pageSize } = k.g;
  return Math.ceil(boundaryByte(k.g, k.isize) / pageSize) * pageSize;
}
