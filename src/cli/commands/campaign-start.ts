/**
 * campaign start: writes down which cases of which kernels are to be done.
 */
import { randomInt } from "node:crypto";
import { variantName } from "../../kernel/versions/variant.js";
import { plural } from "../../report/style.js";
import { EXIT } from "../exit.js";
import { flagsOf } from "../input/again.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignKernels, campaignParts } from "../input/campaign-parts.js";
import { campaignName, storeFlags, withStore } from "../input/campaign-store.js";
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
  const { range, twice = TWICE } = options;
  const variants = campaignKernels(options);
  const parts = campaignParts(options, variants);
  const seed = options.seed ?? String(randomInt(1, 1_000_000_000));
  const { variant: _, seed: __, ...common } = caseOptionsOf(options, variants[0], seed);
  await withStore(session, options, async (db) => {
    const { createCampaign } = await import("../../campaign/definition.js");
    await createCampaign(db, {
      name,
      seed,
      options: { ...common, ...(range === undefined ? {} : { range }) },
      checkShare: twice / 100,
      parts,
    });
  });
  const cases = parts.reduce((sum, { programs }) => sum + programs, 0);
  const of = [...new Set(parts.map(({ scenario }) => scenario?.name ?? "random programs"))];
  note(
    session,
    `campaign ${name}, seed ${seed}: ${plural(cases, "case")} of ${of.join(", ")} on ${variants.map(variantName).join(", ")}`,
  );
  suggest(session, [
    ["campaign", "work", name, ...flagsOf(storeFlags(options))],
    "does them, on as many machines as you like",
  ]);
  return EXIT.OK;
}
