/**
 * A recorded trace as a scenario, so that what a real run showed can be explored, shrunk and bisected: its operations
 * one after the other on one thread, those at a writer's stop on another, and the schedule that was recorded.
 */
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { choicesOf } from "../../explore/run/choice-lists.js";
import { Engine } from "../../explore/run/engine.js";
import type { Strategy } from "../../explore/strategies/strategy.js";
import { Pc } from "../../kernel/machine/labels.js";
import { modelOf } from "../../kernel/versions/releases.js";
import { type KernelVariant, kernelOf } from "../../kernel/versions/variant.js";
import { emptyBudget } from "../../scenario/budget.js";
import { compile } from "../../scenario/compile.js";
import { SCENARIO_NAME } from "../../scenario/language/scenario-keys.js";
import { MAX_OPS_PER_THREAD, MAX_PAGES_TOUCHED, MAX_THREADS, pagesTouched } from "../../scenario/limits.js";
import {
  type ByteRange,
  NOTHING_STATED,
  type Op,
  type Scenario,
  type ThreadSpec,
} from "../../scenario/types.js";
import type { Read } from "../../scenario/yaml/diagnostic.js";
import { Reporter } from "../../scenario/yaml/source.js";
import { isAtStop, type RecordedCall, recordedOps } from "./trace-calls.js";
import type { TraceFile } from "./trace-format.js";

/** One recorded operation: the calls that it makes, and where a writer stops meanwhile for others. */
interface Recorded {
  readonly calls: readonly Op[];
  readonly stop?: ByteRange | undefined;
  readonly inner: readonly Op[];
}

/** Turns a trace into a scenario; one that is over the limits of the language is diagnosed at its start. */
export function traceScenario(
  trace: TraceFile,
  text: string,
  fileName: string,
): Read<{ readonly scenario: Scenario }> {
  const recorded = recordedOps(trace).map((op): Recorded => {
    const inner = sayable(op.inner.flat(), trace.page);
    return { calls: sayable(op.calls, trace.page), inner, stop: inner.length > 0 ? op.stop : undefined };
  });
  const firstStop = recorded.findIndex((r) => r.stop !== undefined);
  const prefix = prefixLength(recorded, firstStop);
  const setup = recorded.slice(0, prefix).flatMap((r) => r.calls);
  const rest = recorded.slice(prefix);
  const main = rest.flatMap((r) => r.calls);
  const inner = rest.flatMap((r) => r.inner);
  const threads = [...threadsOf("recorder", main), ...threadsOf("at-stop", inner)];
  const report = new Reporter(text, fileName);
  if (threads.length > MAX_THREADS) {
    report.add(0, 1, `expected at most ${MAX_THREADS * MAX_OPS_PER_THREAD} operations, found more`, {
      remedy: "cut the trace after the operation of interest",
    });
  }
  if (pagesTouched([...setup, ...main, ...inner], trace.page) > MAX_PAGES_TOUCHED)
    report.add(0, 1, `expected operations to touch at most ${MAX_PAGES_TOUCHED} pages, found more`);
  if (report.failed) return { diagnostics: report.diagnostics() };
  const scenario: Scenario = {
    name: nameOf(fileName),
    about: `Recorded on ${trace.kernel}.`,
    source: "recorded trace",
    file: { size: 0, block: trace.bs, page: trace.page },
    setup,
    threads,
    budget: emptyBudget(),
    ...NOTHING_STATED,
  };
  const base = modelOf(trace.kernel);
  if (base === undefined || threads.length === 1) return { scenario };
  return {
    scenario: { ...scenario, schedule: recordedSchedule(scenario, rest, { base, with: [], without: [] }) },
  };
}

/** As many threads as the operations need, to be run one after the other. */
function threadsOf(name: string, ops: readonly Op[]): ThreadSpec[] {
  const threads: ThreadSpec[] = [];
  for (let i = 0; i < ops.length; i += MAX_OPS_PER_THREAD) {
    const number = threads.length === 0 ? "" : `-${threads.length + 1}`;
    threads.push({ name: `${name}${number}`, ops: ops.slice(i, i + MAX_OPS_PER_THREAD) });
  }
  return threads;
}

function nameOf(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/s, "").replace(/(\.json)?(\.gz)?$/, "");
  const name = `trace-${base}`.replace(/[^\w.+-]+/g, "-").slice(0, 80);
  return SCENARIO_NAME.test(name) ? name : "trace";
}

/** How many recorded operations go into the setup: as many as the threads cannot hold, and none from a stop on. */
function prefixLength(recorded: readonly Recorded[], firstStop: number): number {
  const calls = recorded.reduce((n, r) => n + r.calls.length, 0);
  const most = firstStop < 0 ? recorded.length - 1 : firstStop;
  let taken = 0;
  let n = 0;
  for (const { calls: next } of recorded.slice(0, most)) {
    if (calls - taken <= MAX_OPS_PER_THREAD || taken + next.length > MAX_OPS_PER_THREAD) break;
    taken += next.length;
    n++;
  }
  return n;
}

/**
 * Calls as the language has them: it knows no munmap(), and the recorder had nothing mapped, so what posix_fadvise()
 * dropped is said outright: whole pages, and the cut one that ends at EOF.
 */
function sayable(calls: readonly RecordedCall[], page: number): Op[] {
  return calls.flatMap(({ op, size }) => {
    if (op.kind !== "fadvise") return [op];
    const from = Math.ceil(op.from / page) * page;
    const to = (op.to === size ? Math.ceil(op.to / page) : Math.floor(op.to / page)) * page;
    return from < to ? [{ kind: "evict", from, to }] : [];
  });
}

/** The recorded run on the model of its kernel, as a schedule. */
function recordedSchedule(scenario: Scenario, recorded: readonly Recorded[], variant: KernelVariant) {
  const compiled = compile(scenario);
  const engine = new Engine(compiled.program, kernelOf(variant));
  engine.run(recordedOrder(stretchesOf(recorded)));
  return scheduleOf({ scenario, variant, compiled, engine }, choicesOf(engine));
}

/** A call of the recorded run, up to its return with all the I/O that it starts, or to where its writer stops. */
interface Stretch {
  readonly thread: number;
  /** Index of the call among the thread's operations. */
  readonly call: number;
  readonly stop?: ByteRange | undefined;
}

/** Calls one after the other; at a writer's stop those of the other threads. */
function stretchesOf(recorded: readonly Recorded[]): Stretch[] {
  const mainCalls = recorded.reduce((n, r) => n + r.calls.length, 0);
  const firstAtStop = Math.ceil(mainCalls / MAX_OPS_PER_THREAD);
  const stretch = (firstThread: number, n: number): Stretch => ({
    thread: firstThread + Math.floor(n / MAX_OPS_PER_THREAD),
    call: n % MAX_OPS_PER_THREAD,
  });
  let main = 0;
  let inner = 0;
  return recorded.flatMap((op) => {
    const calls = op.calls.map(() => stretch(0, main++));
    const atStop = op.inner.map(() => stretch(firstAtStop, inner++));
    const toStop = calls.slice(0, 1).map((first) => ({ ...first, stop: op.stop }));
    return op.stop === undefined ? calls : [...toStop, ...atStop, ...calls];
  });
}

/** One run of the stretches, in turn. */
function recordedOrder(stretches: readonly Stretch[]): Strategy {
  let at = 0;
  return {
    name: "recorded",
    begin: () => {},
    choose: () => 0,
    next(engine: Engine) {
      const worker = engine.enabledKworker();
      for (; ; at++) {
        const due = stretches[at];
        if (due === undefined) return worker;
        const t = engine.thread(due.thread);
        const hasReturned = t.pc === Pc.DONE || t.op !== due.call;
        if (hasReturned && worker >= 0) return worker;
        const isOver = hasReturned || (due.stop !== undefined && isAtStop(engine.k, t, due.stop));
        if (!isOver) return engine.isEnabled(due.thread) ? due.thread : worker;
      }
    },
  };
}
