/**
 * Every necessary toggle removed from `cured`, and the harmful one added, over seeds 1 to 20, 60 s each at most. Where
 * another stands in for one, both are removed, and a case counts that is clean without that other alone.
 */

import { oracleMask } from "../../explore/finding/finding.js";
import { type CaseOptions, runCase } from "../../fuzz/case.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { UNNEEDED } from "../../kernel/versions/toggles.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { medianOf } from "../bench/sampling.js";

const SEEDS = 20;
const LIMIT_SECONDS = 60;
/** Runs of a program that are clean before it counts as clean. */
const CLEAN_RUNS = 1200;

/** Whether the case fails, and does not without the `others` alone. */
function isShown(options: CaseOptions, n: number, others: KernelVariant["without"]): boolean {
  if (runCase(options, n).choices === undefined) return false;
  const variant = { base: "cured", with: [], without: others };
  return (
    others.length === 0 || runCase({ ...options, variant, schedules: CLEAN_RUNS }, n).choices === undefined
  );
}

export function mutants(): boolean {
  let ok = true;
  for (const fix of FIXES) {
    if (fix.kind === "behaviour") continue;
    const unneeded = UNNEEDED[fix.name];
    if (unneeded !== undefined && unneeded.and === undefined) {
      console.log(`without ${fix.name}: not tried. ${unneeded.why}`);
      continue;
    }
    const how = fix.kind === "defect" ? "with" : "without";
    const others = unneeded?.and === undefined ? [] : [unneeded.and];
    const variant = { base: "cured", with: [], without: others, [how]: [...others, fix.name] };
    const name = [...others, fix.name].join(", ");
    const times: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const start = performance.now();
      const seconds = (): number => (performance.now() - start) / 1000;
      const options = { variant, seed: String(seed), mask: oracleMask(undefined) };
      let n = 0;
      while (seconds() < LIMIT_SECONDS && !isShown(options, n, others)) n++;
      if (seconds() < LIMIT_SECONDS) times.push(seconds());
      // A toggle that nothing shows is not worth twenty minutes.
      if (seed === 3 && times.length === 0) break;
    }
    const slowest =
      times.length > 0
        ? `median ${medianOf(times).toFixed(2)} s, slowest ${Math.max(...times).toFixed(2)} s`
        : "never";
    console.log(`${how} ${name}: ${times.length} of ${SEEDS} seeds, ${slowest}`);
    if (times.length < SEEDS - 1) ok = false;
  }
  return ok;
}
