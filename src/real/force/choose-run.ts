/** Which run of a program is forced on a kernel: the one that is given, or a shortest one that fails there or elsewhere. */
import { examine, oracleMask } from "../../explore/finding/finding.js";
import { subjectOf } from "../../explore/run/subject.js";
import { exploreScenario } from "../../explore/search/prove.js";
import { ORACLES, Oracle } from "../../kernel/oracle-table.js";
import { isSameKernel, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import type { RunSpec } from "../../scenario/token.js";
import { directionsOf } from "./directed.js";
import { type DirectedRun, legsOf, playLegs } from "./play-directed.js";

/** A kernel on which a run is looked for, and the kind that it is to show there. */
export interface Candidate {
  readonly variant: KernelVariant;
  readonly kind?: string | undefined;
}

export interface ChosenRun {
  readonly run: DirectedRun;
  /** The kernel of the run that was translated, and what it shows there. */
  readonly shownOn: KernelVariant;
  readonly kind: string;
}
export interface NoRun {
  readonly problem: string;
}

/** As much as a short search takes. */
const MEMORY = 256 * 1024 * 1024;

/** The run of these choices, as the kernel `on` is to make it. */
export function chooseRun(run: RunSpec, on: KernelVariant): ChosenRun | NoRun {
  const finding = examine(subjectOf(run), run.choices);
  return translated(run, finding?.kind ?? "nothing", on);
}

/** A shortest failing run on the first candidate that has one. */
export function searchRun(
  base: RunSpec,
  candidates: readonly Candidate[],
  on: KernelVariant,
  shouldStop: () => boolean = () => false,
): ChosenRun | NoRun {
  let declined: string | undefined;
  for (const { variant, kind } of candidates) {
    const { schedule: _1, order: _2, ...scenario } = base.scenario;
    const subject = { scenario, variant };
    const mask = kind === undefined ? undefined : oracleMask([kind.split(":")[0] ?? ""]);
    const limits = { memoryBytes: MEMORY, shouldStop };
    const { finding } = exploreScenario(
      subjectOf(subject),
      mask === undefined ? limits : { ...limits, mask },
    );
    if (finding === undefined) continue;
    const made = translated({ ...subject, choices: finding.choices }, finding.kind, on);
    if (!("problem" in made)) return made;
    declined ??= made.problem;
  }
  const names = candidates.map(({ variant }) => variantName(variant)).join(", ");
  return { problem: declined ?? `no run of it fails on ${names}, within bounds` };
}

function translated(run: RunSpec, kind: string, on: KernelVariant): ChosenRun | NoRun {
  const exposure = ORACLES[Oracle.EXPOSURE];
  if (exposure !== undefined && kind.startsWith(exposure.name))
    return { problem: `${kind} is not forced: ${exposure.declined}` };
  const again = run.scenario.threads.find(({ repeats }) => repeats);
  if (again !== undefined)
    return { problem: `${again.name} repeats, and a player makes each operation once` };
  const directions = directionsOf(run);
  if (directions === undefined) return { problem: "the choices do not apply" };
  const { legs, run: own } = legsOf(run.scenario, run.variant, directions);
  const made = isSameKernel(run.variant, on) ? own : playLegs(run.scenario, on, legs);
  if ((made.found & (1 << Oracle.EXPOSURE)) !== 0)
    return { problem: `it shows on ${variantName(on)} what nobody has initialised: that is not forced` };
  if (made.problems.length > 0) return { problem: [...new Set(made.problems)].join("; ") };
  return { run: made, shownOn: run.variant, kind };
}
