/**
 * explore: every schedule, fault placement and eviction within the bounds; says what was proved.
 */
import { availableParallelism } from "node:os";
import { type Finding, judgedMask, oracleMask } from "../../explore/finding/finding.js";
import { subjectOf } from "../../explore/run/subject.js";
import type { Estimate } from "../../explore/search/estimate.js";
import type { Progress as SearchProgress } from "../../explore/search/search.js";
import { stateGraph } from "../../explore/search/state-graph.js";
import { canForce } from "../../force/follow.js";
import { BYTE_LIMIT } from "../../kernel/machine/layout.js";
import { variantName } from "../../kernel/versions/variant.js";
import { after } from "../../real/machine/after.js";
import type { Bounds, Explored } from "../../report/explore-text.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { commandLine } from "../../report/shell-words.js";
import { grouped } from "../../report/style.js";
import { encodeToken, type RunSpec } from "../../scenario/token.js";
import { limitsOf } from "../../verdict/verdict-limits.js";
import {
  type Exploration,
  type Explored as Searched,
  startExploring,
} from "../../workers/explore-off-thread.js";
import type { CommandSpec } from "../command.js";
import { EXIT, usage } from "../exit.js";
import { exists } from "../input/files.js";
import { oneOf, wholeNumber } from "../input/numbers.js";
import { dashed, ONE_KERNEL, type OptionsOf, type OptionTable } from "../input/options.js";
import { programOf } from "../input/run-input.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggestLook } from "../terminal/terminal.js";
import { exploreRealizable } from "./explore-realizable.js";
import { present } from "./present-finding.js";

const OWN = {
  preemptions: {
    flags: "--preemptions <n>",
    about: "go through bounds 0, 1, ... n of preemptions per run",
    parse: wholeNumber(0, 1000, 2),
  },
  memory: {
    flags: "--memory <size>",
    about: "cap on memory, such as 500m or 2g",
    parse: memory,
    standard: [2 ** 31, "2g"],
  },
  exact: { flags: "--exact", about: "keep whole states instead of fingerprints" },
  bfs: { flags: "--bfs", about: "breadth first from the start" },
  reduction: {
    flags: "--reduction <name>",
    about: "all, symmetry (identical threads count as one) or none",
    parse: oneOf(["all", "symmetry", "none"]),
    standard: ["all"],
  },
} as const satisfies OptionTable;

type ExploreCliOptions = OptionsOf<typeof OWN>;

export const exploreCommand: CommandSpec = {
  options: [
    ...ONE_KERNEL,
    "faults",
    "evictions",
    "time",
    "oracle",
    "reading",
    "realizable",
    "fine",
    "invert",
    "jobs",
    OWN,
  ],
  reports: ["explore", "exploreForced"],
  isVerdict: true,
  run: explore,
};

const UNITS: { readonly [unit: string]: number } = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const LEAST_MEMORY = 2 ** 20;

function memory(text: string, flag: string): number {
  const [, digits, unit = ""] = /^(\d{1,15})([kmg]?)$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  if (bytes >= LEAST_MEMORY && bytes <= 2 ** 40) return bytes;
  throw usage(`${flag}: expected a size from 1m to 1024g, found "${text}"`, `for example ${flag} 2g`);
}

async function explore(
  session: Session,
  options: ExploreCliOptions,
  [x = ""]: readonly string[],
): Promise<number> {
  if (options.realizable === true) return exploreRealizable(session, options, x);
  const report = openReport(session, options, "explore");
  const program = programOf(x, options);
  const { scenario, variant } = program;
  note(session, `explore ${scenario.name} on ${variantName(variant)}`);
  const started = performance.now();
  const { result, searchSeconds } = await search(session, options, program);
  const explored: Explored = {
    file: exists(x) ? x : undefined,
    graph: () => {
      const subject = subjectOf({ scenario, variant, fine: options.fine });
      return stateGraph(
        subject,
        options.oracle === undefined ? judgedMask(subject) : oracleMask(options.oracle),
      );
    },
    scenario,
    variant,
    result,
    bounds: boundsOf(program, options, result.offered),
    seconds: (performance.now() - started) / 1000,
    searchSeconds,
    reported: result.finding === undefined ? undefined : reportedOf(program, result.finding),
  };
  report.end(explored);
  const { signal } = session.interrupt;
  if (signal !== undefined) note(session, `interrupted by ${signal}; partial result above`);
  if (result.verdict === "mismatch") {
    const token = explored.reported?.token;
    if (token !== undefined) suggestLook(session, token);
    return EXIT.VIOLATION;
  }
  return result.verdict === "ok" && scenario.isPart !== true ? EXIT.OK : EXIT.UNDECIDED;
}

async function search(
  session: Session,
  options: ExploreCliOptions,
  { scenario, variant }: RunSpec,
): Promise<Searched> {
  const progress = startProgress(session);
  const started = performance.now();
  let estimate: Estimate | undefined;
  const exploration = startExploring(
    { scenario, variant, fine: options.fine },
    {
      memoryBytes: options.memory,
      exact: options.exact === true,
      bfs: options.bfs === true,
      preemptions: options.preemptions,
      symmetry: options.reduction !== "none",
      reduced: options.reduction === "all",
      threads: options.jobs ?? availableParallelism(),
      mask: options.oracle === undefined ? undefined : oracleMask(options.oracle),
    },
    (reply) => {
      if (reply.kind === "estimate") {
        if (reply.estimate.states > 2 * reply.known) estimate = reply.estimate;
        note(session, estimateText(estimate, reply.known));
      }
      if (reply.kind === "violation") {
        progress.stop();
        const token = encodeToken({ scenario, variant, choices: reply.choices });
        note(
          session,
          `a violation: ${commandLine(["repro", token])}\nlooking for the shortest run that shows it`,
        );
      }
      if (reply.kind === "progress")
        progress.update(() => progressText(reply.progress, estimate, performance.now() - started));
    },
  );
  return finished(session, exploration, options.time, () => progress.stop());
}

/** The result, with what was covered when a signal or the time comes first. */
async function finished(
  session: Session,
  exploration: Exploration,
  seconds: number | undefined,
  cleanUp: () => void,
): Promise<Searched> {
  const cancel = seconds === undefined ? () => {} : after(seconds * 1000, () => exploration.stop());
  try {
    const result = await session.interrupt.race(exploration.result);
    if (result !== undefined) return result;
    exploration.stop();
    return await exploration.result;
  } finally {
    cancel();
    cleanUp();
  }
}

function estimateText(estimate: Estimate | undefined, known: number): string {
  if (estimate === undefined) return `more than ${grouped(known)} states`;
  return `about ${grouped(estimate.states)} states; where they are millions, up to twenty times as many`;
}

function progressText(p: SearchProgress, estimate: Estimate | undefined, ms: number): string {
  const of = estimate === undefined ? "" : `, ${shareText(p.states / estimate.states)}`;
  const rate = grouped(Math.round(p.states / Math.max(0.001, ms / 1000)));
  const megabytes = Math.round(p.bytes / 2 ** 20);
  return `${grouped(p.states)} states${of}, ${rate}/s, depth ${p.depth}, queue ${grouped(p.queue)}, ${megabytes} MB`;
}

function shareText(share: number): string {
  return share < 1 ? `${Math.floor(100 * share)}% of the estimate` : "past the estimate";
}

function boundsOf({ scenario }: RunSpec, options: ExploreCliOptions, offered: number): Bounds {
  const { evictions, faults: faultCap, ...faults } = scenario.budget;
  return {
    threads: scenario.threads.length,
    evictions: Math.min(evictions, BYTE_LIMIT),
    faults: Object.fromEntries(
      Object.entries(faults)
        .filter(([, n]) => n > 0)
        .map(([name, n]) => [dashed(name), n]),
    ),
    faultCap: faultCap ?? null,
    preemptions: options.preemptions ?? null,
    steps: options.fine === true ? "fine" : "merged",
    limits: limitsOf(scenario, offered),
  };
}

function reportedOf(program: RunSpec, finding: Finding): ReportedFinding {
  const run = { ...program, choices: finding.choices };
  return present({ finding, run, realizable: canForce(subjectOf(run), run.choices) });
}
