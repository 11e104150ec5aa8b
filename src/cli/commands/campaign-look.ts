/** campaign status: how far a campaign is, once or again and again. */
import { campaignText } from "../../report/campaign-text.js";
import { EXIT, undecided } from "../exit.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignName, withCampaign } from "../input/campaign-store.js";
import { targetOf, writeWhole } from "../input/output-files.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";
import { HTML_REMEDY } from "./campaign-kinds.js";

const WATCH_MS = 2_000;
/** Home, and everything below it. */
const CLEAR = "\x1b[H\x1b[J";

export async function status(
  session: Session,
  options: CampaignOptions,
  words: readonly string[],
): Promise<number> {
  const name = campaignName(words, "status");
  const report = openReport(session, options, "campaign");
  if (options.html !== undefined) targetOf(options.html, HTML_REMEDY);
  return await withCampaign(session, options, name, async (db, campaign) => {
    const { statusOf } = await import("../../campaign/status.js");
    const { out } = session.terminal;
    while (options.watch === true && session.interrupt.signal === undefined) {
      const text = campaignText(await statusOf(db, campaign), out.colours);
      if (out.isTTY) out.control(CLEAR);
      out.write(out.isTTY ? text : `${text}\n`);
      await session.interrupt.race(new Promise((resolve) => setTimeout(resolve, WATCH_MS)));
    }
    const found = await statusOf(db, campaign);
    if (options.html !== undefined) {
      const { campaignHtml } = await import("../../report/campaign-html.js");
      writeWhole(options.html, campaignHtml(found), HTML_REMEDY);
    }
    report.end(found);
    if (found.disagreements.length > 0)
      throw undecided(
        "two workers did not find the same",
        "see above which; trust neither until you know why",
      );
    return EXIT.OK;
  });
}
