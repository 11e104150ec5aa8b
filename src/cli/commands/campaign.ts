/**
 * campaign: work that is too much for a sitting or for a machine. What is to be done, done and found stands in a
 * store, and any number of workers take their share of it.
 */
import { quoted } from "../../scenario/yaml/diagnostic.js";
import type { CommandSpec } from "../command.js";
import { didYouMean, usage } from "../exit.js";
import { CAMPAIGN_OPTIONS, type CampaignOptions } from "../input/campaign-options.js";
import { oneOf } from "../input/numbers.js";
import type { Session } from "../terminal/terminal.js";
import { exportFindings, findings, known } from "./campaign-kinds.js";
import { status } from "./campaign-look.js";
import { recheck } from "./campaign-recheck.js";
import { start } from "./campaign-start.js";
import { workOn } from "./campaign-work.js";

/** What can be done with a campaign. */
const VERBS: {
  readonly [verb: string]: (
    session: Session,
    options: CampaignOptions,
    words: readonly string[],
  ) => Promise<number>;
} = { start, work: workOn, status, findings, export: exportFindings, known, recheck };

export const campaignCommand: CommandSpec = {
  options: [
    "kernels",
    "seed",
    "time",
    "strategy",
    "depth",
    "realizable",
    "jobs",
    "judging",
    CAMPAIGN_OPTIONS,
  ],
  reports: ["campaign", "campaignFindings", "campaignRecheck"],
  run: async (session: Session, options: CampaignOptions, [verb = "", ...words]: readonly string[]) => {
    const does = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (does === undefined) {
      oneOf(Object.keys(VERBS))(verb, "campaign");
      throw usage(`campaign: no ${quoted(verb)}`, didYouMean(verb, Object.keys(VERBS)));
    }
    return await does(session, options, words);
  },
};
