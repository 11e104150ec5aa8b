/**
 * Jobs that are waiting or under way: pg-boss, on the store's own connection, so that taking a job off and writing
 * down what came of it is one transaction. A worker says every now and then that its job is alive; one that does not
 * loses it to another.
 */
import PgBoss from "pg-boss";
import type { Database, Sql } from "./sql.js";

const SCHEMA = "stalemap_jobs";
/** A job whose worker has been silent for so long is given to another. */
const EXPIRE_SECONDS = 30;
/** Often enough for any job: a range that kills its workers shows in `campaign status`. */
const RETRIES = 1_000_000;
const DAYS_KEPT = 3_650;

export interface Taken<T> {
  readonly id: string;
  readonly data: T;
}

export class Queue<T extends object> {
  readonly #boss: PgBoss;
  readonly #name: string;

  private constructor(boss: PgBoss, name: string) {
    this.#boss = boss;
    this.#name = name;
  }

  /** The queue of that name, which is made when there is none. */
  static async open<T extends object>(boss: PgBoss, name: string): Promise<Queue<T>> {
    await boss.createQueue(name, {
      name,
      policy: "standard",
      retryLimit: RETRIES,
      expireInSeconds: EXPIRE_SECONDS,
      retentionDays: DAYS_KEPT,
    });
    return new Queue(boss, name);
  }

  async put(sql: Sql, jobs: readonly T[], startAfterSeconds = 0): Promise<void> {
    const startAfter = new Date(Date.now() + 1000 * startAfterSeconds).toISOString();
    const later = startAfterSeconds > 0 ? { startAfter } : {};
    await this.#boss.insert(
      jobs.map((data) => ({ name: this.#name, data, ...later })),
      { db: dbOf(sql) },
    );
  }

  async take(): Promise<Taken<T> | undefined> {
    const [job] = await this.#boss.fetch<T>(this.#name);
    return job;
  }

  /** Takes a job off for good; false when it is no longer the caller's. */
  async end(sql: Sql, id: string): Promise<boolean> {
    const rows = await sql.query(
      `delete from ${SCHEMA}.job where name = $1 and id = $2 and state = 'active' returning id`,
      [this.#name, id],
    );
    return rows.length > 0;
  }

  /** Gives a job back, for whoever comes next. */
  async giveBack(sql: Sql, id: string, afterSeconds = 0): Promise<void> {
    await sql.query(
      `update ${SCHEMA}.job set state = 'retry', start_after = now() + $3 * interval '1 second'
       where name = $1 and id = $2 and state = 'active'`,
      [this.#name, id, afterSeconds],
    );
  }

  /** Gives all jobs back that are under way: for who knows that nobody else is at work. */
  async giveAllBack(sql: Sql): Promise<void> {
    await sql.query(`update ${SCHEMA}.job set state = 'retry' where name = $1 and state = 'active'`, [
      this.#name,
    ]);
  }

  /** Says that the job is alive. */
  async beat(sql: Sql, id: string): Promise<void> {
    await sql.query(
      `update ${SCHEMA}.job set started_on = now() where name = $1 and id = $2 and state = 'active'`,
      [this.#name, id],
    );
  }

  /** How many are waiting, and under way. */
  async count(sql: Sql): Promise<{ waiting: number; active: number }> {
    const rows = await sql.query<{ state: string; n: number }>(
      `select state::text, count(*)::int as n from ${SCHEMA}.job where name = $1 group by state`,
      [this.#name],
    );
    const of = (...states: string[]) =>
      rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
    return { waiting: of("created", "retry"), active: of("active") };
  }
}

/** pg-boss on the store. It is asked for all its work: it has no timers and no connections of its own. */
export async function openBoss(db: Database): Promise<PgBoss> {
  const boss = new PgBoss({ db: dbOf(db), schema: SCHEMA, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  return boss;
}

function dbOf(sql: Sql): PgBoss.Db {
  return {
    executeSql: async (text, values) => ({
      rows:
        values === undefined || values.length === 0 ? await sql.script(text) : await sql.query(text, values),
    }),
  };
}
