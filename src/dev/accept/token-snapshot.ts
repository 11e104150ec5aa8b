/**
 * Writes the snapshot of tokens that keeps replay compatible within a model version: 50 findings of many kernels with
 * the digest of their traces. Only to be run when the model version is raised.
 */
import { renameSync, writeFileSync } from "node:fs";
import { oracleMask } from "../../explore/finding/finding.js";
import { runCase } from "../../fuzz/case.js";
import { digestOfToken } from "../../fuzz/digest.js";
import { FIXES } from "../../kernel/versions/fixes.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { encodeToken } from "../../scenario/token.js";

const TOKENS = 50;

export function snapshot(): boolean {
  const kernels = RELEASES.map((r) => ({ base: r.name, with: [] as string[], without: [] as string[] }));
  const mutants = FIXES.filter((f) => f.kind === "fix").map((f) => ({
    base: "cured",
    with: [],
    without: [f.name],
  }));
  const variants = [...kernels, ...mutants];
  const entries: { token: string; digest: string }[] = [];
  for (let i = 0; entries.length < TOKENS; i++) {
    const variant = variants[i % variants.length]!;
    for (let n = 0; n < 400; n++) {
      const outcome = runCase({ variant, seed: `snapshot-${i}`, mask: oracleMask(undefined) }, n);
      if (outcome.choices === undefined) continue;
      const token = encodeToken({ scenario: outcome.scenario, variant, choices: outcome.choices });
      entries.push({ token, digest: digestOfToken(token) });
      break;
    }
  }
  const file = `test/data/tokens-${MODEL}.json`;
  writeFileSync(`${file}.tmp`, `${JSON.stringify(entries, null, 1)}\n`);
  renameSync(`${file}.tmp`, file);
  console.log(`${file}: ${entries.length} tokens`);
  return true;
}
