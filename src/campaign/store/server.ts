/**
 * PostgreSQL on a server. A connection that breaks is made again for as long as the caller cares to wait: a server
 * that is restarted costs time and nothing else. What is said of failures never names the address or the password.
 */
import pg from "pg";
import { type Database, type Row, type Sql, StoreProblem } from "./sql.js";

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
const RETRY_MS = 1_000;
const INT8 = 20;

/** Codes of a server that is not there now, or goes away, and may come back. */
const PASSING = /^(57P0[123]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/;
/** A transaction that another one has got in the way of. */
const AGAIN = /^(40001|40P01|55P03)$/;

export interface ServerOptions {
  /** Undefined: as the PG* environment says. */
  readonly url: string | undefined;
  /** Whether to give up on a server that is not there. */
  readonly stop: () => boolean;
  /** Hears of each wait, once per loss of the connection. */
  readonly told: (message: string) => void;
}

/** Connects. Throws StoreProblem when the server refuses, or is not there at the first try. */
export async function openServer({ url, stop, told }: ServerOptions): Promise<Database> {
  const pool = new pg.Pool({
    ...(url === undefined ? {} : { connectionString: url }),
    application_name: "stalemap",
    max: 4,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced when the next one is asked for.
  pool.on("error", () => {});
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw problem(error);
  }
  const lasting = <T>(work: () => Promise<T>) => lastingly(work, stop, told);
  const { query, script } = sqlOf(pool);
  return {
    query: <R>(text: string, values?: readonly unknown[]) => lasting(() => query<R>(text, values)),
    script: (text) => lasting(() => script(text)),
    transaction: (work) => lasting(() => inTransaction(pool, work)),
    close: () => pool.end(),
    name: "the database server",
    isShared: true,
  };
}

const parserOf: pg.CustomTypesConfig["getTypeParser"] = (id, format) =>
  id === INT8 ? Number : pg.types.getTypeParser(id, format);

function sqlOf(client: Pick<pg.ClientBase, "query">): Sql {
  return {
    query: async <R>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, [...values])).rows as R[],
    script: async (text) => {
      const results = (await client.query(text)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
      return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin");
    const result = await work(sqlOf(client));
    await client.query("commit");
    return result;
  } catch (error) {
    broken ??= codeOf(error).match(PASSING) === null ? undefined : (error as Error);
    if (broken === undefined)
      await client.query("rollback").catch((failed) => {
        broken = failed;
      });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** Does the work again after the connection was lost or another transaction was in the way. */
async function lastingly<T>(
  work: () => Promise<T>,
  stop: () => boolean,
  told: (message: string) => void,
): Promise<T> {
  for (let losses = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      const isLost =
        PASSING.test(codeOf(error)) || /Connection terminated|timeout exceeded/.test(String(error));
      if (!isLost && !AGAIN.test(codeOf(error))) throw problem(error);
      if (stop()) throw problem(error);
      if (isLost && losses++ === 0) told("the database server is away; waiting for it");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * Math.random()));
    }
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? "");
}

const REASONS: { readonly [code: string]: string } = {
  ECONNREFUSED: "nobody listens there",
  ENOENT: "there is no such socket",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name of its host cannot be looked up",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to its host",
};

/** What it is about, without where: messages of the server's name objects, those of the system name addresses. */
function problem(error: unknown): StoreProblem {
  const code = codeOf(error);
  const ofSystem = /^E[A-Z_]+$/.test(code) ? (REASONS[code] ?? code) : undefined;
  const text = ofSystem ?? (error instanceof Error ? error.message : String(error));
  return new StoreProblem(
    `the database server cannot be used: ${text}`,
    "see --database, or the PG* environment",
  );
}
