/**
 * explain: what a failing run comes down to, by a look at every run of its program; or what a name stands for.
 */
import type { Explanation } from "../../explain/explain-run.js";
import { oracleMask } from "../../explore/finding/finding.js";
import { subjectOf } from "../../explore/run/subject.js";
import { canForce } from "../../force/follow.js";
import { WINDOW_NAMES } from "../../kernel/machine/windows.js";
import { ORACLE_NAMES } from "../../kernel/oracle-table.js";
import { FUNCTION_NAMES } from "../../kernel/paths/step-names.js";
import { FIX_NAMES } from "../../kernel/versions/fixes.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { variantName } from "../../kernel/versions/variant.js";
import { commandLine, shellWords } from "../../report/shell-words.js";
import { printScenario } from "../../scenario/language/print.js";
import type { Scenario } from "../../scenario/types.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { Pool, unless } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { didYouMean, EXIT, Stop, undecided } from "../exit.js";
import { givenFlags, kernelFlags, operand, SEARCH } from "../input/again.js";
import { exists } from "../input/files.js";
import { ONE_KERNEL, type OptionsOf, type OptionTable } from "../input/options.js";
import { writeWhole } from "../input/output-files.js";
import { type Input, readInput } from "../input/run-input.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { explainedNames } from "./explain-name.js";
import { SCHEMA_LINE } from "./finding-file.js";
import { present } from "./present-finding.js";
import { replay } from "./repro.js";
import { shownRun } from "./shown-run.js";

const OWN = {
  output: { flags: "-o, --output <file>", about: "write the order as a scenario file" },
} as const satisfies OptionTable;

type ExplainOptions = OptionsOf<typeof OWN>;

export const explainCommand: CommandSpec = {
  options: [...ONE_KERNEL, "judging", "reading", OWN],
  reports: ["explain", "explainName"],
  run: explain,
};

async function explain(
  session: Session,
  options: ExplainOptions,
  [x = ""]: readonly string[],
): Promise<number> {
  const names = exists(x) ? [] : explainedNames(x);
  if (names.length > 0) {
    openReport(session, options, "explainName").end(names);
    return EXIT.OK;
  }
  const report = openReport(session, options, "explain");
  const input = named(x, options);
  const explanation = await explanationOf(session, judgedBy(input, options), options, x);
  const { run, finding } = explanation;
  const reported = present({ finding, run, realizable: canForce(subjectOf(run), finding.choices) });
  const orderFile = fileOf(explanation);
  const output = orderFile === undefined ? undefined : options.output;
  if (output !== undefined && orderFile !== undefined)
    writeWhole(output, orderFile, "choose another file with --output");
  report.end({ ...explanation, reported, orderFile, output });
  const kernel = kernelFlags(run.variant);
  if (options.output !== output)
    session.terminal.err.line(`${visible(options.output ?? "")} is not written: there is no such order`);
  if (output !== undefined)
    suggest(session, [["explore", operand(output), ...kernel], "a run that keeps the order"]);
  suggest(session, [
    ["step", reported.token ?? operand(x), ...(reported.token === undefined ? kernel : [])],
    "walk through it",
  ]);
  return EXIT.VIOLATION;
}

/** X is no name; what is no run and no file either gets a word on names. */
function named(x: string, options: ExplainOptions): Input {
  try {
    return readInput(x, options);
  } catch (error) {
    if (!(error instanceof Stop) || error.remedy !== undefined || exists(x) || /^sm\d/.test(x)) throw error;
    const known = [
      ...WINDOW_NAMES,
      ...ORACLE_NAMES,
      ...FIX_NAMES,
      ...FUNCTION_NAMES,
      ...RELEASES.map((r) => r.name),
    ];
    throw new Stop(
      error.code,
      error.message,
      didYouMean(x, known, `${commandLine(["list"])} shows the names there are`),
    );
  }
}

/** What --oracle says is judged stands in the scenario from here on. */
function judgedBy(input: Input, { oracle }: ExplainOptions): Input {
  if (oracle === undefined) return input;
  return { ...input, run: { ...input.run, scenario: { ...input.run.scenario, oracles: oracle } } };
}

async function explanationOf(
  session: Session,
  input: Input,
  options: ExplainOptions,
  x: string,
): Promise<Explanation> {
  // One run that shows nothing, or does not apply, is refused as repro does.
  if (input.isPinned && replay(input, options, x) === undefined)
    throw undecided(`${visible(x)} shows no violation: there is nothing to explain`);
  const { scenario, variant } = input.run;
  note(session, `explain ${scenario.name} on ${variantName(variant)}`);
  const progress = startProgress(session);
  progress.update(() => "looking at every run");
  const pool = new Pool(1);
  const stop = () => session.interrupt.signal !== undefined;
  try {
    const { run, isPinned } = input;
    const mask = oracleMask(run.scenario.oracles);
    const small = !isPinned
      ? await shownRun(pool, input, options, x, stop)
      : input.isLarge === true
        ? await unless(pool, { kind: "shrink", run, mask }, stop)
        : undefined;
    const job = {
      kind: "explain" as const,
      run: small?.run ?? run,
      isPinned: isPinned || small !== undefined,
    };
    const explained = await unless(pool, job, stop);
    if (explained === undefined) throw undecided(`${visible(x)}: stopped before it was explained`);
    if (!("problem" in explained)) return explained;
    const flags = givenFlags(options, SEARCH);
    throw undecided(
      `${visible(x)} on ${variantName(variant)}: ${explained.problem}`,
      flags.length === 0 ? "choose a kernel on which it fails with --kernel" : undefined,
    );
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** The program with the order in place of a schedule, as a file that says what it shows; undefined where there is no order. */
function fileOf({ run, finding, order, given }: Explanation): string | undefined {
  if (order === undefined) return undefined;
  const { base, with: added, without } = run.variant;
  const isPlain = added.length === 0 && without.length === 0;
  const verdict = { expect: "mismatch" as const, kind: finding.kind };
  const name = run.scenario.name.slice(0, 60).replace(/(-order)?$/, "-order");
  const scenario: Scenario = {
    ...run.scenario,
    name,
    expect: isPlain ? [{ kernel: base, ...verdict }] : [],
    variants: isPlain ? [] : [{ base, with: added, without, ...verdict }],
    reached: [],
    ...(order.length > 0 ? { order } : {}),
  };
  const besides = given.length > 0 ? ` in which the environment chooses ${given.join(", ")}` : "";
  const header =
    order.length > 0
      ? [
          `On ${variantName(run.variant)} every run that keeps this order fails${besides};`,
          "with a constraint left out, some run is right.",
        ]
      : [`On ${variantName(run.variant)} every run fails${besides}.`];
  return printScenario(scenario, [
    SCHEMA_LINE,
    ...header,
    `stalemap run THIS-FILE ${shellWords(kernelFlags(run.variant))}`,
  ]);
}
