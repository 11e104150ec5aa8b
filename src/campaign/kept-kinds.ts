/** What a campaign has found, kind by kind. */
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Campaign } from "./ranges.js";
import type { Database, Sql } from "./store/sql.js";

export interface CampaignFinding {
  readonly id: number;
  readonly kernel: string;
  readonly variant: KernelVariant;
  /** The scenario that it is a run of; null: a random program. */
  readonly program: string | null;
  readonly kind: string;
  readonly cases: number;
  readonly firstCase: number;
  /** ISO 8601. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly token: string | null;
  readonly scenario: string | null;
  readonly curedBy: readonly string[] | null;
  /** Why it is not shrunk. */
  readonly problem: string | null;
  /** Why it is known. */
  readonly known: string | null;
}

/** All findings, in the order of kernels and then of their first cases. */
export async function findingsOf(db: Sql, { id }: Campaign): Promise<CampaignFinding[]> {
  return await db.query<CampaignFinding>(
    `select f.id, p.kernel, p.variant, p.program, f.kind, f.cases, f.first_case as "firstCase",
       to_char(f.first_seen at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "firstSeen",
       to_char(f.last_seen at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastSeen",
       f.token, f.scenario, f.cured_by as "curedBy", f.problem, k.why as known
     from stalemap.finding f join stalemap.part p on p.id = f.part
     left join stalemap.known k on k.campaign = p.campaign and k.kind = f.kind
     where p.campaign = $1 order by p.id, f.first_case, f.kind`,
    [id],
  );
}

/** Marks a kind as understood. */
export async function markKnown(db: Database, { id }: Campaign, kind: string, why: string): Promise<void> {
  await db.query(
    `insert into stalemap.known (campaign, kind, why) values ($1, $2, $3)
     on conflict (campaign, kind) do update set why = excluded.why`,
    [id, kind, why],
  );
}
