/**
 * fuzz: random programs under random schedules until a finding, a count, a time or a signal.
 */
import { randomInt } from "node:crypto";
import { type CaseOptions, caseSeedText } from "../../fuzz/case.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { CountedFinding, FuzzSummary } from "../../report/fuzz-text.js";
import { grouped } from "../../report/style.js";
import type { FailedCase, FuzzJob, FuzzResult } from "../../tasks/fuzz-cases.js";
import { inOrder, openPool, type Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { checkDirectory } from "../input/files.js";
import { chosenKernel, kernelFlags, kernelNamed } from "../input/kernels.js";
import { wholeNumber } from "../input/numbers.js";
import { type CommonOptions, strategyOf } from "../input/options.js";
import { caseOptionsOf } from "../input/run-input.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport, type Report } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { foundPath, present } from "./present-finding.js";

/** Cases per job: some milliseconds of work. */
const BATCH = 25;

/** Where findings are saved unless --out says otherwise. */
const FOUND = "scenarios/found";

interface FuzzOptions extends CommonOptions {
  readonly out?: string;
  readonly from?: number;
  readonly keepGoing?: boolean;
}

export const fuzzCommand: CommandSpec = {
  name: "fuzz",
  about: "random programs, random schedules, until the first finding",
  options: [
    "kernels",
    "search",
    "realizable",
    "jobs",
    "judging",
    { flags: "--keep-going", about: "go on after a finding; one finding per kind, with a count" },
    {
      flags: "--from <n>",
      about: "first case",
      parse: wholeNumber("--from", 0, Number.MAX_SAFE_INTEGER, 1000),
    },
    { flags: "--out <dir>", about: `where findings are saved (${FOUND})` },
  ],
  reports: ["fuzz"],
  run: fuzz,
};

async function fuzz(session: Session, options: FuzzOptions): Promise<number> {
  const report = openReport(session, options, "fuzz");
  const started = performance.now();
  const variant = chosenKernel(options, () => kernelNamed("6.0"));
  const seed = options.seed ?? String(randomInt(1, 1_000_000_000));
  const caseOptions = caseOptionsOf(options, variant, seed);
  checkDirectory(options.out ?? FOUND);
  const from = options.from === undefined ? "" : `, from case ${options.from}`;
  note(session, `fuzz ${variantName(variant)}, seed ${seed}${from}`);
  const pool = openPool(options.jobs ?? 1);
  try {
    const hunt = await search(session, options, caseOptions, pool, started);
    const seconds = (performance.now() - started) / 1000;
    const findings = await reportKinds(session, options, caseOptions, pool, hunt, report);
    const { programs, schedules, steps } = hunt;
    const summary: FuzzSummary = { seed, variant, programs, schedules, steps, seconds, findings };
    report.end(summary);
    closing(session, options, summary, hunt);
    if (findings.length > 0) return EXIT.VIOLATION;
    return hunt.programs > 0 ? EXIT.OK : EXIT.UNDECIDED;
  } finally {
    await pool.close();
  }
}

interface Hunt {
  programs: number;
  schedules: number;
  steps: number;
  /** First failing case of each kind, and how many cases failed that way. */
  readonly kinds: Map<string, { readonly first: FailedCase; count: number }>;
  /** Where to resume. */
  next: number;
}

async function search(
  session: Session,
  options: FuzzOptions,
  caseOptions: CaseOptions,
  pool: Pool,
  started: number,
): Promise<Hunt> {
  const from = options.from ?? 0;
  const hunt: Hunt = { programs: 0, schedules: 0, steps: 0, kinds: new Map(), next: from };
  const deadline = options.time === undefined ? Number.POSITIVE_INFINITY : started + options.time * 1000;
  const progress = startProgress(session);
  const results = inOrder(pool.width, jobs(caseOptions, from, options), (job) => pool.run(job));
  for await (const result of session.interrupt.until(results)) {
    take(hunt, result);
    progress.update(() => line(hunt, started));
    if (hunt.kinds.size > 0 && options.keepGoing !== true) break;
    if (session.interrupt.signal !== undefined || performance.now() >= deadline) break;
  }
  progress.stop();
  return hunt;
}

function* jobs(
  options: CaseOptions,
  from: number,
  { runs = Number.MAX_SAFE_INTEGER, keepGoing = false }: FuzzOptions,
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
  for (const failed of result.failures) {
    const known = hunt.kinds.get(failed.kind);
    if (known === undefined) hunt.kinds.set(failed.kind, { first: failed, count: 1 });
    else known.count++;
  }
}

function line(hunt: Hunt, started: number): string {
  const seconds = (performance.now() - started) / 1000;
  const kinds = hunt.kinds.size > 0 ? `, ${hunt.kinds.size} kinds of findings` : "";
  return (
    `case ${grouped(hunt.next)}: ${grouped(hunt.schedules)} schedules, ` +
    `${grouped(hunt.steps)} steps in ${seconds.toFixed(0)} s${kinds}`
  );
}

/** The options that a case depends on beside its seed, as flags. */
function caseFlags(options: FuzzOptions): string {
  const { oracle, depth, faults, evictions } = options;
  const strategy = strategyOf(options);
  const flags = { oracle: oracle?.join(","), strategy, depth, faults, evictions };
  return Object.entries(flags)
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${value}`]))
    .join("");
}

async function reportKinds(
  session: Session,
  options: FuzzOptions,
  caseOptions: CaseOptions,
  pool: Pool,
  hunt: Hunt,
  report: Report<"fuzz">,
): Promise<CountedFinding[]> {
  const findings: CountedFinding[] = [];
  const progress = startProgress(session);
  for (const { first, count } of hunt.kinds.values()) {
    progress.update(() => `shrinking case ${first.n}`);
    const shrunk = await pool.run({
      kind: "shrink",
      run: first.run,
      mask: caseOptions.mask,
      isRealizable: caseOptions.strategy === "realizable",
    });
    const caseSeed = caseSeedText(caseOptions, first.n);
    const [, kernel = ""] = caseSeed.split(":");
    const file = foundPath(options.out ?? FOUND, kernel, shrunk.finding, `${caseOptions.seed}-${first.n}`);
    const foundIn = `case ${grouped(first.n)}, schedule ${first.schedules}`;
    const origin = { caseSeed, caseFlags: caseFlags(options), file, foundIn };
    const found: CountedFinding = { ...present(session, shrunk, origin), count };
    progress.stop();
    report.item(found);
    findings.push(found);
  }
  progress.stop();
  return findings;
}

function closing(session: Session, options: FuzzOptions, summary: FuzzSummary, hunt: Hunt): void {
  const { seed, variant } = summary;
  if (session.interrupt.signal !== undefined) {
    note(session, `interrupted by ${session.interrupt.signal}; partial result above`);
    const left = options.runs === undefined ? "" : ` --runs ${Math.max(1, options.runs - hunt.programs)}`;
    const keepGoing = options.keepGoing === true ? " --keep-going" : "";
    const flags = `${kernelFlags(variant)} --seed ${seed} --from ${hunt.next}${left}${caseFlags(options)}`;
    suggest(session, [`fuzz ${flags}${keepGoing}`, "resumes"]);
    return;
  }
  const [first] = summary.findings;
  if (first === undefined) return;
  const x = first.file ?? first.token ?? first.caseSeed ?? "";
  suggest(session, [`step ${x}`, "walk through it"], [`bisect ${x}`, "which patch cures it"]);
  if (strategyOf(options) === "realizable")
    suggest(session, [`real ${x}`, "shows it on this machine's kernel"]);
}
