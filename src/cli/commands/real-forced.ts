/** real --forced: a run of the model, made step by step on a kernel under QEMU by a module that holds its tasks. */
import { Oracle } from "../../kernel/oracle-table.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { variantName } from "../../kernel/versions/variant.js";
import { type Candidate, type ChosenRun, chooseRun, searchRun } from "../../real/force/choose-run.js";
import { type ForcedBoot, forceRuns } from "../../real/force/force-run.js";
import { playOnGuest } from "../../real/force/play-guest.js";
import { loadProblems, playHere } from "../../real/force/play-here.js";
import { withCleanup } from "../../real/machine/cleanup.js";
import { nativeProblems, qemuProblems } from "../../real/machine/environment.js";
import { workplaceIn } from "../../real/machine/image.js";
import { moduleProblems } from "../../real/machine/kernel-headers.js";
import { resolveKernel, versionOf } from "../../real/machine/kernel-package.js";
import { kernelLabel, neededModelFor, runningKernel } from "../../real/machine/running-kernel.js";
import { type ForcedReport, verdictOf } from "../../report/forced-outcome.js";
import { commandLine } from "../../report/shell-words.js";
import { kernelsOf } from "../../verdict/expectation.js";
import { EXIT, undecided, usage, worst } from "../exit.js";
import type { CommonOptions } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";
import { orUndecided } from "./real-record.js";

interface ForcedOptions extends CommonOptions {
  readonly qemu?: readonly string[];
  readonly repeat?: number;
  readonly block?: number;
  readonly fsImage?: string;
  readonly iKnow?: boolean;
}

const REPEAT = 3;

export async function realForced(session: Session, options: ForcedOptions, x: string): Promise<number> {
  const isHere = options.iKnow === true;
  if (isHere && options.qemu !== undefined)
    throw usage("--i-know is for this machine's own kernel, without --qemu");
  const kernels = isHere ? [undefined] : (options.qemu ?? []);
  if (kernels.length === 0)
    throw undecided(
      "--forced loads a module that holds tasks inside of the kernel: only in a guest that is thrown away",
      `${commandLine(["real", x, "--forced", "--qemu"])} KERNEL makes one; on a machine that may die, --i-know`,
    );
  const problems = [
    ...(isHere ? [...nativeProblems(), ...loadProblems()] : qemuProblems()),
    ...moduleProblems(),
  ];
  if (problems.length > 0) throw undecided(problems.join(" "));
  const { block, qemu: _1, iKnow: _2, repeat = REPEAT, fsImage, ...others } = options;
  const input = readInput(x, others);
  if (block !== undefined && block !== input.run.scenario.file.block)
    throw usage("--block does not go with --forced", "a run is of one block size");
  const report = openReport(session, options, "realForced");
  const told: ForcedReport[] = [];
  for (const kernel of kernels) {
    const one = await onKernel(session, input, options, { kernel, repeat, fsImage });
    told.push(one);
    report.item(one);
  }
  report.end(told);
  return worst(told.map(statusOf));
}

interface Where {
  /** Absent: this machine's own. */
  readonly kernel: string | undefined;
  readonly repeat: number;
  readonly fsImage: string | undefined;
}

async function onKernel(
  session: Session,
  input: Input,
  options: ForcedOptions,
  { kernel: name, repeat, fsImage }: Where,
): Promise<ForcedReport> {
  return orUndecided(() =>
    withCleanup(async (scope) => {
      const place = workplaceIn(scope, fsImage);
      const kernel = name === undefined ? undefined : await resolveKernel(name, place);
      const label = kernel === undefined ? runningKernel() : kernelLabel(versionOf(kernel));
      const model = neededModelFor(label);
      const chosen = chosenFor(session, input, options, model);
      note(
        session,
        `${name === undefined ? "on" : `booting ${name},`} ${label}: ${chosen.run.moves.length} moves`,
      );
      const asked = [{ name: input.run.scenario.name, run: chosen.run }];
      const boot: ForcedBoot = await forceRuns(asked, repeat, (plans, hooks) =>
        kernel === undefined
          ? playHere(plans, hooks, scope, place)
          : playOnGuest(plans, { kernel, hooks, place }),
      );
      const [outcome] = boot.outcomes;
      if (outcome === undefined) throw undecided(`${name ?? label}: nothing was made`);
      const { shownOn, kind } = chosen;
      return {
        ...{ outcome, kind, kernel: label, trouble: boot.trouble },
        ...{ model: variantName(model), shownOn: variantName(shownOn) },
      };
    }),
  );
}

function chosenFor(
  session: Session,
  { run, isPinned, foreign }: Input,
  options: ForcedOptions,
  model: KernelVariant,
): ChosenRun {
  const stopped = () => session.interrupt.signal !== undefined;
  const chosen =
    isPinned && foreign === undefined
      ? chooseRun(run, model)
      : searchRun(run, candidatesOf(run.scenario, model, options, run.variant), model, stopped);
  if ("problem" in chosen) throw undecided(`${run.scenario.name}: ${chosen.problem}`);
  return chosen;
}

/** The kernel that is asked for; else the guest's own model, and then those on which the file says that it fails. */
function candidatesOf(
  scenario: Input["run"]["scenario"],
  model: KernelVariant,
  { kernel, tree }: ForcedOptions,
  given: KernelVariant,
): Candidate[] {
  if (kernel !== undefined || tree !== undefined) return [{ variant: given }];
  const said = [...scenario.expect, ...scenario.variants];
  const known = kernelsOf(scenario).map((variant, i) => ({
    variant,
    expect: said[i]?.expect,
    kind: said[i]?.kind,
  }));
  const own = known.find(({ variant }) => variantName(variant) === variantName(model));
  const failing = known.filter(({ expect }) => expect !== "ok");
  const first = own?.expect === "ok" ? [] : [{ variant: model, kind: own?.kind }];
  return [...first, ...failing.filter(({ variant }) => variantName(variant) !== variantName(model))].map(
    ({ variant, kind }) => ({ variant, kind }),
  );
}

function statusOf({ outcome, trouble }: ForcedReport): number {
  const isForeseen = (outcome.run.found & (1 << Oracle.WARNING)) !== 0;
  if (trouble.some((one) => !isForeseen || !one.startsWith("warning:"))) return EXIT.INTERNAL;
  const verdict = verdictOf(outcome);
  if (outcome.verdicts.includes("lost")) return EXIT.VIOLATION;
  return verdict === "right" ? EXIT.OK : EXIT.UNDECIDED;
}
