/** Queries and transactions on connections of a server. */
import type pg from "pg";
import { codeOf, PASSING } from "./server-errors.js";
import type { Row, Sql } from "./sql.js";

export function sqlOf(client: Pick<pg.ClientBase, "query">): Sql {
  return {
    query: async <R>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, [...values])).rows as R[],
    script: async (text) => {
      const results = (await client.query(text)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
      return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
    },
  };
}

export async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
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
