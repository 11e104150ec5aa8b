/**
 * The store that the options name: a server, or a folder that only this command reads. The database code is loaded
 * here and nowhere else.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Campaign } from "../../campaign/ranges.js";
import type { Database } from "../../campaign/store/sql.js";
import { quoted } from "../../scenario/yaml/diagnostic.js";
import { undecided, usage } from "../exit.js";
import { note, type Session } from "../terminal/terminal.js";
import { checkDirectory } from "./output-checks.js";

export interface StoreOptions {
  readonly store?: string;
  readonly database?: string;
}

/** Does something with the store. What keeps it from being used is 125; a folder in which nothing can be written, 128. */
export async function withStore<T>(
  session: Session,
  options: StoreOptions,
  use: (db: Database) => Promise<T>,
): Promise<T> {
  const { StoreProblem } = await import("../../campaign/store/sql.js");
  const { migrate } = await import("../../campaign/store/migrations.js");
  let db: Database | undefined;
  try {
    db = await open(session, options);
    await migrate(db);
    return await use(db);
  } catch (error) {
    if (error instanceof StoreProblem) throw undecided(error.message, error.remedy);
    throw error;
  } finally {
    await db?.close();
  }
}

async function open(session: Session, { store, database }: StoreOptions): Promise<Database> {
  if (store !== undefined && database !== undefined)
    throw usage("--store and --database name two stores", "give one of them");
  if (database === undefined) {
    const { openEmbedded } = await import("../../campaign/store/embedded.js");
    const folder = store ?? standardFolder();
    checkDirectory(folder, "choose another folder with --store");
    return await openEmbedded(folder);
  }
  if (database !== "env" && !/^postgres(ql)?:\/\//.test(database))
    throw usage(
      "--database: expected postgres://... or the word env",
      "for example --database postgres:///stalemap",
    );
  // Command lines are for everybody to see, and this one may have a password in it.
  if (database !== "env") process.title = "stalemap campaign";
  const { openServer } = await import("../../campaign/store/server.js");
  return await openServer({
    url: database === "env" ? undefined : database,
    stop: () => session.interrupt.signal !== undefined,
    told: (message) => note(session, message),
  });
}

function standardFolder(): string {
  const { XDG_DATA_HOME } = process.env;
  return join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "stalemap", "store");
}

/** The one word that names a campaign. */
export function campaignName(words: readonly string[], verb: string): string {
  const [name, more] = words;
  if (name === undefined || more !== undefined)
    throw usage(`campaign ${verb} takes the name of one campaign`, `for example campaign ${verb} nightly`);
  if (!/^[\w.-]{1,60}$/.test(name))
    throw usage(
      `${quoted(name)} cannot name a campaign`,
      "letters, digits, dots, dashes and underscores, 60 at most",
    );
  return name;
}

/** Does something with a campaign of the store. */
export async function withCampaign<T>(
  session: Session,
  options: StoreOptions,
  name: string,
  use: (db: Database, campaign: Campaign) => Promise<T>,
): Promise<T> {
  return await withStore(session, options, async (db) => {
    const { campaignNamed } = await import("../../campaign/definition.js");
    return await use(db, await campaignNamed(db, name));
  });
}

/** The options that name the store, for the next command. */
export function storeFlags({ store, database }: StoreOptions): { store?: string; database?: string } {
  return {
    ...(store === undefined ? {} : { store }),
    ...(database === undefined ? {} : { database: database === "env" ? "env" : "URL" }),
  };
}
