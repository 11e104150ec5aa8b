/**
 * From what export and real are given to a plan (force/plan.ts), and from a plan to the program for one kernel.
 */

import type { Candidate, Plan } from "../../force/plan.js";
import { type Realized, realize } from "../../force/program-of-moves.js";
import type { RealProgram } from "../../force/real-program.js";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { drawRace } from "../../report/race.js";
import { commandLine } from "../../report/shell-words.js";
import { PLAIN } from "../../report/style.js";
import type { Scenario } from "../../scenario/types.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import type { PlanJob } from "../../tasks/make-plan.js";
import { kernelsOf } from "../../verdict/expectation.js";
import { Pool, unless } from "../../workers/pool.js";
import { tokenOf } from "../commands/present-finding.js";
import { undecided } from "../exit.js";
import type { Session } from "../terminal/terminal.js";
import { givenFlags, operand } from "./again.js";
import { type CommonOptions, OPTION_GROUPS } from "./options.js";
import { type Input, readInput } from "./run-input.js";

/** Reads X and plans it; 125 when there is no schedule to show. `block` changes the file's block size. */
export async function readPlan(
  session: Session,
  x: string,
  options: CommonOptions,
  block?: number,
): Promise<Plan> {
  const { block: _, ...others } = options;
  const input = readInput(x, others);
  if (!input.isPinned && (input.run.scenario.order?.length ?? 0) > 0)
    throw undecided(`${visible(x)} gives an order and no schedule that keeps it`, ordered(x, options));
  const job = planJob(input, options, block);
  const pool = new Pool(1);
  const plan = await unless(pool, job, () => session.interrupt.signal !== undefined).finally(() =>
    pool.close(),
  );
  if (plan === undefined) throw undecided(`${visible(x)}: stopped before there was a schedule`);
  if ("problem" in plan)
    throw undecided(`${visible(x)}: ${plan.problem}`, plan.isDeclined ? undefined : REMEDY());
  return plan;
}

const REMEDY = (): string => `${commandLine(["fuzz", "--realizable"])} finds what user space can force`;
const ordered = (x: string, options: CommonOptions): string =>
  `${commandLine(["explore", operand(x), ...givenFlags(options, OPTION_GROUPS.kernels)])} prints the token of a run that keeps the order: give that`;

function planJob({ run, isPinned }: Input, options: CommonOptions, block?: number): PlanJob {
  const isSame = block === undefined || block === run.scenario.file.block;
  if (isSame && isPinned) return { kind: "plan", run };
  const scenario = isSame ? run.scenario : { ...run.scenario, file: { ...run.scenario.file, block } };
  const chosen = options.kernel !== undefined || options.tree !== undefined || isPinned;
  const candidates = chosen ? [{ variant: run.variant }] : failing(scenario);
  const all = candidates.length > 0 ? candidates : [{ variant: run.variant }];
  return { kind: "plan", run: { ...run, scenario, choices: [] }, candidates: all };
}

/** The kernels on which a file says that it goes wrong. */
function failing(scenario: Scenario): Candidate[] {
  const said = [...scenario.expect, ...scenario.variants];
  return kernelsOf(scenario)
    .map((variant, i) => ({ variant, expect: said[i]?.expect, kind: said[i]?.kind }))
    .filter(({ expect }) => expect !== "ok");
}

/** The program of a plan as a kernel's model makes it; a list of sentences when that model cannot. */
export function programFor(
  plan: Plan,
  variant: KernelVariant,
): Realized | { readonly problems: readonly string[] } {
  const made = realize(plan.run.scenario, variant, plan.moves);
  if ("problems" in made) return made;
  const program: RealProgram = { ...made.program, race: raceOf(plan), token: tokenOf(plan.run) };
  return { ...made, program };
}

function raceOf({ run: { scenario, variant }, finding }: Plan): string[] {
  if (finding === undefined) return ["Nothing is lost in this run on any kernel by the model."];
  const race = drawRace(scenario, finding, PLAIN);
  return [`On ${variantName(variant)}, by the model: ${finding.kind}.`, "", ...race];
}
