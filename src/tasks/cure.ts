/**
 * Whether a program still fails on another variant of the kernel, and which toggles towards `cured` make a finding go
 * away.
 */

import { askAll, type Judge } from "../bisect/asking.js";
import { cures } from "../bisect/sufficient.js";
import { type Finding, oracleMask } from "../explore/finding/finding.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { makeSubject } from "../explore/run/subject.js";
import { sampleScenario } from "../explore/sample/sample.js";
import { fixesOf, type KernelVariant } from "../kernel/versions/variant.js";
import type { RunSpec } from "../scenario/token.js";

/** Enough for a shrunk program, whose failure is frequent. */
const CURE_SCHEDULES = 3_000;

/** Replays the run's choices on the variant, then samples its program there. */
export function failsOn(run: RunSpec, variant: KernelVariant, mask: number, schedules: number): boolean {
  const subject = makeSubject(run.scenario, variant);
  subject.engine.run(new ReplayChoices(run.choices));
  if ((subject.engine.verdict.found & mask) !== 0) return true;
  const sample = sampleScenario(subject, { schedules, seed: "variant", mask, stopAtFirst: true });
  return sample.found !== 0;
}

/** A minimal set of toggles that cures the finding; empty when even `cured` shows it. */
export function curesOf(run: RunSpec, finding: Finding): readonly string[] {
  const mask = oracleMask([finding.oracle]);
  const judge: Judge = (variant) => (failsOn(run, variant, mask, CURE_SCHEDULES) ? "mismatch" : "ok");
  return askAll(cures(run.variant, { base: "cured", with: [], without: [] }), judge) ?? [];
}

/** The variant with each of these toggles changed. */
export function withCure(variant: KernelVariant, toggles: readonly string[]): KernelVariant {
  const on = fixesOf(variant);
  const isOn = (name: string) => (on as ReadonlySet<string>).has(name);
  const stays = (name: string) => !toggles.includes(name);
  return {
    base: variant.base,
    with: [...variant.with.filter(stays), ...toggles.filter((name) => !isOn(name))],
    without: [...variant.without.filter(stays), ...toggles.filter(isOn)],
  };
}
