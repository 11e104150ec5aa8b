/**
 * How many ranges a second one database server carries: workers whose ranges take no time, each a transaction to take
 * one and another to write it down, as many at once as there are connections. A real worker asks once in as many
 * seconds as `rangeSeconds` says.
 */
import { rangeSeconds } from "../../campaign/cut-ranges.js";
import { campaignNamed, createCampaign } from "../../campaign/definition.js";
import { Ledger } from "../../campaign/records.js";
import { statusOf } from "../../campaign/status.js";
import { migrate } from "../../campaign/store/migrations.js";
import { openServer } from "../../campaign/store/server.js";

const WORKERS = 1_000;
const SECONDS = 20;
/** Programs that nobody runs. */
const PROGRAMS = 1_000_000_000;
const MOST_BUSY = 0.1;

/** The server is the one of the PG* environment. */
export async function campaignQueue(): Promise<boolean> {
  const db = await openServer({ url: undefined, stop: () => false, told: console.error });
  await migrate(db);
  const name = `queue-${process.pid}`;
  const variant = { base: "cured", with: [], without: [] };
  const parts = [{ variant, programs: PROGRAMS, scenario: null, explores: false }];
  await createCampaign(db, { name, seed: "1", options: { mask: -1, range: 25 }, checkShare: 0.01, parts });
  const campaign = await campaignNamed(db, name);
  const ledger = await Ledger.open(db, campaign);
  const end = performance.now() + 1000 * SECONDS;
  let ranges = 0;
  const simulated = async (n: number): Promise<void> => {
    const id = await ledger.enter("simulated", n, "none");
    while (performance.now() < end) {
      const job = await ledger.takeRange(id);
      if (job === undefined) continue;
      const { count: programs } = job.data;
      const result = {
        programs,
        schedules: 60 * programs,
        steps: 0,
        failures: [],
        digest: "0".repeat(16),
        windows: [],
        turns: [],
        seconds: 1,
      };
      await ledger.commitRange(job, id, result);
      if (job.data.doneBy === undefined) ranges++;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, (_, n) => simulated(n)));
  const rate = ranges / ((performance.now() - started) / 1000);
  const { parts: done } = await statusOf(db, campaign);
  await db.query("delete from stalemap.campaign where name = $1", [name]);
  await db.close();
  const busy = WORKERS / rangeSeconds(WORKERS) / rate;
  console.log(`${WORKERS} workers at once: ${rate.toFixed(0)} ranges/s taken and written down`);
  console.log(
    `with a range in ${rangeSeconds(WORKERS)} s each: ${(100 * busy).toFixed(1)} % of that (at most ${100 * MOST_BUSY} %)`,
  );
  const isWhole = done[0]?.ranges === ranges;
  if (!isWhole) console.log(`${ranges} ranges were done, ${done[0]?.ranges} are written down`);
  return isWhole && busy <= MOST_BUSY;
}
