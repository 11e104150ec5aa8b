/**
 * What is written down of a campaign, and how: a range's result, its findings and the end of its job are one
 * transaction, and a range that two workers have done counts once.
 */
import type PgBoss from "pg-boss";
import { nextRanges, rangeSize } from "./cut-ranges.js";
import { enterFindings, enterResult, type Kept, type RangeResult } from "./range-results.js";
import { type Campaign, type FindingJob, isChecked, type Part, type Range } from "./ranges.js";
import { openBoss, Queue, type Taken } from "./store/queue.js";
import type { Database } from "./store/sql.js";

/** Ranges that are put into the queue at a time. */
const AHEAD = 500;
/** Before a worker is asked again for a range that it has done itself. */
const OTHERS_FIRST_SECONDS = 5;

/** The work of one campaign as a worker sees it. */
export class Ledger {
  readonly #db: Database;
  readonly #boss: PgBoss;
  readonly #campaign: Campaign;
  readonly #ranges: Queue<Range>;
  readonly #findings: Queue<FindingJob>;

  private constructor(
    db: Database,
    boss: PgBoss,
    campaign: Campaign,
    ranges: Queue<Range>,
    findings: Queue<FindingJob>,
  ) {
    this.#db = db;
    this.#boss = boss;
    this.#campaign = campaign;
    this.#ranges = ranges;
    this.#findings = findings;
  }

  static async open(db: Database, campaign: Campaign): Promise<Ledger> {
    const boss = await openBoss(db);
    const ranges = await Queue.open<Range>(boss, `ranges-${campaign.id}`);
    const findings = await Queue.open<FindingJob>(boss, `findings-${campaign.id}`);
    // What is under way in a store of one process was left by one that is no more.
    if (!db.isShared) for (const queue of [ranges, findings]) await queue.giveAllBack(db);
    return new Ledger(db, boss, campaign, ranges, findings);
  }

  /** Enters a worker; gives its number. */
  async enter(host: string, pid: number, version: string): Promise<number> {
    const [made] = await this.#db.query<{ id: number }>(
      "insert into stalemap.worker (campaign, host, pid, version) values ($1, $2, $3, $4) returning id",
      [this.#campaign.id, host, pid, version],
    );
    return made?.id ?? 0;
  }

  /** Gives the jobs of workers that are silent to others. */
  async reap(): Promise<void> {
    await this.#boss.expire();
  }

  async takeFinding(): Promise<Taken<FindingJob> | undefined> {
    return await this.#findings.take();
  }

  /** A range to do, out of those that wait or that nobody has been given yet; undefined when there is none now. */
  async takeRange(worker: number): Promise<Taken<Range> | undefined> {
    for (;;) {
      const taken =
        (await this.#ranges.take()) ?? ((await this.#feed()) ? await this.#ranges.take() : undefined);
      if (taken === undefined) return undefined;
      const { doneBy } = taken.data;
      if (doneBy !== worker || !(await this.#hasOthers(worker))) return taken;
      await this.#ranges.giveBack(this.#db, taken.id, OTHERS_FIRST_SECONDS);
    }
  }

  /** Puts more ranges into the queue; false when all are given out. */
  async #feed(): Promise<boolean> {
    return await this.#db.transaction(async (sql) => {
      const [part] = await sql.query<Pick<Part, "id" | "programs" | "queued">>(
        `select id, programs, queued from stalemap.part where campaign = $1 and queued < programs
         order by queued::float8 / programs, id limit 1 for update`,
        [this.#campaign.id],
      );
      if (part === undefined) return false;
      // Another worker may have been quicker.
      if ((await this.#ranges.count(sql)).waiting > 0) return true;
      const [last] = await sql.query<{ programs: number; seconds: number; workers: number }>(
        `select coalesce(sum(programs), 0)::float8 as programs, coalesce(sum(seconds), 0)::float8 as seconds,
           (select count(*)::int from stalemap.worker where campaign = $2 and seen > now() - interval '1 minute') as workers
         from (select programs, seconds from stalemap.done where part = $1 order by at desc limit 10) as last`,
        [part.id, this.#campaign.id],
      );
      const size =
        this.#campaign.options.range ?? rangeSize(last?.programs ?? 0, last?.seconds ?? 0, last?.workers);
      // Before anything is known of the speed, few are cut.
      const ranges = nextRanges(part, size, (last?.programs ?? 0) > 0 ? AHEAD : 4);
      await this.#ranges.put(sql, ranges);
      const queued = ranges.reduce((sum, { count }) => sum + count, part.queued);
      await sql.query("update stalemap.part set queued = $2 where id = $1", [part.id, queued]);
      return true;
    });
  }

  async #hasOthers(worker: number): Promise<boolean> {
    const rows = await this.#db.query(
      `select id from stalemap.worker where campaign = $1 and id <> $2 and seen > now() - interval '1 minute' limit 1`,
      [this.#campaign.id, worker],
    );
    return rows.length > 0;
  }

  /** The job is alive, and so is the worker. */
  async beat(worker: number, job?: { readonly id: string; readonly of: "range" | "finding" }): Promise<void> {
    await this.#db.query("update stalemap.worker set seen = now() where id = $1", [worker]);
    if (job !== undefined) await this.#queueOf(job.of).beat(this.#db, job.id);
  }

  async giveBack(job: { readonly id: string; readonly of: "range" | "finding" }): Promise<void> {
    await this.#queueOf(job.of).giveBack(this.#db, job.id);
  }

  #queueOf(of: "range" | "finding"): Queue<never> {
    return (of === "range" ? this.#ranges : this.#findings) as unknown as Queue<never>;
  }

  /** Writes down what came of a range, once. Gives the kinds that are new. */
  async commitRange(job: Taken<Range>, worker: number, result: RangeResult): Promise<readonly string[]> {
    const { part, first } = job.data;
    return await this.#db.transaction(async (sql) => {
      await this.#ranges.end(sql, job.id);
      const isFirst = job.data.doneBy === undefined && (await enterResult(sql, job.data, worker, result));
      if (!isFirst) {
        await sql.query(
          `insert into stalemap.checked (part, first, digest, worker) values ($1, $2, $3, $4)
           on conflict do nothing`,
          [part, first, result.digest, worker],
        );
        return [];
      }
      if (isChecked(job.data, this.#campaign.checkShare))
        await this.#ranges.put(sql, [{ ...job.data, doneBy: worker }]);
      const { fresh, jobs } = await enterFindings(sql, part, worker, result.failures);
      if (jobs.length > 0) await this.#findings.put(sql, jobs);
      return fresh;
    });
  }

  /** Keeps a finding, unless one of a lower case has taken its place. */
  async commitFinding(job: Taken<FindingJob>, kept: Kept | { readonly problem: string }): Promise<void> {
    const { finding, n } = job.data;
    const { token, scenario, curedBy, problem } = {
      token: undefined,
      scenario: undefined,
      curedBy: undefined,
      problem: undefined,
      ...kept,
    };
    await this.#db.transaction(async (sql) => {
      if (!(await this.#findings.end(sql, job.id))) return;
      await sql.query(
        `update stalemap.finding set token = $3, scenario = $4, cured_by = $5, problem = $6
         where id = $1 and first_case = $2`,
        [
          finding,
          n,
          token ?? null,
          scenario ?? null,
          curedBy === undefined ? null : JSON.stringify(curedBy),
          problem ?? null,
        ],
      );
    });
  }

  /** Jobs of all kinds that are left. */
  async left(): Promise<{ waiting: number; active: number; unqueued: number }> {
    const ranges = await this.#ranges.count(this.#db);
    const findings = await this.#findings.count(this.#db);
    const [row] = await this.#db.query<{ n: number }>(
      "select coalesce(sum(programs - queued), 0)::float8 as n from stalemap.part where campaign = $1",
      [this.#campaign.id],
    );
    return {
      waiting: ranges.waiting + findings.waiting,
      active: ranges.active + findings.active,
      unqueued: row?.n ?? 0,
    };
  }
}
