/**
 * campaign recheck: the programs of all findings again, on the kernels that are named.
 */
import type { CampaignFinding } from "../../campaign/kept-kinds.js";
import { outcomeOf, type Rechecked } from "../../campaign/recheck.js";
import { oracleMask } from "../../explore/finding/finding.js";
import { oraclesIn } from "../../kernel/oracle-table.js";
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { DEFAULT_SCHEDULES, judge } from "../../verdict/judge-scenario.js";
import { drive, Pool } from "../../workers/pool.js";
import { EXIT, usage } from "../exit.js";
import type { CampaignOptions } from "../input/campaign-options.js";
import { campaignName, withCampaign } from "../input/campaign-store.js";
import { parseFile } from "../input/files.js";
import { chosenKernels } from "../input/kernels.js";
import { canExhaust } from "../input/options.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";

export async function recheck(
  session: Session,
  options: CampaignOptions,
  words: readonly string[],
): Promise<number> {
  const name = campaignName(words, "recheck");
  const variants = chosenKernels(options) ?? [];
  if (variants.length === 0) throw usage("campaign recheck: no kernel", "for example --kernel 6.18");
  const report = openReport(session, options, "campaignRecheck");
  const findings = await withCampaign(session, options, name, async (db, campaign) => {
    const { findingsOf } = await import("../../campaign/kept-kinds.js");
    return (await findingsOf(db, campaign)).filter(({ scenario }) => scenario !== null);
  });
  const pool = new Pool(options.jobs ?? 1);
  const progress = startProgress(session);
  const all: Rechecked[] = [];
  try {
    for (const found of findings)
      for (const on of variants) {
        if (session.interrupt.signal !== undefined) break;
        progress.update(() => `${all.length} of ${findings.length * variants.length} rechecked`);
        const one = await rechecked(session, pool, options, found, on);
        all.push(one);
        progress.stop();
        report.item(one);
      }
    report.end(all);
  } finally {
    progress.stop();
    await pool.close();
  }
  if (all.some(({ outcome }) => outcome === "still there" || outcome === "changed")) return EXIT.VIOLATION;
  const isWhole = all.length > 0 && all.every(({ outcome }) => outcome === "fixed");
  return isWhole ? EXIT.OK : EXIT.UNDECIDED;
}

async function rechecked(
  session: Session,
  pool: Pool,
  options: CampaignOptions,
  { kernel, program, kind, firstCase, scenario: text }: CampaignFinding,
  on: KernelVariant,
): Promise<Rechecked> {
  const about = { kernel, program, kind, firstCase, on };
  const read = parseFile("finding.yaml", text ?? "");
  if (!("scenario" in read))
    return { ...about, outcome: "undecided", now: read.diagnostics.map(({ message }) => message) };
  const { schedule: _, ...scenario } = read.scenario;
  const subject = { scenario, variant: on };
  const work = judge({
    subject,
    seed: `${scenario.name}:${firstCase}`,
    schedules: options.runs ?? DEFAULT_SCHEDULES,
    exhaustive: canExhaust(subject, options),
    oracles: options.oracle ?? oraclesIn(oracleMask(scenario.oracles)),
  });
  const { verdict, kinds, problem, limits } = await drive(
    pool,
    work,
    () => session.interrupt.signal !== undefined,
  );
  const outcome = outcomeOf(kind, verdict, kinds);
  const why = outcome === "undecided" ? [problem ?? limits[0] ?? "stopped before the end"] : kinds;
  return { ...about, outcome, now: outcome === "still there" ? [] : why };
}
