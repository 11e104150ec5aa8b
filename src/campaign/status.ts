/**
 * How far a campaign is, and what it has found: one look at the store.
 */
import { type StrategyCounts, turnsByLabel } from "../explore/sample/turns.js";
import { timesByName } from "../kernel/machine/windows.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { Explored } from "./range-results.js";
import { type Campaign, sumOfDigests } from "./ranges.js";
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

export interface PartStatus {
  readonly id: number;
  readonly kernel: string;
  /** The scenario that all cases are of; null: each has a program of its own. */
  readonly program: string | null;
  /** One case is all runs of the scenario. */
  readonly explores: boolean;
  /** What came of that. */
  readonly explored: Explored | null;
  /** Cases to be done in all: programs, or rounds of schedules of the scenario. */
  readonly programs: number;
  readonly done: number;
  readonly ranges: number;
  /** Ranges that a second worker has done. */
  readonly checked: number;
  readonly schedules: number;
  readonly steps: number;
  readonly failures: number;
  /** Seconds of workers. */
  readonly seconds: number;
  /** Of all ranges done; 16 hexadecimal digits. */
  readonly digest: string;
  readonly kinds: number;
  /** Kinds that one case alone has shown. */
  readonly singletons: number;
  /** Times that each window was entered, by its name. */
  readonly windows: Readonly<Record<string, number>>;
  /** What each strategy showed. */
  readonly strategies: Readonly<Record<string, StrategyCounts>>;
  /** So many first cases show one kind, two kinds and so on. */
  readonly growth: readonly number[];
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

async function partStatus(db: Sql, { id, options }: Campaign): Promise<PartStatus[]> {
  const rows = await db.query<PartStatus & { readonly digests: readonly string[] }>(
    `select p.id, p.kernel, p.program, p.explores, p.programs,
       (select e.explored from stalemap.done e where e.part = p.id and p.explores limit 1) as explored,
       coalesce(sum(d.programs), 0)::float8 as done, count(d.first)::int as ranges,
       (select count(distinct (c.part, c.first))::int from stalemap.checked c where c.part = p.id) as checked,
       coalesce(sum(d.schedules), 0)::float8 as schedules, coalesce(sum(d.steps), 0)::float8 as steps,
       coalesce(sum(d.failures), 0)::float8 as failures, coalesce(sum(d.seconds), 0)::float8 as seconds,
       coalesce(json_agg(d.digest) filter (where d.digest is not null), '[]') as digests,
       (select count(*)::int from stalemap.finding f where f.part = p.id) as kinds,
       (select count(*)::int from stalemap.finding f where f.part = p.id and f.cases = 1) as singletons,
       (select coalesce(json_agg(f.first_case + 1 order by f.first_case), '[]')
         from stalemap.finding f where f.part = p.id) as growth
     from stalemap.part p left join stalemap.done d on d.part = p.id
     where p.campaign = $1 group by p.id order by p.id`,
    [id],
  );
  const windows = await summed(db, id, "windows");
  const turns = await summed(db, id, "turns");
  return rows.map(({ digests, ...part }) => ({
    ...part,
    digest: sumOfDigests(digests),
    windows: timesByName(windows.get(part.id) ?? []),
    strategies: part.explores ? {} : turnsByLabel(turns.get(part.id) ?? [], options.strategy, options.depth),
  }));
}

/** The counts of a column of arrays, place by place, over all ranges of each part. */
async function summed(
  db: Sql,
  campaign: number,
  column: "windows" | "turns",
): Promise<Map<number, readonly number[]>> {
  const rows = await db.query<{ part: number; counts: readonly number[] }>(
    `select part, json_agg(n order by place) as counts from (
       select d.part, w.place, sum(w.n::float8) as n from stalemap.done d
       join stalemap.part p on p.id = d.part
       cross join lateral jsonb_array_elements_text(d.${column}) with ordinality as w(n, place)
       where p.campaign = $1 group by d.part, w.place) as sums
     group by part`,
    [campaign],
  );
  return new Map(rows.map(({ part, counts }) => [part, counts]));
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

/** Marks a kind as understood. */
export async function markKnown(db: Database, { id }: Campaign, kind: string, why: string): Promise<void> {
  await db.query(
    `insert into stalemap.known (campaign, kind, why) values ($1, $2, $3)
     on conflict (campaign, kind) do update set why = excluded.why`,
    [id, kind, why],
  );
}
