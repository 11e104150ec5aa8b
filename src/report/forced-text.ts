/**
 * What explore --realizable says: which of the schedules that user space can force loses data, or that none does.
 */
import { variantName } from "../kernel/versions/variant.js";
import type { RunSpec } from "../scenario/token.js";
import { findingText, type ReportedFinding } from "./finding-text.js";
import { grouped, type Palette, PLAIN } from "./style.js";

export interface ExploredForced {
  readonly program: RunSpec;
  readonly reported: ReportedFinding | undefined;
  /** Where nothing was found: schedules that were looked at, and whether those are all. */
  readonly schedules: number;
  readonly isComplete: boolean;
}

export function forcedText(explored: ExploredForced, paint: Palette = PLAIN): string {
  const { program, reported, isComplete } = explored;
  if (reported !== undefined) return findingText(reported, paint);
  const mark = isComplete ? paint.green("ok") : paint.yellow("?");
  return `${mark} ${program.scenario.name} on ${variantName(program.variant)}: ${forcedAnswer(explored)}\n`;
}

/** The answer where nothing was found, in words. */
export function forcedAnswer({ schedules, isComplete }: ExploredForced): string {
  return isComplete
    ? `none of all ${grouped(schedules)} schedules that user space can force loses data`
    : `none of ${grouped(schedules)} schedules loses data, and there are more`;
}
