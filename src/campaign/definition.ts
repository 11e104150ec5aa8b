/**
 * Campaigns as they were started: what they are called, and which cases they are made of.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import { variantName } from "../kernel/versions/variant.js";
import { printScenario } from "../scenario/language/print.js";
import type { Scenario } from "../scenario/types.js";
import type { Campaign, Cases, Part } from "./ranges.js";
import { type Database, type Sql, StoreProblem } from "./store/sql.js";

export interface NewCampaign extends Omit<Campaign, "id" | "model"> {
  readonly parts: readonly (Cases & { readonly programs: number })[];
}

/** Writes a new campaign down. Throws StoreProblem when the name is taken. */
export async function createCampaign(db: Database, campaign: NewCampaign): Promise<void> {
  const { name, seed, options, checkShare, parts } = campaign;
  await db.transaction(async (sql) => {
    const [made] = await sql.query<{ id: number }>(
      `insert into stalemap.campaign (name, model, seed, options, check_share)
       values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning id`,
      [name, MODEL, seed, JSON.stringify(options), checkShare],
    );
    if (made === undefined)
      throw new StoreProblem(
        `there is a campaign ${name} already`,
        `choose another name, or go on with it: campaign work ${name}`,
      );
    for (const { variant, programs, scenario, explores } of parts)
      await sql.query(
        `insert into stalemap.part (campaign, kernel, variant, programs, program, scenario, explores)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[made.id, variantName(variant), JSON.stringify(variant), programs],
          ...[scenario?.name ?? null, scenario === null ? null : printScenario(scenario), explores],
        ],
      );
  });
}

/** The campaign of that name. Throws StoreProblem when there is none. */
export async function campaignNamed(db: Database, name: string): Promise<Campaign> {
  const [found] = await db.query<Campaign>(
    `select id, name, model, seed, options, check_share as "checkShare" from stalemap.campaign where name = $1`,
    [name],
  );
  if (found !== undefined) return found;
  const others = await db.query<{ name: string }>("select name from stalemap.campaign order by name");
  const there =
    others.length === 0 ? "there is none yet" : `there are ${others.map((c) => c.name).join(", ")}`;
  throw new StoreProblem(`no campaign ${name} in ${db.name}; ${there}`, "campaign start makes one");
}

/** What it is made of; `read` makes a scenario of a file's text. */
export async function partsOf(db: Sql, { id }: Campaign, read: (text: string) => Scenario): Promise<Part[]> {
  const rows = await db.query<Omit<Part, "scenario"> & { readonly scenario: string | null }>(
    `select id, variant, programs, queued, scenario, explores from stalemap.part
     where campaign = $1 order by id`,
    [id],
  );
  return rows.map((row) => ({ ...row, scenario: row.scenario === null ? null : read(row.scenario) }));
}
