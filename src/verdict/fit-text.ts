/**
 * What a kernel's trace has shown of the model, in sentences.
 */
import type { Misfit } from "../explore/fit/fit.js";
import { sightText } from "../explore/fit/matching.js";
import { type KernelVariant, variantName } from "../kernel/versions/variant.js";
import type { Observed } from "../scenario/observed.js";
import type { Fitted } from "../tasks/fit-trace.js";

/** Which event no run gets past, and what one would show there. */
export function misfitText(
  { file }: Observed,
  variant: KernelVariant,
  { event, instead, why }: Misfit,
): string {
  const { line, name, sight } = event;
  if (why !== undefined || sight === undefined)
    return `the lines of ${file} are not of one run: line ${line}, ${name}: ${why}`;
  const other = instead === undefined ? "shows nothing of the kind there" : `shows ${instead} there`;
  return `no run of ${variantName(variant)} gives line ${line} of ${file}, ${name} (${sightText(sight)}): the model ${other}`;
}

/** How the trace fits. */
export function fitText({ lanes }: Observed, { found, right, isComplete, shows }: Fitted): string {
  const events = lanes.reduce((sum, lane) => sum + lane.events.length, 0);
  const fits = `the trace is one of a possible run, all ${events} statements of it`;
  if (found === 0)
    return `${fits}; ${isComplete ? "no run" : `none of the first ${right} runs`} that fits it shows a violation`;
  const where =
    shows === undefined || shows.range[0] >= shows.range[1]
      ? ""
      : `, bytes ${shows.range[0]} to ${shows.range[1]}`;
  const all =
    right === 0 ? "the first run that fits it fails" : `after ${right} that do not, a run that fits it fails`;
  return `${fits}; ${all}: ${shows?.kind ?? "a violation"}${where}`;
}
