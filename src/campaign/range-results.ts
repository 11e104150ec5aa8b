/**
 * What comes of a range: what it counted, which is written down once, and the kinds that it met, of which the lowest case of
 * all is the finding.
 */
import type { FindingJob, Range } from "./ranges.js";
import type { Sql } from "./store/sql.js";

/** What a worker found a range to be. */
export interface RangeResult {
  readonly programs: number;
  readonly schedules: number;
  readonly steps: number;
  readonly failures: readonly { readonly n: number; readonly kind: string }[];
  readonly digest: string;
  /** Times that each window was entered, in the order of WINDOWS. */
  readonly windows: readonly number[];
  /** What each strategy showed; see Turns. */
  readonly turns: readonly number[];
  /** Of a scenario whose runs were all to be looked at. */
  readonly explored?: Explored;
  readonly seconds: number;
}

export interface Explored {
  readonly states: number;
  /** False: there are more states than are looked at. */
  readonly isComplete: boolean;
}

/** A finding made small, as it is kept. */
export interface Kept {
  readonly token: string | undefined;
  readonly scenario: string;
  readonly curedBy: readonly string[];
}

/** Writes the counts of a range down; false when they stand there already. */
export async function enterResult(
  sql: Sql,
  { part, first }: Range,
  worker: number,
  result: RangeResult,
): Promise<boolean> {
  const { programs, schedules, steps, failures, digest, seconds, windows, turns, explored } = result;
  const rows = await sql.query(
    `insert into stalemap.done (part, first, programs, schedules, steps, failures, digest, worker, seconds,
       windows, turns, explored)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning first`,
    [
      ...[part, first, programs, schedules, steps, failures.length, digest, worker, seconds],
      ...[windows, turns, explored ?? null].map((one) => JSON.stringify(one)),
    ],
  );
  return rows.length > 0;
}

/**
 * Counts failing cases by kind; of each the lowest case is the one that is kept, whoever comes first. Gives the kinds that
 * are new, and what is to be made small.
 */
export async function enterFindings(
  sql: Sql,
  part: number,
  worker: number,
  failures: RangeResult["failures"],
): Promise<{ readonly fresh: readonly string[]; readonly jobs: readonly FindingJob[] }> {
  const fresh: string[] = [];
  const jobs: FindingJob[] = [];
  for (const [kind, cases] of byKind(failures)) {
    const n = Math.min(...cases);
    const [row] = await sql.query<{ id: number; isNew: boolean; isLower: boolean }>(
      `with before as (select first_case from stalemap.finding where part = $1 and kind = $2)
       insert into stalemap.finding as f (part, kind, cases, first_case, found_by) values ($1, $2, $3, $4, $5)
       on conflict (part, kind) do update set cases = f.cases + excluded.cases, last_seen = now(),
         first_case = least(f.first_case, excluded.first_case)
       returning id, (select first_case from before) is null as "isNew",
         (select first_case from before) > $4 as "isLower"`,
      [part, kind, cases.length, n, worker],
    );
    if (row === undefined) continue;
    if (row.isNew) fresh.push(kind);
    if (row.isNew || row.isLower) jobs.push({ finding: row.id, part, n, kind });
  }
  return { fresh, jobs };
}

function byKind(failures: RangeResult["failures"]): Map<string, number[]> {
  const kinds = new Map<string, number[]>();
  for (const { kind, n } of failures) kinds.set(kind, [...(kinds.get(kind) ?? []), n]);
  return kinds;
}
