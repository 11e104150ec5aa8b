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
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { encodeToken } from "../../scenario/token.js";

const TOKENS = 50;

export function snapshot(): boolean {
  const variants: KernelVariant[] = [
    ...RELEASES.map((r) => ({ base: r.name, with: [], without: [] })),
    ...FIXES.filter((f) => f.kind === "fix").map((f) => ({ base: "cured", with: [], without: [f.name] })),
  ];
  const entries: { token: string; digest: string }[] = [];
  for (let round = 0; entries.length < TOKENS; round++) {
    for (const [i, variant] of variants.entries()) {
      const token = failing(variant, `snapshot-${round * variants.length + i}`);
      if (token !== undefined && entries.length < TOKENS)
        entries.push({ token, digest: digestOfToken(token) });
    }
  }
  const file = `test/data/tokens-${MODEL}.json`;
  writeFileSync(`${file}.tmp`, `${JSON.stringify(entries, null, 1)}\n`);
  renameSync(`${file}.tmp`, file);
  console.log(`${file}: ${entries.length} tokens`);
  return true;
}

/** The first failing run of the seed's cases. */
function failing(variant: KernelVariant, seed: string): string | undefined {
  for (let n = 0; n < 400; n++) {
    const { scenario, choices } = runCase({ variant, seed, mask: oracleMask(undefined) }, n);
    if (choices !== undefined) return encodeToken({ scenario, variant, choices });
  }
  return undefined;
}
