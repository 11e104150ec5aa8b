/**
 * backport: which patches a kernel still needs for its known races to be cured, in an order in which no prefix is worse
 * than it; or what a series does to it that somebody has.
 */
import { type Backport, backport, type Wanted } from "../../backport/backport.js";
import type { Fault, Looked, Question } from "../../backport/faults.js";
import { oracleMask } from "../../explore/finding/finding.js";
import { variantName } from "../../kernel/versions/variant.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { commandLine } from "../../report/shell-words.js";
import { plural } from "../../report/style.js";
import type { Scenario } from "../../scenario/types.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { Pool, unless } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { didYouMean, EXIT, invalid, usage } from "../exit.js";
import { loadScenarios } from "../input/files.js";
import { chosenKernels } from "../input/kernels.js";
import { commitNamed, commitNames } from "../input/known-commits.js";
import { names } from "../input/numbers.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { readSeries } from "../input/order-file.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggestLook } from "../terminal/terminal.js";
import { scenarioFiles } from "./list.js";
import { present } from "./present-finding.js";

const OWN = {
  scenario: {
    flags: "--scenario <files...>",
    about: "what is to be cured (every witness that fails on the kernel and has a cure)",
    parse: (text: string, _: string, before: string[] = []) => [...before, text],
  },
  order: { flags: "--order <file>", about: "judge this series: a commit per line, the first to apply first" },
  except: { flags: "--except <commits>", about: "do without these commits", parse: names },
  upstream: {
    flags: "--upstream",
    about: "only commits that were merged: no cure that is yet to be written",
  },
} as const satisfies OptionTable;

type BackportOptions = OptionsOf<typeof OWN>;

export const backportCommand: CommandSpec = {
  options: ["kernels", OWN],
  reports: ["backport"],
  run,
};

async function run(session: Session, options: BackportOptions): Promise<number> {
  const report = openReport(session, options, "backport");
  const [kernel, ...more] = chosenKernels(options) ?? [];
  if (kernel === undefined || more.length > 0)
    throw usage("backport is for one kernel", "give one --kernel or one --tree");
  const { scenarios, targets } = programs(options.scenario);
  const wanted: Wanted = {
    kernel,
    witnesses: [...scenarios.keys()],
    targets,
    leftOut: (options.except ?? []).map(leftOut),
    isUpstream: options.upstream === true,
    series: options.order === undefined ? undefined : readSeries(options.order),
  };
  note(session, `backport to ${variantName(kernel)}, ${plural(scenarios.size, "scenario")}`);
  const search = new Search(session, scenarios);
  try {
    const result = await search.answer(wanted);
    if (result === undefined) return EXIT.UNDECIDED;
    const reported = await search.shown(result);
    report.end({ ...result, reported });
    if (reported?.token !== undefined) suggestLook(session, reported.token);
    return statusOf(result);
  } finally {
    await search.close();
  }
}

/** What fails on a prefix and not at the start, or is left at the end, counts before what could not be searched whole. */
function statusOf({ isWorse, uncured, open }: Backport): number {
  if (isWorse || uncured.length > 0) return EXIT.VIOLATION;
  return open.length > 0 ? EXIT.UNDECIDED : EXIT.OK;
}

/** The witnesses and the given scenarios by name, and the names of the latter. */
function programs(files: readonly string[] | undefined) {
  const given = files === undefined ? [] : loadScenarios(files, {});
  const names = given.map(({ scenario }) => scenario.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw usage(`two scenarios are called ${quoted(twice)}`, "give one of them another name");
  const all = [...loadScenarios(scenarioFiles("witnesses"), {}), ...given];
  const scenarios = new Map(
    all.map(({ scenario: { schedule: _, ...program } }) => [program.name, program as Scenario]),
  );
  return { scenarios, targets: files === undefined ? undefined : names };
}

function leftOut(word: string): string {
  const patch = commitNamed(word);
  if (patch !== undefined) return patch.commit;
  throw invalid(
    `no commit ${quoted(word)} is known here`,
    didYouMean(word, commitNames(), `${commandLine(["list", "fixes"])} shows those that are`),
  );
}

/** Looks at every state of witnesses, each once per kernel. */
class Search {
  readonly #session: Session;
  readonly #scenarios: ReadonlyMap<string, Scenario>;
  readonly #pool = new Pool(1);
  readonly #known = new Map<string, Looked>();

  constructor(session: Session, scenarios: ReadonlyMap<string, Scenario>) {
    this.#session = session;
    this.#scenarios = scenarios;
  }

  /** Undefined when a signal came first. */
  async answer(wanted: Wanted): Promise<Backport | undefined> {
    const progress = startProgress(this.#session);
    const search = backport(wanted);
    try {
      let next = search.next();
      while (next.done !== true) {
        const looked = await this.#look(next.value);
        if (looked === undefined) return undefined;
        progress.update(() => plural(this.#known.size, "search", "searches"));
        next = search.next(looked);
      }
      return next.value;
    } finally {
      progress.stop();
    }
  }

  async #look({ variant, witness }: Question): Promise<Looked | undefined> {
    const key = `${variantName(variant)}: ${witness}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const scenario = this.#scenario(witness);
    const job = {
      kind: "exhaust",
      subject: { scenario, variant },
      mask: oracleMask(scenario.oracles),
    } as const;
    const result = await unless(this.#pool, job, () => this.#session.interrupt.signal !== undefined);
    if (result === undefined || this.#session.interrupt.signal !== undefined) return undefined;
    const looked: Looked = {
      faults: result.failures.map((failure) => ({ witness, ...failure })),
      isComplete: result.isComplete,
    };
    this.#known.set(key, looked);
    return looked;
  }

  /** The first way in which a prefix is worse, made small; else undefined. */
  async shown({ steps }: Backport): Promise<ReportedFinding | undefined> {
    const step = steps.find(({ worse }) => worse.length > 0);
    const fault = step?.worse.toSorted((a, b) => rank(a) - rank(b))[0];
    if (step === undefined || fault === undefined) return undefined;
    const scenario = this.#scenario(fault.witness);
    const run = { scenario, variant: step.variant, choices: fault.choices };
    const job = { kind: "shrink", run, mask: oracleMask(scenario.oracles) } as const;
    const shrunk = await unless(this.#pool, job, () => this.#session.interrupt.signal !== undefined);
    return shrunk === undefined ? undefined : present(shrunk);
  }

  #scenario(name: string): Scenario {
    const scenario = this.#scenarios.get(name);
    if (scenario === undefined) throw new Error(`nobody has given ${name}`);
    return scenario;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** What a reader sees comes before what is only wrong inside. */
function rank({ kind }: Fault): number {
  return /^(content|exposure)/.test(kind) ? 0 : 1;
}
