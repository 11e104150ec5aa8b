/**
 * A finding: what one failing run shows, worked out by replaying it with checks after every step. Its kind tells one
 * defect from another; shrinking keeps it.
 */

import {
  DEADLOCK,
  LIVELOCK,
  LOCK_ORDER,
  OTHER_RESULT,
  SHORT_WRITE,
  WRONG_ERROR,
  WRONG_SIZE,
} from "../../check/violations.js";
import { ERROR_NAMES } from "../../kernel/machine/errors.js";
import { boundaryByte, startByte } from "../../kernel/machine/geometry.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import { LOCK_MODE_NAMES } from "../../kernel/objects/locks.js";
import { Value } from "../../kernel/objects/values.js";
import { ORACLE_NAMES, Oracle, type OracleName, oraclesIn } from "../../kernel/oracle-table.js";
import { allOps, opNamed } from "../../scenario/op-bytes.js";
import { printQuantity } from "../../scenario/yaml/units.js";
import { ReplayChoices } from "../run/replay.js";
import type { Subject } from "../run/subject.js";
import type { StaleMap, Watch } from "./fate.js";
import { ANOTHER_RESULT } from "./kinds.js";
import { type SetupCall, setupCalls } from "./setup-calls.js";
import { traceRun, type WatchedTrace } from "./trace.js";
import { valueName } from "./value-name.js";

export interface Finding {
  readonly oracle: OracleName;
  readonly also: readonly OracleName[];
  /** For example `content: write -> zero, UNWRITTEN map over WRITTEN`. */
  readonly kind: string;
  /** Bytes, half-open. */
  readonly range: readonly [number, number];
  /** What the bytes should hold and what they hold: an operation's name, `zero`, ... or the call's result. */
  readonly expected: string;
  readonly actual: string;
  readonly lostAt: number;
  readonly seenAt: number;
  /** Operations of setup and threads. */
  readonly ops: number;
  readonly steps: number;
  readonly switches: number;
  readonly preemptions: number;
  readonly map: StaleMap | undefined;
  readonly choices: readonly number[];
  readonly trace: WatchedTrace;
  /** What setup did, of a finding that needs no step at all. */
  readonly setup: readonly SetupCall[];
}

/** Which oracles count: a mask over ORACLE_NAMES. */
export function oracleMask(names: readonly string[] | undefined): number {
  if (names === undefined) return (1 << ORACLE_NAMES.length) - 1;
  return names.reduce((mask, name) => mask | (1 << (ORACLE_NAMES as readonly string[]).indexOf(name)), 0);
}

/** The oracles that the scenario lets judge. */
export function judgedMask(subject: Subject): number {
  return oracleMask(subject.scenario.oracles);
}

/**
 * Replays `choices` and says what it shows, judging by the oracles of `mask` (default: the scenario's); undefined
 * when nothing is wrong or the choices do not apply.
 */
export function examine(
  subject: Subject,
  choices: readonly number[],
  mask = judgedMask(subject),
): Finding | undefined {
  const shown = examineOrRefuse(subject, choices, mask);
  return shown === "does not apply" ? undefined : shown;
}

/** As `examine`, and tells choices that do not apply from a run that shows nothing. */
export function examineOrRefuse(
  subject: Subject,
  choices: readonly number[],
  mask: number,
): Finding | undefined | "does not apply" {
  const { engine } = subject;
  const replay = new ReplayChoices(choices);
  engine.run(replay);
  if (!replay.applies) return "does not apply";
  const found = engine.verdict.found & mask;
  if (found === 0) return undefined;
  const oracle = firstBit(found);
  const watch = watchFor(subject, oracle);
  const trace = traceRun(engine, new ReplayChoices(choices), watch);
  return describe(subject, oracle, found, choices, trace);
}

function firstBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

function watchFor(subject: Subject, oracle: number): Watch {
  const { verdict, k } = subject.engine;
  const cell = Math.min(verdict.from[oracle]!, k.g.cells - 1);
  if (oracle === Oracle.BACKING) return { rule: "backing", at: k.g.cellBlock[cell]!, oracle };
  if (oracle === Oracle.ACCOUNTING) return { rule: "accounting", at: k.g.cellBlock[cell]!, oracle };
  return { rule: "content", at: cell, oracle };
}

function describe(
  subject: Subject,
  oracle: number,
  found: number,
  choices: readonly number[],
  trace: WatchedTrace,
): Finding {
  const { engine, scenario } = subject;
  const { verdict, k } = engine;
  const from = verdict.from[oracle]!;
  const to = verdict.to[oracle]!;
  const bytes = (c: number, end: boolean): number =>
    end ? boundaryByte(k.g, Math.min(c, k.g.cells)) : startByte(k.g, c);
  const [expected, actual, what] = texts(subject, oracle, trace);
  const also = oraclesIn(found & ~(1 << oracle));
  return {
    oracle: ORACLE_NAMES[oracle]!,
    also,
    kind: `${ORACLE_NAMES[oracle]}: ${what}`,
    range: [bytes(from, to === from), bytes(to, true)],
    expected,
    actual,
    lostAt: trace.lostAt,
    seenAt: trace.seenAt,
    ops: allOps(scenario).length,
    steps: trace.steps.length,
    switches: trace.switches,
    preemptions: trace.preemptions,
    map: trace.map,
    choices,
    trace,
    setup: trace.steps.length === 0 ? setupCalls(subject) : [],
  };
}

function valueClass(subject: Subject, value: number): string {
  if (value === Value.ZERO) return "zero";
  if (value === Value.UNINITIALISED) return "uninitialised";
  if (value === Value.GARBAGE) return "garbage";
  const name = subject.compiled.dataNames[value - Value.FIRST_DATA] ?? "";
  return opNamed(subject.scenario, name)?.kind ?? "data";
}

/** What was expected and what was found, and how the kind goes on after the oracle's name. */
function texts(
  subject: Subject,
  oracle: number,
  { map }: WatchedTrace,
): readonly [expected: string, actual: string, what: string] {
  const { verdict, k } = subject.engine;
  const { dataNames } = subject.compiled;
  const expected = verdict.expected[oracle]!;
  const actual = verdict.actual[oracle]!;
  const size = (cells: number): string => `size ${boundaryByte(k.g, cells)}`;
  switch (verdict.kind[oracle]) {
    case DEADLOCK:
      return ["every thread finishes", "deadlock", "deadlock"];
    case LIVELOCK: {
      const page = printQuantity(boundaryByte(k.g, verdict.from[oracle]!));
      const who = subject.scenario.threads[verdict.thread[oracle]!];
      if (who?.repeats !== true) return ["progress", "livelock", "livelock"];
      return [`page ${page} written back`, `a livelock: no lap of ${who.name} changes anything`, "livelock"];
    }
    case LOCK_ORDER: {
      const edge = `${LOCK_MODE_NAMES[actual]} taken under ${LOCK_MODE_NAMES[expected]}`;
      return ["one lock order", edge, "lock order"];
    }
    case OTHER_RESULT:
      return ["the result that is stated", `another (${ERROR_NAMES[actual]})`, ANOTHER_RESULT];
    case SHORT_WRITE:
      return ["all bytes written", "a short write", "short write"];
    case WRONG_SIZE:
      return [size(expected), size(actual), "wrong size"];
    case WRONG_ERROR:
      return ["all bytes written", ERROR_NAMES[actual]!, ERROR_NAMES[actual]!];
  }
  if (oracle === Oracle.WARNING) return ["no warning", "a warning", "WARN"];
  if (oracle === Oracle.ACCOUNTING) return ["no reservation left", "delalloc left behind", "leaked delalloc"];
  const under =
    map !== undefined && map.cached !== map.actual
      ? `, ${EXTENT_NAMES[map.cached]} map over ${EXTENT_NAMES[map.actual]}`
      : "";
  const wanted = valueName(dataNames, expected);
  if (oracle === Oracle.BACKING) return [wanted, "a hole", `hole under dirty block${under}`];
  const lost = actual < Value.FIRST_DATA ? valueClass(subject, actual) : "older data";
  return [wanted, valueName(dataNames, actual), `${valueClass(subject, expected)} -> ${lost}${under}`];
}
