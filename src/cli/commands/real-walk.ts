/** real walk: random runs forced on kernels under QEMU, each beside the model of the kernel. */
import { kernelOf } from "../../kernel/versions/variant.js";
import { answerOf, playInBoots } from "../../real/force/play-all.js";
import { playOnGuest } from "../../real/force/play-guest.js";
import { pointsOf } from "../../real/force/points.js";
import { withCleanup } from "../../real/machine/cleanup.js";
import { qemuProblems } from "../../real/machine/environment.js";
import { workplaceIn } from "../../real/machine/image.js";
import { moduleProblems } from "../../real/machine/kernel-headers.js";
import { resolveKernel, versionOf } from "../../real/machine/kernel-package.js";
import { kernelLabel, neededModelFor } from "../../real/machine/running-kernel.js";
import { type Guest, type Walked, walk } from "../../real/walk/walk-kernel.js";
import { walkPoints } from "../../real/walk/walked-run.js";
import type { KernelWalk } from "../../report/kernel-walk-text.js";
import { plural } from "../../report/style.js";
import { EXIT, undecided, usage, worst } from "../exit.js";
import { wholeNumber } from "../input/numbers.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";
import { type OF_MACHINE, orUndecided } from "./real-record.js";

/** What only a walk takes. */
export const OF_WALK = {
  shrinks: {
    flags: "--shrinks <n>",
    about: "walk: kinds of disagreement that are shrunk (2)",
    parse: wholeNumber(0, 100),
  },
} as const satisfies OptionTable;

type WalkOptions = OptionsOf<typeof OF_WALK & typeof OF_MACHINE> & {
  readonly seed?: string | undefined;
  readonly runs?: number | undefined;
  readonly json?: boolean | undefined;
};

const RUNS = 200;
const RUNS_PER_BOOT = 250;
const SHRINKS = 2;

export async function walkKernels(
  session: Session,
  options: WalkOptions,
  xs: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "realWalk");
  const { qemu = [] } = options;
  if (xs.length > 1) throw usage(`real walk takes options only, found ${xs[1]}`);
  if (qemu.length === 0)
    throw usage("real walk holds tasks in the middle of the kernel", "say in which guest: --qemu KERNEL");
  const problems = [...qemuProblems(), ...moduleProblems()];
  if (problems.length > 0) throw undecided(problems.join(" "));
  const walks: KernelWalk[] = [];
  try {
    for (const kernel of qemu) {
      const walked = await orUndecided(() => walkOne(session, options, kernel));
      walks.push(walked);
      report.item(walked);
    }
  } finally {
    if (walks.length > 0) report.end(walks);
  }
  return worst(walks.map(statusOf));
}

function walkOne(session: Session, options: WalkOptions, name: string): Promise<KernelWalk> {
  const { seed = "1", runs = RUNS, shrinks = SHRINKS, fsImage } = options;
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope, fsImage);
    const kernel = await resolveKernel(name, place);
    const label = kernelLabel(versionOf(kernel));
    const variant = neededModelFor(label);
    const points = pointsOf(kernelOf(variant));
    const trouble = new Set<string>();
    let boots = 0;
    const guest: Guest = async (some) => {
      const plans = some.map((run, i) => ({ name: `run-${i}`, ...run }));
      const played = await playInBoots(plans, (left) => {
        boots++;
        note(session, `${label}: boot ${boots}, ${plural(left.length, "run")}`);
        return playOnGuest(left, { kernel, hooks: points.hooks, place });
      });
      for (const text of played.trouble) trouble.add(text);
      return played.answers.map(answerOf);
    };
    const walked: Walked = await walk({
      ground: { variant, pointAt: walkPoints(points) },
      guest,
      seed,
      runs,
      perBoot: RUNS_PER_BOOT,
      shrinks,
    });
    return { kernel: label, model: variant.base, seed, walked, trouble: [...trouble] };
  });
}

function statusOf({ walked, trouble }: KernelWalk): number {
  if (trouble.length > 0) return EXIT.INTERNAL;
  if (walked.disagreements.length > 0) return EXIT.VIOLATION;
  return walked.problems.length > 0 || walked.runs === 0 ? EXIT.UNDECIDED : EXIT.OK;
}
