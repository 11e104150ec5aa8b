/**
 * fuzz: random programs under random schedules until a finding, a count, a time or a signal.
 */
import { randomInt } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import type { CaseOptions } from "../../fuzz/case.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { fuzzStatus } from "../../report/fuzz-status.js";
import type { FuzzSummary } from "../../report/fuzz-text.js";
import { plural } from "../../report/style.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { FuzzJob, FuzzResult } from "../../tasks/fuzz-cases.js";
import { inOrder, Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, invalid } from "../exit.js";
import { flagsOf, givenFlags, kernelFlags, sameRun } from "../input/again.js";
import { isCampaign, kindsOfCampaign } from "../input/campaign-findings.js";
import { STORE_OPTIONS } from "../input/campaign-options.js";
import { storeFlags } from "../input/campaign-store.js";
import { chosenKernel, kernelNamed } from "../input/kernels.js";
import { wholeNumber } from "../input/numbers.js";
import { ONE_KERNEL, type OptionsOf, type OptionTable, strategyOf } from "../input/options.js";
import { checkDirectory } from "../input/output-checks.js";
import { caseOptionsOf } from "../input/run-input.js";
import { startProgress, tellOfSecond } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest, suggestLook } from "../terminal/terminal.js";
import { type FuzzContext, Kinds } from "./fuzz-kinds.js";
import { kindsIn } from "./kept-finding.js";

/** Cases per job: some ten milliseconds of work, so that a worker that waits for the next one does not count. */
const BATCH = 100;

/** Where findings are saved unless --out says otherwise: beside other scenarios, where there are any. */
function usualFolder(): string {
  return existsSync("scenarios") ? "scenarios/found" : "found";
}

const OWN = {
  keepGoing: {
    flags: "--keep-going",
    about: "go on after a finding; one per kind and cure, with a count",
  },
  from: { flags: "--from <n>", about: "first case", parse: wholeNumber(0, Number.MAX_SAFE_INTEGER, 1000) },
  known: {
    flags: "--known <where>",
    about: "count the kinds of this folder or campaign:NAME, and report only others; may be given again",
    parse: (text: string, _: string, before: readonly string[] = []): readonly string[] => [...before, text],
  },
  out: { flags: "--out <dir>", about: "where findings are saved (found, or scenarios/found)" },
} as const satisfies OptionTable;

type FuzzOptions = OptionsOf<typeof OWN & typeof STORE_OPTIONS>;

export const fuzzCommand: CommandSpec = {
  options: [...ONE_KERNEL, "search", "realizable", "jobs", "judging", OWN, STORE_OPTIONS],
  reports: ["fuzz"],
  run: fuzz,
};

async function fuzz(session: Session, options: FuzzOptions): Promise<number> {
  const report = openReport(session, options, "fuzz");
  const started = performance.now();
  const variant = chosenKernel(options, () => kernelNamed("6.0"));
  const seed = options.seed ?? String(randomInt(1, 1_000_000_000));
  const caseOptions = caseOptionsOf(options, variant, seed);
  const folder = options.out ?? usualFolder();
  if (options.out !== undefined) checkDirectory(folder);
  // A run that goes on where another has ended has found what that one has.
  const before = options.from === undefined ? new Map<string, string>() : kindsIn(folder, variant);
  const understood = await understoodKinds(session, options, variant);
  const known = new Map([...before, ...understood]);
  const from = options.from === undefined ? "" : `, from case ${options.from}`;
  const where = [...(before.size === 0 ? [] : [folder]), ...(options.known ?? [])].join(", ");
  const told = known.size === 0 ? "" : `, ${plural(known.size, "kind")} known from ${where}`;
  note(session, `fuzz ${variantName(variant)}, seed ${seed}${from}${told}`);
  const pool = new Pool(options.jobs ?? 1);
  const progress = startProgress(session);
  const flags = caseFlags(options);
  const context = { session, pool, options: caseOptions, caseFlags: flags, folder, report, progress };
  const kinds = new Kinds(context, known);
  const goesOn = options.keepGoing === true || known.size > 0;
  const hunt: Hunt = { started, goesOn, programs: 0, schedules: 0, steps: 0, next: options.from ?? 0, kinds };
  session.interrupt.hearSecond(() => tellOfSecond(session, kinds.waiting, progress));
  const failures: unknown[] = [];
  try {
    await search(context, options, hunt).catch((e) => failures.push(e));
    progress.stop();
    progress.update(() => `shrinking ${plural(kinds.waiting, "finding")}`);
    await kinds.finish().catch((e) => failures.push(e));
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    const { programs, schedules, steps } = hunt;
    const { findings, known } = kinds;
    const summary: FuzzSummary = { seed, variant, programs, schedules, steps, seconds, findings, known };
    report.end(summary);
    closing(session, options, summary, hunt, failures.length > 0);
    if (failures.length > 0) throw failures[0];
    if (findings.length > 0 || known.some(({ kind }) => !understood.has(kind))) return EXIT.VIOLATION;
    return hunt.programs > 0 ? EXIT.OK : EXIT.UNDECIDED;
  } finally {
    await pool.close();
  }
}

/** The kinds that --known names, each with where it is. */
async function understoodKinds(
  session: Session,
  { known = [], ...store }: FuzzOptions,
  variant: KernelVariant,
): Promise<Map<string, string>> {
  const kinds = new Map<string, string>();
  for (const where of known) {
    const found = isCampaign(where)
      ? await kindsOfCampaign(session, store, where, variant)
      : kindsIn(folderOf(where), variant);
    for (const [kind, place] of found) if (!kinds.has(kind)) kinds.set(kind, place);
  }
  return kinds;
}

function folderOf(where: string): string {
  if (statSync(where, { throwIfNoEntry: false })?.isDirectory() === true) return where;
  throw invalid(`--known ${visible(where)}: there is no such folder`, "name a folder, or campaign:NAME");
}

interface Hunt {
  /** By performance.now(). */
  readonly started: number;
  /** Whether a job goes on behind a failure, which may be of a kind that is known. */
  readonly goesOn: boolean;
  programs: number;
  schedules: number;
  steps: number;
  readonly kinds: Kinds;
  /** Where to resume. */
  next: number;
}

/** Goes through the cases until a finding, the count, the time or a signal; fails when a worker does. */
async function search(context: FuzzContext, options: FuzzOptions, hunt: Hunt): Promise<void> {
  const { session, pool, options: caseOptions, progress } = context;
  const deadline = hunt.started + (options.time ?? Number.POSITIVE_INFINITY) * 1000;
  const results = inOrder(pool.width, jobs(caseOptions, options, hunt), (job) => pool.run(job));
  for await (const result of session.interrupt.until(results)) {
    take(hunt, result);
    progress.update(() => standing(hunt, options, caseOptions));
    if (hunt.kinds.found > 0 && options.keepGoing !== true) break;
    if (session.interrupt.signal !== undefined || performance.now() >= deadline) break;
  }
}

function* jobs(
  options: CaseOptions,
  { runs = Number.MAX_SAFE_INTEGER }: FuzzOptions,
  { next: from, goesOn: keepGoing }: Hunt,
): Generator<FuzzJob> {
  const end = Math.min(Number.MAX_SAFE_INTEGER, from + runs);
  for (let n = from; n < end; n += BATCH) {
    yield { kind: "fuzz", options, from: n, count: Math.min(BATCH, end - n), keepGoing };
  }
}

function take(hunt: Hunt, result: FuzzResult): void {
  hunt.programs += result.cases;
  hunt.schedules += result.schedules;
  hunt.steps += result.steps;
  hunt.next += result.cases;
  for (const failed of result.failures) hunt.kinds.meet(failed);
}

function standing(
  { started, programs, steps, kinds }: Hunt,
  { time: limit }: FuzzOptions,
  { variant }: CaseOptions,
): string {
  const seconds = (performance.now() - started) / 1000;
  return fuzzStatus({
    kernel: variantName(variant),
    ...{ seconds, limit, programs, steps },
    kinds: kinds.standing(started),
  });
}

/** The options that a case depends on beside its seed, as flags. */
function caseFlags(options: FuzzOptions): string[] {
  return givenFlags({ ...options, strategy: strategyOf(options) }, CASE);
}
const CASE = ["oracle", "strategy", "depth", "faults", "evictions"] as const;

function closing(
  session: Session,
  options: FuzzOptions,
  { seed, variant, findings }: FuzzSummary,
  hunt: Hunt,
  isBroken: boolean,
): void {
  const { signal } = session.interrupt;
  if (signal !== undefined || isBroken) {
    note(
      session,
      signal === undefined ? "partial result above" : `interrupted by ${signal}; partial result above`,
    );
    const { runs, keepGoing, out, known = [] } = options;
    const left = runs && Math.max(1, runs - hunt.programs);
    const from = [...flagsOf({ seed, from: hunt.next, runs: left }), ...caseFlags(options)];
    const words = [
      "fuzz",
      ...kernelFlags(variant),
      ...from,
      ...flagsOf({ keepGoing, out, ...storeFlags(options) }),
    ];
    suggest(session, [[...words, ...known.flatMap((where) => flagsOf({ known: where }))], "resumes"]);
    return;
  }
  const [first] = findings;
  if (first === undefined) return;
  const x = sameRun(first);
  const again = x === undefined ? [first.caseSeed ?? "", ...caseFlags(options)] : [x];
  suggestLook(session, ...again);
  if (strategyOf(options) === "realizable")
    suggest(session, [["real", ...again], "shows it on this machine's kernel"]);
}
