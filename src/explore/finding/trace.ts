/**
 * Traces: one run of an engine written down step by step, with the kernel functions inside each scheduler step, what
 * they did, and what the checks after each step say.
 */

import { boundaryByte } from "../../kernel/machine/geometry.js";
import { type Call, CallRecorder } from "../pin/calls.js";
import { Kworkers } from "../pin/kworkers.js";
import type { Engine } from "../run/engine.js";
import type { Strategy } from "../strategies/strategy.js";
import { Fate, type StaleMap, type Watch } from "./fate.js";

export interface TraceStep {
  /** Counts from 1. */
  readonly i: number;
  /** Thread index of the engine. */
  readonly thread: number;
  /** For a kworker its number by birth, from 1; else 0. */
  readonly worker: number;
  readonly calls: readonly Call[];
  /** Index of the operation that the thread was in. */
  readonly op: number;
  /** First byte that the thread worked at when the step began; undefined beyond what the program can touch. */
  readonly at: number | undefined;
}

export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Changes of thread between consecutive steps. */
  readonly switches: number;
  /** Switches away from a thread that could have run. */
  readonly preemptions: number;
}

export interface WatchedTrace extends Trace {
  /** Step after which the watched thing was bad and stayed so; 0: before the first; steps + 1: only at the end. */
  readonly lostAt: number;
  /** Step in which the oracle was violated; steps + 1: in the check at the end. */
  readonly seenAt: number;
  /** The map under which the losing step worked, when it covered the place. */
  readonly map: StaleMap | undefined;
}

/** Runs the engine under `strategy` and writes the run down; the verdict stands in the engine. */
export function traceRun(engine: Engine, strategy: Strategy, watch?: Watch): WatchedTrace {
  const steps: TraceStep[] = [];
  const kworkers = new Kworkers();
  const { k } = engine;
  const firstWorker = k.layout.programThreads;
  let switches = 0;
  let preemptions = 0;
  const fate = watch === undefined ? undefined : new Fate(engine, watch);
  const observer: Strategy = {
    name: strategy.name,
    begin: (e: Engine) => {
      strategy.begin(e);
      k.extents.sequence = 0;
    },
    choose: (kind, options) => strategy.choose(kind, options),
    next: (e: Engine, last) => {
      closeStep();
      const next = strategy.next(e, last);
      if (next < 0) return next;
      if (last >= 0 && last !== next) {
        switches++;
        if (e.isEnabled(last) && !e.rests(last)) preemptions++;
      }
      const t = k.threads[next]!;
      const recorder = new CallRecorder(k);
      steps.push({
        i: steps.length + 1,
        thread: next,
        worker: kworkers.numberOf(next),
        calls: recorder.calls,
        op: next < firstWorker ? t.op : 0,
        at: next < firstWorker && t.pos <= k.g.cells ? boundaryByte(k.g, t.pos) : undefined,
      });
      fate?.beforeStep(next);
      k.tracer = recorder;
      return next;
    },
  };
  const closeStep = (): void => {
    k.tracer = null;
    kworkers.observe(engine);
    fate?.afterStep(steps.length);
  };
  engine.run(observer);
  k.tracer = null;
  const end = steps.length + 1;
  return {
    steps,
    switches,
    preemptions,
    lostAt: fate?.lostAt(end) ?? end,
    seenAt: fate?.seenAt ?? end,
    map: fate?.staleMap(steps, end),
  };
}
