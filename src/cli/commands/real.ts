/**
 * real: builds the program of a finding and runs it on this machine's kernel or under QEMU; and the table of many.
 */
import type { Plan } from "../../force/plan.js";
import type { RealProgram } from "../../force/real-program.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { Interrupted, withCleanup } from "../../real/machine/cleanup.js";
import { nativeProblems, qemuProblems } from "../../real/machine/environment.js";
import { resolveKernel, versionOf } from "../../real/machine/kernel-package.js";
import { runNative } from "../../real/machine/native.js";
import type { RealResult } from "../../real/machine/program-verdict.js";
import { runQemu } from "../../real/machine/qemu.js";
import { kernelLabel, modelFor, runningKernel } from "../../real/machine/running-kernel.js";
import { agrees, type RealCell } from "../../report/real-text.js";
import type { CommandSpec } from "../command.js";
import { EXIT, Stop, undecided, usage, worst } from "../exit.js";
import { flagsOf, operand } from "../input/again.js";
import { exists } from "../input/files.js";
import { wholeNumber } from "../input/numbers.js";
import { ONE_KERNEL, OPTION_GROUPS, type OptionsOf, type OptionTable } from "../input/options.js";
import { programFor, readPlan } from "../input/plan-input.js";
import { openReport } from "../terminal/report.js";
import { note, noteWrapped, type Session, suggest } from "../terminal/terminal.js";
import { realForced } from "./real-forced.js";
import { OF_MACHINE, OF_RECORDING, orUndecided, type RecordOptions, recordTraces } from "./real-record.js";
import { OF_TRACING, type TraceOptions, traceEvents } from "./real-trace.js";
import { OF_WALK, walkKernels } from "./real-walk.js";

/** Enough to see a schedule that is not forced after all. */
const REPEAT = 3;
const SECONDS_TO_BOOT = 120;
const SECONDS_PER_RUN = 0.5;

const OWN = {
  repeat: { flags: "--repeat <n>", about: `runs of each (${REPEAT})`, parse: wholeNumber(1, 10_000) },
  forced: {
    flags: "--forced",
    about: "every step at its place in the kernel, by a module in the guest of --qemu",
  },
  iKnow: {
    flags: "--i-know",
    about: "--forced on this machine's own kernel, which may die of it",
  },
  matrix: { flags: "--matrix", about: "many files: this kernel and each --qemu, as a table" },
} as const satisfies OptionTable;

type RealOptions = RecordOptions & TraceOptions & OptionsOf<typeof OWN & typeof OF_WALK>;

export const realCommand: CommandSpec = {
  options: [
    OWN,
    OF_MACHINE,
    OF_RECORDING,
    OF_TRACING,
    OF_WALK,
    ...ONE_KERNEL,
    "strategy",
    "realizable",
    "seed",
    "runs",
  ],
  reports: ["real", "realMatrix", "realForced", "record", "realWalk"],
  run: async (session: Session, options: RealOptions, xs) => {
    const part = PARTS.find((name) => name === xs[0] && !exists(name));
    checkMeant(options, part);
    try {
      if (part === "record") return await recordTraces(session, options, xs);
      if (part === "walk") return await walkKernels(session, options, xs);
      if (part === "trace") return await traceEvents(session, options, xs);
      return await real(session, options, xs);
    } catch (error) {
      if (error instanceof Interrupted) return EXIT[error.signalName];
      throw error;
    }
  },
};

/** What the first word can stand for besides a program. */
const PARTS = ["record", "trace", "walk"] as const;
type Part = (typeof PARTS)[number];

const OF_PROGRAMS = [...Object.keys(OWN), ...OPTION_GROUPS.kernels, "strategy", "realizable"];
/** Options that one part alone takes. */
const ONLY_OF: Readonly<Record<Part, readonly string[]>> = {
  record: Object.keys(OF_RECORDING),
  trace: Object.keys(OF_TRACING),
  walk: [...Object.keys(OF_WALK), "runs"],
};
/** What says nothing to a part besides, and what another's option says to it, too. */
const NOT_OF: Readonly<Record<Part, readonly string[]>> = {
  record: OF_PROGRAMS,
  trace: [...OF_PROGRAMS, "seed"],
  walk: [...OF_PROGRAMS, "block"],
};
const SHARED: Readonly<Partial<Record<Part, string>>> = { trace: "output" };

function checkMeant(options: RealOptions, part: Part | undefined): void {
  const isSaid = (name: string): boolean => options[name as keyof RealOptions] !== undefined;
  const refuse = (name: string, why: string): void => {
    const isMeant = part !== undefined && SHARED[part] === name;
    if (isSaid(name) && !isMeant) throw usage(`--${name} ${why}`, "leave it out");
  };
  if (part !== undefined) for (const name of NOT_OF[part]) refuse(name, `says nothing to real ${part}`);
  for (const other of PARTS)
    if (other !== part)
      for (const name of ONLY_OF[other])
        refuse(name, part === undefined ? `is for real ${other} only` : `says nothing to real ${part}`);
}

async function real(session: Session, options: RealOptions, xs: readonly string[]): Promise<number> {
  const isMatrix = options.matrix === true;
  if (options.forced === true) {
    const [x = "", ...more] = xs;
    if (isMatrix || more.length > 0) throw usage("--forced takes one program, and no --matrix");
    return realForced(session, options, x);
  }
  if (options.iKnow === true) throw usage("--i-know goes with --forced", "leave it out");
  if (xs.length > 1 && !isMatrix)
    throw usage("real takes one program", "real --matrix FILE... makes a table of many");
  const report = openReport(session, options, isMatrix ? "realMatrix" : "real");
  const plans = await readablePlans(session, options, xs);
  for (const plan of plans) if (plan.note !== undefined) noteWrapped(session, plan.note);
  const cells: RealCell[] = [];
  const told = (cell: RealCell) => {
    cells.push(cell);
    report.item(cell);
  };
  const natively = isMatrix || options.qemu === undefined ? [undefined] : [];
  const kernels = [...natively, ...(options.qemu ?? [])];
  try {
    await withCleanup(async ({ signal }) => {
      for (const kernel of kernels) {
        signal.throwIfAborted();
        const before = cells.length;
        try {
          if (kernel === undefined) await onThisKernel(session, options, plans, told);
          else await underQemu(session, options, plans, kernel, told);
        } catch (error) {
          if (!isMatrix || !(error instanceof Stop) || kernels.length === 1) throw error;
          // A kernel that cannot be asked is no reason to throw the others away.
          const { message: problem } = error;
          noteWrapped(session, problem);
          for (const plan of plans.slice(cells.length - before))
            told({ ...emptyCell(plan, kernel ?? runningKernel()), problem });
        }
      }
    });
    report.end(cells);
  } catch (error) {
    // What there is already is worth having.
    if (cells.length > 0) report.end(cells);
    if (error instanceof Interrupted && isMatrix) suggestRest(session, options, plans, cells, kernels);
    throw error;
  }
  return worst(cells.map(isMatrix ? statusInMatrix : statusOf));
}

/** What is known of a cell before anything has run. */
function emptyCell({ run: { scenario } }: Plan, kernel: string, model?: KernelVariant): RealCell {
  const { name, file } = scenario;
  const unknown = { expected: null, result: undefined, problem: undefined };
  return { name, block: file.block, kernel, model: model?.base ?? null, ...unknown };
}

/** The table again, of the files and the kernels that something is missing of. */
function suggestRest(
  session: Session,
  { repeat, block, fsImage }: RealOptions,
  plans: readonly NamedPlan[],
  cells: readonly RealCell[],
  kernels: readonly (string | undefined)[],
): void {
  const done = Math.floor(cells.length / plans.length);
  const rest = kernels.slice(done);
  const files = rest.length > 1 ? plans : plans.slice(cells.length % plans.length);
  const flags = [
    ...flagsOf({ repeat, block: block && `${block / 1024}k`, fsImage }),
    ...rest.flatMap((qemu) => flagsOf({ qemu })),
  ];
  const words = ["real", "--matrix", ...files.map(({ x }) => operand(x)), ...flags];
  suggest(session, [words, "the rest of the table"]);
}

/** A plan, and what it was made from. */
type NamedPlan = Plan & { readonly x: string };

/** The plans of all files that have one; of a table, the others are named on stderr. */
async function readablePlans(
  session: Session,
  options: RealOptions,
  xs: readonly string[],
): Promise<NamedPlan[]> {
  const plans: NamedPlan[] = [];
  for (const x of xs) {
    try {
      plans.push({ ...(await readPlan(session, x, options, options.block)), x });
    } catch (error) {
      const isLeftOut = error instanceof Stop && error.code === EXIT.UNDECIDED && options.matrix === true;
      if (!isLeftOut || session.interrupt.signal !== undefined) throw error;
      noteWrapped(session, `left out  ${error.message}`);
    }
  }
  if (plans.length === 0) throw undecided("none of the files has a schedule that user space can force");
  return plans;
}

type Told = (cell: RealCell) => void;
/** Runs programs and tells the result of each, in order. */
type Runner = (programs: readonly RealProgram[], onResult: (result: RealResult) => void) => Promise<unknown>;

async function onThisKernel(
  session: Session,
  options: RealOptions,
  plans: readonly Plan[],
  told: Told,
): Promise<void> {
  const problems = nativeProblems();
  if (problems.length > 0) {
    if (options.qemu === undefined) throw undecided(problems.join(" "));
    note(session, `this machine's own kernel is left out: ${problems.join(" ")}`);
    return;
  }
  const { repeat = REPEAT, fsImage: imageDir } = options;
  const run: Runner = (programs, onResult) => runNative(programs, { repeat, imageDir, onResult });
  await runPlans(plans, runningKernel(), run, told);
}

async function underQemu(
  session: Session,
  options: RealOptions,
  plans: readonly Plan[],
  name: string,
  told: Told,
): Promise<void> {
  const problems = qemuProblems();
  if (problems.length > 0) throw undecided(problems.join(" "));
  const label = await labelOf(name);
  note(session, `booting ${name} (${label})`);
  const { repeat = REPEAT, fsImage: imageDir } = options;
  const run: Runner = async (programs, onResult) => {
    const limitMs = 1000 * (SECONDS_TO_BOOT + SECONDS_PER_RUN * repeat * programs.length);
    for (const result of await runQemu(programs, { kernel: name, repeat, limitMs, imageDir }))
      onResult(result);
  };
  await runPlans(plans, label, run, told);
}

/** Its own scope: a package may have to be downloaded first. */
async function labelOf(name: string): Promise<string> {
  return orUndecided(() =>
    withCleanup(async (scope) => kernelLabel(versionOf(await resolveKernel(name, scope)))),
  );
}

/** Makes each plan's program by the model of the kernel, runs those that there are, and puts both verdicts together. */
async function runPlans(plans: readonly Plan[], kernel: string, run: Runner, told: Told): Promise<void> {
  const model = modelFor(kernel);
  const made = plans.map((plan) => ({ plan, ...programFor(plan, model ?? plan.run.variant) }));
  const programs = made.flatMap((one) => ("problems" in one ? [] : [one.program]));
  let next = 0;
  /** Tells the result of the next plan that has a program, and of those without one before and after it. */
  const onResult = (result?: RealResult) => {
    let due = result;
    for (let one = made[next]; one !== undefined; one = made[++next]) {
      const cell = emptyCell(one.plan, kernel, model);
      if ("problems" in one) told({ ...cell, problem: one.problems.join(" ") });
      else if (due === undefined) return;
      else {
        const expected = model === undefined ? null : one.verdict;
        told({ ...cell, expected, result: due, problem: due.problem });
        due = undefined;
      }
    }
  };
  onResult();
  if (programs.length > 0) await orUndecided(() => run(programs, onResult));
}

function statusOf({ result, model }: RealCell): number {
  // The bytes of another kernel's model are no measure of this one.
  if (result?.problem !== undefined || model === null) return EXIT.UNDECIDED;
  if (result?.runs.includes("lost") === true) return EXIT.VIOLATION;
  return result?.verdict === "right" ? EXIT.OK : EXIT.UNDECIDED;
}

/** A table fails where a kernel does not do what its model says. */
function statusInMatrix(cell: RealCell): number {
  const agreed = agrees(cell);
  if (agreed === null) return EXIT.UNDECIDED;
  return agreed ? EXIT.OK : EXIT.VIOLATION;
}
