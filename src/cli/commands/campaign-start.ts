/**
 * campaign start: writes down which cases of which kernels are to be done.
 */
import { randomInt } from "node:crypto";
import { split } from "../../campaign/ranges.js";
import { variantName } from "../../kernel/versions/variant.js";
import { plural } from "../../report/style.js";
import { EXIT, usage } from "../exit.js";
import { flagsOf } from "../input/again.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignName, storeFlags, withStore } from "../input/campaign-store.js";
import { chosenKernels } from "../input/kernels.js";
import { caseOptionsOf } from "../input/run-input.js";
import { note, type Session, suggest } from "../terminal/terminal.js";

/** Percent of the ranges that two workers do. */
const TWICE = 1;

export async function start(
  session: Session,
  options: CampaignOptions,
  words: readonly string[],
): Promise<number> {
  const name = campaignName(words, "start");
  const { programs, range, twice = TWICE } = options;
  const variants = chosenKernels(options) ?? [];
  const names = variants.map(variantName);
  if (variants.length === 0) throw usage("campaign start: no kernel", "name them: --kernel 6.18,cured");
  if (new Set(names).size < names.length)
    throw usage("campaign start: a kernel is named twice", "name it once");
  if (programs === undefined)
    throw usage("campaign start: no number of programs", "for example --programs 1e6");
  const weights = options.weights ?? variants.map(() => 1);
  if (weights.length !== variants.length)
    throw usage(
      `--weights: ${plural(weights.length, "weight")} for ${plural(variants.length, "kernel")}`,
      "give each kernel one",
    );
  const seed = options.seed ?? String(randomInt(1, 1_000_000_000));
  const shares = split(programs, weights);
  const parts = variants.map((variant, i) => ({ variant, programs: shares[i] ?? 0 }));
  const [first] = variants;
  if (first === undefined) return EXIT.USAGE;
  const { variant: _, seed: __, ...common } = caseOptionsOf(options, first, seed);
  await withStore(session, options, async (db) => {
    const { createCampaign } = await import("../../campaign/records.js");
    await createCampaign(db, {
      name,
      seed,
      options: { ...common, ...(range === undefined ? {} : { range }) },
      checkShare: twice / 100,
      parts,
    });
  });
  note(session, `campaign ${name}, seed ${seed}: ${plural(programs, "program")} on ${names.join(", ")}`);
  suggest(session, [
    ["campaign", "work", name, ...flagsOf(storeFlags(options))],
    "does them, on as many machines as you like",
  ]);
  return EXIT.OK;
}
