/** campaign findings, export and known: what a campaign has found, to see and to take from it. */
import { join } from "node:path";
import { EXIT, usage } from "../exit.js";
import { flagsOf, operand } from "../input/again.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignName, storeFlags, withCampaign } from "../input/campaign-store.js";
import { checkDirectory } from "../input/output-checks.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { KeptFinding } from "./kept-finding.js";

export const HTML_REMEDY = "choose another file with --html";

export async function findings(
  session: Session,
  options: CampaignOptions,
  words: readonly string[],
): Promise<number> {
  const name = campaignName(words, "findings");
  const report = openReport(session, options, "campaignFindings");
  return await withCampaign(session, options, name, async (db, campaign) => {
    const { findingsOf } = await import("../../campaign/kept-kinds.js");
    const found = await findingsOf(db, campaign);
    report.end(found);
    const flags = flagsOf(storeFlags(options));
    if (found.length > 0)
      suggest(session, [["campaign", "export", name, "DIR", ...flags], "writes them as scenario files"]);
    return EXIT.OK;
  });
}

export async function exportFindings(
  session: Session,
  options: CampaignOptions,
  [campaign = "", folder, ...more]: readonly string[],
): Promise<number> {
  const name = campaignName([campaign, ...more], "export");
  if (folder === undefined)
    throw usage("campaign export: no folder", `for example campaign export ${name} found`);
  const remedy = "choose another folder";
  checkDirectory(folder, remedy);
  return await withCampaign(session, options, name, async (db, its) => {
    const { findingsOf } = await import("../../campaign/kept-kinds.js");
    const all = await findingsOf(db, its);
    let written = 0;
    for (const { kernel, program, firstCase, scenario } of all) {
      if (scenario === null) continue;
      const path = join(folder, `${kernel}-${program ?? name}-${firstCase}`.replace(/[^\w.+-]+/g, "-"));
      const file = new KeptFinding(session, `${path}.yaml`).put(scenario);
      if (file === undefined) return EXIT.INVALID;
      session.terminal.out.write(`${file}\n`);
      written++;
    }
    const waiting = all.length - written;
    if (waiting > 0) note(session, `${waiting} not shrunk yet: campaign work does that`);
    if (written > 0) suggest(session, [["run", operand(folder)], "runs their schedules again"]);
    return EXIT.OK;
  });
}

export async function known(
  session: Session,
  options: CampaignOptions,
  [campaign = "", kind, ...more]: readonly string[],
): Promise<number> {
  const name = campaignName([campaign, ...more], "known");
  if (kind === undefined || options.why === undefined)
    throw usage(
      "campaign known takes a kind, and why",
      `for example campaign known ${name} "KIND" --why "fixed in 6.3"`,
    );
  const { why } = options;
  return await withCampaign(session, options, name, async (db, its) => {
    const { findingsOf, markKnown } = await import("../../campaign/kept-kinds.js");
    await markKnown(db, its, kind, why);
    if (!(await findingsOf(db, its)).some((found) => found.kind === kind))
      note(session, "no finding of the campaign is of that kind yet");
    return EXIT.OK;
  });
}
