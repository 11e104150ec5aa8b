/**
 * Findings of campaigns where files are asked for: `campaign:NAME` is the scenarios of all that it has found, and
 * `campaign:NAME/FILE` one of them.
 */
import type { CampaignFinding } from "../../campaign/kept-kinds.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { variantName } from "../../kernel/versions/variant.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { faulty, invalid } from "../exit.js";
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
    const { findingsOf } = await import("../../campaign/kept-kinds.js");
    return await findingsOf(db, campaign);
  });
}

/** The scenarios of a campaign's findings, or of the one named, with the verdicts that they were found with. */
export async function scenariosOf(
  session: Session,
  options: StoreOptions,
  word: string,
): Promise<LoadedScenario[]> {
  const [campaign = ""] = word.split("/", 1);
  const findings = await findingsIn(session, options, campaign);
  const all = findings.flatMap(({ kernel, program, firstCase, scenario }) => {
    const file = `${campaign}/${kernel}-${program === null ? "" : `${program}-`}${firstCase}.yaml`;
    return scenario === null || (word !== campaign && word !== file) ? [] : [{ file, text: scenario }];
  });
  if (word !== campaign && all.length === 0)
    throw invalid(
      `${visible(word)}: there is no such finding`,
      `without ${word.slice(campaign.length)} it is all`,
    );
  return all.map(({ file, text }) => {
    const read = parseFile(file, text);
    if (!("scenario" in read)) throw faulty(read.diagnostics);
    return { file, scenario: read.scenario };
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
