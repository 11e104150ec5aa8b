/**
 * Findings of campaigns where files are asked for: `campaign:NAME` is the scenarios of all that it has found.
 */
import type { CampaignFinding } from "../../campaign/status.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { variantName } from "../../kernel/versions/variant.js";
import { faulty } from "../exit.js";
import type { Session } from "../terminal/terminal.js";
import { campaignName, type StoreOptions, withCampaign } from "./campaign-store.js";
import { type LoadedScenario, parseFile } from "./files.js";

const PREFIX = "campaign:";

export function isCampaign(word: string): boolean {
  return word.startsWith(PREFIX);
}

async function findingsIn(session: Session, options: StoreOptions, word: string): Promise<CampaignFinding[]> {
  const name = campaignName([word.slice(PREFIX.length)], "findings");
  return await withCampaign(session, options, name, async (db, campaign) => {
    const { findingsOf } = await import("../../campaign/status.js");
    return await findingsOf(db, campaign);
  });
}

/** The scenarios of a campaign's findings, with the verdicts that they were found with. */
export async function scenariosOf(
  session: Session,
  options: StoreOptions,
  word: string,
): Promise<LoadedScenario[]> {
  return (await findingsIn(session, options, word)).flatMap(({ kernel, program, firstCase, scenario }) => {
    if (scenario === null) return [];
    const file = `${word}/${kernel}-${program === null ? "" : `${program}-`}${firstCase}.yaml`;
    const read = parseFile(file, scenario);
    if (!("scenario" in read)) throw faulty(read.diagnostics);
    return [{ file, scenario: read.scenario }];
  });
}

/** The kinds that a campaign has found on the kernel, each with the word that names the campaign. */
export async function kindsOfCampaign(
  session: Session,
  options: StoreOptions,
  word: string,
  variant: KernelVariant,
): Promise<Map<string, string>> {
  const findings = await findingsIn(session, options, word);
  const name = variantName(variant);
  return new Map(
    findings
      .filter(({ kernel, known }) => kernel === name || known !== null)
      .map(({ kind, known }) => [kind, known === null ? word : `${word}, ${known}`]),
  );
}
