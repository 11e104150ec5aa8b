/**
 * How far a campaign is, and what it has found: one look at the store.
 */
import { type CampaignFinding, findingsOf } from "./kept-kinds.js";
import { type PartStatus, partStatus } from "./part-status.js";

import type { Campaign } from "./ranges.js";
import type { Database, Sql } from "./store/sql.js";

export interface CampaignStatus {
  readonly name: string;
  readonly model: number;
  readonly seed: string;
  readonly parts: readonly PartStatus[];
  readonly workers: readonly WorkerStatus[];
  readonly findings: readonly CampaignFinding[];
  /** Ranges that two workers did not find the same. */
  readonly disagreements: readonly Disagreement[];
}

export interface WorkerStatus {
  readonly id: number;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly ranges: number;
  readonly programs: number;
  /** Seconds since it was last heard of. */
  readonly silent: number;
}

export interface Disagreement {
  readonly kernel: string;
  readonly first: number;
  readonly programs: number;
  readonly workers: readonly [string, string];
  readonly digests: readonly [string, string];
}

export async function statusOf(db: Database, campaign: Campaign): Promise<CampaignStatus> {
  const { name, model, seed } = campaign;
  const parts = await partStatus(db, campaign);
  const workers = await workerStatus(db, campaign);
  const findings = await findingsOf(db, campaign);
  return { name, model, seed, parts, workers, findings, disagreements: await disagreementsOf(db, campaign) };
}

async function workerStatus(db: Sql, { id }: Campaign): Promise<WorkerStatus[]> {
  return await db.query<WorkerStatus>(
    `select w.id, w.host, w.pid, w.version, count(d.first)::int as ranges,
       coalesce(sum(d.programs), 0)::float8 as programs,
       extract(epoch from now() - w.seen)::float8 as silent
     from stalemap.worker w left join stalemap.done d on d.worker = w.id
     where w.campaign = $1 group by w.id order by w.id`,
    [id],
  );
}

async function disagreementsOf(db: Sql, { id }: Campaign): Promise<Disagreement[]> {
  return await db.query<Disagreement>(
    `select p.kernel, d.first, d.programs,
       json_build_array(a.host || ' ' || a.pid, b.host || ' ' || b.pid) as workers,
       json_build_array(d.digest, c.digest) as digests
     from stalemap.done d join stalemap.checked c on c.part = d.part and c.first = d.first and c.digest <> d.digest
     join stalemap.part p on p.id = d.part
     join stalemap.worker a on a.id = d.worker join stalemap.worker b on b.id = c.worker
     where p.campaign = $1 order by p.id, d.first, c.worker`,
    [id],
  );
}
