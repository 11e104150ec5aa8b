/**
 * The trace event format that Perfetto and chrome://tracing open: a lane per thread, a slice of one millisecond per
 * step, counters of what the machine holds, and the arrow of the race as a flow. A finding is a process.
 */
import type { Frame, Span } from "../../explore/finding/film.js";
import { EXTENT_NAMES } from "../../kernel/objects/extent-types.js";
import { variantName } from "../../kernel/versions/variant.js";
import {
  type Check,
  checkOfRun,
  checksOfExplored,
  checksOfFailure,
  checksOfForced,
  checksOfFuzz,
  checksOfRepro,
} from "../ci-checks.js";
import { line } from "../documents.js";
import { headline, type ReportedFinding } from "../finding-text.js";
import { arrowSteps } from "../page/story.js";
import type { Format } from "../reporter.js";
import { rowsOf } from "../rows.js";

export const perfetto: Format = {
  showsAll: true,
  failure: (failure) => trace([], checksOfFailure(failure)),
  pages: {
    run: {
      end: (results) =>
        trace(
          results.flatMap(({ reported }) => reported ?? []),
          results.map(checkOfRun),
        ),
    },
    fuzz: { end: (summary) => trace(summary.findings, checksOfFuzz(summary)) },
    explore: { end: (explored) => trace(listed(explored), checksOfExplored(explored)) },
    exploreForced: { end: (explored) => trace(listed(explored), checksOfForced(explored)) },
    repro: { end: (reproduced) => trace(listed(reproduced), checksOfRepro(reproduced)) },
  },
};

function listed({ reported }: { readonly reported: ReportedFinding | undefined }): ReportedFinding[] {
  return reported === undefined ? [] : [reported];
}

/** Microseconds that a step is shown to take. */
const STEP = 1000;

interface Event {
  readonly ph: "M" | "X" | "C" | "s" | "t" | "f";
  readonly pid: number;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** What came out in words stands beside the events, of clean results too. */
function trace(findings: readonly ReportedFinding[], checks: readonly Check[]): string {
  const results = checks.map(({ name, outcome, message }) => ({ name, outcome, message }));
  const traceEvents = findings.flatMap((one, n) => eventsOf(one, n + 1));
  return line({ displayTimeUnit: "ms", otherData: { tool: "stalemap", results }, traceEvents });
}

function eventsOf(reported: ReportedFinding, pid: number): Event[] {
  const pictures = reported.pictures?.();
  if (pictures === undefined) return [];
  const { finding, run } = reported;
  const { frames, trace } = pictures.film;
  const rows = rowsOf(run.scenario, trace.steps);
  const lanes = [...new Set(rows.map(({ thread }) => thread))];
  const tid = (step: number) => lanes.indexOf(rows[step - 1]?.thread ?? "") + 1;
  const title = `${run.scenario.name} on ${variantName(run.variant)}: ${headline(finding)}`;
  return [
    { ph: "M", pid, name: "process_name", args: { name: title } },
    ...lanes.map((name, n): Event => ({ ph: "M", pid, tid: n + 1, name: "thread_name", args: { name } })),
    ...rows.map(({ i, calls }): Event => {
      const args = Object.fromEntries(calls.map(({ fn, notes }) => [fn, notes.join("; ")]));
      const name = calls.map(({ fn }) => fn).join(", ");
      return {
        ph: "X",
        pid,
        tid: tid(i),
        name,
        cat: i === finding.lostAt ? "lost" : "step",
        ts: (i - 1) * STEP,
        dur: STEP,
        args: { step: i, ...args },
      };
    }),
    ...frames.flatMap((frame, n) => countersOf(frame, pid, n * STEP)),
    ...(arrowSteps(finding) ?? []).map(
      (step, n, { length }): Event => ({
        ph: n === 0 ? "s" : n === length - 1 ? "f" : "t",
        pid,
        tid: tid(Math.max(1, step)),
        name: "stale map",
        cat: "race",
        id: pid,
        ts: (Math.max(1, step) - 0.5) * STEP,
        bp: "e",
      }),
    ),
  ];
}

function countersOf(frame: Frame, pid: number, ts: number): Event[] {
  const bytes = (spans: readonly Span[], value: number) =>
    spans.filter((span) => span.value === value).reduce((n, { from, to }) => n + to - from, 0);
  const folios = (word: string) => frame.folios.filter(({ words }) => words.includes(word)).length;
  const counter = (name: string, args: Readonly<Record<string, number>>): Event => ({
    ph: "C",
    pid,
    name,
    ts,
    args,
  });
  return [
    counter("i_size", { bytes: frame.size, "on disk": frame.diskSize }),
    counter(
      "extents (bytes)",
      Object.fromEntries(EXTENT_NAMES.map((name, value) => [name, bytes(frame.extents, value)])),
    ),
    counter("folios", {
      cached: frame.folios.length,
      dirty: folios("dirty"),
      writeback: folios("writeback"),
    }),
    counter("threads that wait", { threads: frame.threads.filter(({ waits }) => waits).length }),
  ];
}
