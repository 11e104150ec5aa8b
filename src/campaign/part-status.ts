/** How far the parts of a campaign are. */
import { type StrategyCounts, turnsByLabel } from "../explore/sample/turns.js";
import { timesByName } from "../kernel/machine/windows.js";
import type { Explored } from "./range-results.js";
import { type Campaign, sumOfDigests } from "./ranges.js";
import type { Sql } from "./store/sql.js";

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

export async function partStatus(db: Sql, { id, options }: Campaign): Promise<PartStatus[]> {
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
