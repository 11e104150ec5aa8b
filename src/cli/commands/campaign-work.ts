/**
 * campaign work: takes a share of a campaign until it is done, a time is over or a signal comes.
 */
import { hostname } from "node:os";
import type { Kept } from "../../campaign/range-results.js";
import type { Campaign, Part } from "../../campaign/ranges.js";
import type { WorkNews } from "../../campaign/work.js";
import { caseSeedText } from "../../fuzz/case.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { grouped, plural } from "../../report/style.js";
import type { Scenario } from "../../scenario/types.js";
import type { ShrinkResult } from "../../tasks/shrink-finding.js";
import { Pool } from "../../workers/pool.js";
import { EXIT, faulty, undecided } from "../exit.js";
import { flagsOf } from "../input/again.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignName, storeFlags, withCampaign } from "../input/campaign-store.js";
import { parseFile } from "../input/files.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";
import { present } from "./present-finding.js";

export async function workOn(
  session: Session,
  options: CampaignOptions,
  words: readonly string[],
): Promise<number> {
  const name = campaignName(words, "work");
  const report = openReport(session, options, "campaign");
  const deadline = performance.now() + (options.time ?? Number.POSITIVE_INFINITY) * 1000;
  const pool = new Pool(options.jobs ?? 1);
  const progress = startProgress(session);
  let found: readonly string[] = [];
  try {
    return await withCampaign(session, options, name, async (db, campaign) => {
      const { work } = await import("../../campaign/work.js");
      const { statusOf } = await import("../../campaign/status.js");
      const isWhole = await work(db, campaign, {
        host: hostname(),
        pid: process.pid,
        version: `model ${MODEL}`,
        pool,
        stop: () => session.interrupt.signal !== undefined || performance.now() >= deadline,
        keep,
        read,
        told: (news) => {
          progress.update(() => line(name, news));
          for (const kind of news.found.slice(found.length)) {
            progress.stop();
            note(session, `found: ${kind}`);
          }
          found = news.found;
        },
      });
      progress.stop();
      const status = await statusOf(db, campaign);
      report.end(status);
      const flags = flagsOf(storeFlags(options));
      if (!isWhole) suggest(session, [["campaign", "work", name, ...flags], "goes on"]);
      if (status.findings.length > 0)
        suggest(session, [["campaign", "findings", name, ...flags], "shows what was found"]);
      if (status.disagreements.length > 0)
        throw undecided(
          "two workers did not find the same",
          "see above which; trust neither until you know why",
        );
      if (status.findings.some(({ known }) => known === null)) return EXIT.VIOLATION;
      return status.parts.some(({ done }) => done > 0) ? EXIT.OK : EXIT.UNDECIDED;
    });
  } finally {
    progress.stop();
    await pool.close();
  }
}

function line(name: string, { ranges, programs, schedules, waitingFor }: WorkNews): string {
  const waiting = waitingFor > 0 ? `; waiting for ${plural(waitingFor, "range")} of other workers` : "";
  return `${name}: ${plural(ranges, "range")}, ${plural(programs, "program")}, ${grouped(schedules)} schedules${waiting}`;
}

/** A scenario of the campaign, which stalemap has written. */
function read(text: string): Scenario {
  const read = parseFile("scenario.yaml", text);
  if ("diagnostics" in read) throw faulty(read.diagnostics);
  return read.scenario;
}

function keep(shrunk: ShrinkResult, { seed }: Campaign, { scenario: of }: Part, n: number): Kept {
  let scenario = "";
  // A case seed names a random program.
  const caseSeed = of === null ? caseSeedText({ variant: shrunk.run.variant, seed, mask: 0 }, n) : undefined;
  const { token } = present(shrunk, caseSeed === undefined ? {} : { caseSeed }, {
    put: (text) => {
      scenario = text;
      return undefined;
    },
  });
  return { token, scenario, curedBy: shrunk.curedBy };
}
