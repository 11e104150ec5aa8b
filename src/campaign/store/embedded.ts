/**
 * PostgreSQL in this process, its files in a folder: PGlite. One process at a time may have the folder open; a file
 * beside the data names it, and one that a killed process has left does not count.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { isAlive } from "../../workers/is-alive.js";
import { makeDataFolder } from "./new-folder.js";
import { type Database, type Row, type Sql, StoreProblem } from "./sql.js";

type Client = Pick<PGlite, "query" | "exec">;

/** Opens the store in a folder, which is made, of `packed`, when there is none. Throws StoreProblem. */
export async function openEmbedded(folder: string, packed?: string): Promise<Database> {
  let release = () => {};
  try {
    release = lock(folder);
    const data = join(folder, "data");
    makeDataFolder(data, packed);
    const db = await PGlite.create(data, {
      parsers: { [types.INT8]: Number },
      relaxedDurability: false,
    });
    return {
      ...sqlOf(db),
      name: "the embedded store",
      isShared: false,
      transaction: (work) => db.transaction((tx) => work(sqlOf(tx as unknown as Client))) as never,
      close: async () => {
        await db.close();
        release();
      },
    };
  } catch (error) {
    release();
    if (error instanceof StoreProblem) throw error;
    throw new StoreProblem(
      `the store in ${folder} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      "choose another folder with --store",
    );
  }
}

function sqlOf(client: Client): Sql {
  return {
    query: async <R>(text: string, values: readonly unknown[] = []) =>
      (await client.query<R>(text, [...values])).rows,
    script: async (text) => ((await client.exec(text)).at(-1)?.rows ?? []) as Row[],
  };
}

/** Takes the folder for this process; gives what lets it go. */
function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "owner");
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = ownerIn(file);
      if (owner !== undefined && owner !== process.pid && isAlive(owner))
        throw new StoreProblem(
          `the store in ${folder} is in use by process ${owner}`,
          `wait until it has ended, or share a server with --database; if that is no stalemap, remove ${file}`,
        );
      rmSync(file, { force: true });
    }
  }
}

function ownerIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
