/**
 * PostgreSQL on a server. A connection that breaks is made again for as long as the caller cares to wait: a server
 * that is restarted costs time and nothing else. What is said of failures never names the address or the password.
 */
import pg from "pg";
import { AGAIN, codeOf, PASSING, problem } from "./server-errors.js";
import { inTransaction, sqlOf } from "./server-sql.js";
import { type Database, StoreProblem } from "./sql.js";

const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
const RETRY_MS = 1_000;
const INT8 = 20;

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
