/** Every necessary toggle removed from `cured`, and the harmful one added, over seeds 1 to 20, 60 s each at most. */

import { oracleMask } from "../../explore/finding/finding.js";
import { runCase } from "../../fuzz/case.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { medianOf } from "../bench/sampling.js";

const SEEDS = 20;
const LIMIT_SECONDS = 60;

export function mutants(): boolean {
  let ok = true;
  for (const fix of FIXES) {
    if (fix.kind === "behaviour") continue;
    const how = fix.kind === "defect" ? "with" : "without";
    const variant = { base: "cured", with: [], without: [], [how]: [fix.name] };
    const times: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const start = performance.now();
      const seconds = (): number => (performance.now() - start) / 1000;
      const options = { variant, seed: String(seed), mask: oracleMask(undefined) };
      let n = 0;
      while (seconds() < LIMIT_SECONDS && runCase(options, n).choices === undefined) n++;
      if (seconds() < LIMIT_SECONDS) times.push(seconds());
      // A toggle that nothing shows is not worth twenty minutes.
      if (seed === 3 && times.length === 0) break;
    }
    const slowest =
      times.length > 0
        ? `median ${medianOf(times).toFixed(2)} s, slowest ${Math.max(...times).toFixed(2)} s`
        : "never";
    console.log(`${how} ${fix.name}: ${times.length} of ${SEEDS} seeds, ${slowest}`);
    if (times.length < SEEDS - 1) ok = false;
  }
  return ok;
}
