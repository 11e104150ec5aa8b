/** A campaign on the embedded store: what several workers do to it, those that die too. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { campaignNamed, createCampaign } from "../../src/campaign/definition.js";
import { markKnown } from "../../src/campaign/kept-kinds.js";
import type { RangeResult } from "../../src/campaign/range-results.js";
import type { Campaign, Range } from "../../src/campaign/ranges.js";
import { Ledger } from "../../src/campaign/records.js";
import { statusOf } from "../../src/campaign/status.js";
import { openEmbedded } from "../../src/campaign/store/embedded.js";
import { migrate } from "../../src/campaign/store/migrations.js";
import { makeDataFolder } from "../../src/campaign/store/new-folder.js";
import type { Taken } from "../../src/campaign/store/queue.js";
import { type Database, StoreProblem } from "../../src/campaign/store/sql.js";
import { type WorkNews, work } from "../../src/campaign/work.js";
import { parseFile } from "../../src/cli/input/files.js";
import { MODEL } from "../../src/kernel/versions/model-version.js";
import type { Scenario } from "../../src/scenario/types.js";
import { exhaust } from "../../src/tasks/exhaust.js";
import { fuzzCases } from "../../src/tasks/fuzz-cases.js";
import { doJob, type Job } from "../../src/tasks/index.js";

const folder = mkdtempSync(join(tmpdir(), "stalemap-test-"));
/** Where the program is built; without it the store is made the slow way. */
const PACKED = fileURLToPath(new URL("../../dist/store.br", import.meta.url));
let db: Database;
beforeAll(async () => {
  db = await openEmbedded(folder, PACKED);
  await migrate(db);
}, 120_000);
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const CURED = { base: "cured", with: [], without: [] };
const OLD = { base: "6.2", with: [], without: [] };
let made = 0;

/** The scenario of a text that was written for the store. */
function read(text: string): Scenario {
  const its = parseFile("scenario.yaml", text);
  if ("diagnostics" in its) throw new Error(JSON.stringify(its.diagnostics));
  return its.scenario;
}

async function campaign(programs: number, checkShare = 0, variant = CURED): Promise<Campaign> {
  const name = `c${++made}`;
  const parts = [{ variant, programs, scenario: null, explores: false }];
  await createCampaign(db, { name, seed: "5", options: { mask: -1 }, checkShare, parts });
  return await campaignNamed(db, name);
}

/** Where jobs are done at once. */
const HERE = { width: 1, run: async <J extends Job>(job: J) => doJob(job), hurry: () => {} };

/** A worker that only says what it did. */
function worker(told: (news: WorkNews) => void = () => {}, stop = () => false) {
  const keep = () => ({ token: "a token", scenario: "a scenario", curedBy: [] });
  return { host: "here", pid: 1, version: "test", pool: HERE, stop, told, keep, read };
}

const result = ({ count }: Range, digest = "00000000000000aa"): RangeResult => ({
  programs: count,
  schedules: 60 * count,
  steps: 600 * count,
  failures: [],
  digest,
  windows: [1, 2],
  turns: [0, 1],
  seconds: 1,
});

/** What a worker that is killed leaves: its job is under way, and it is silent for longer than others wait. */
async function die(job: Taken<Range>): Promise<void> {
  await db.query("update stalemap_jobs.job set started_on = now() - interval '2 minutes' where id = $1", [
    job.id,
  ]);
}

async function take(ledger: Ledger, who: number): Promise<Taken<Range>> {
  const job = await ledger.takeRange(who);
  if (job === undefined) throw new Error("no range");
  return job;
}

describe("a campaign", () => {
  test("is done whole, and comes to what fuzz comes to", async () => {
    const its = await campaign(60, 0, OLD);
    const news: WorkNews[] = [];
    expect(
      await work(
        db,
        its,
        worker((one) => news.push(one)),
      ),
    ).toBe(true);
    const status = await statusOf(db, its);
    const options = { variant: OLD, seed: "5", mask: -1 };
    const fuzz = fuzzCases({ kind: "fuzz", options, from: 0, count: 60, keepGoing: true });
    const [part] = status.parts;
    expect(part).toMatchObject({
      done: 60,
      schedules: fuzz.schedules,
      steps: fuzz.steps,
      failures: fuzz.failures.length,
      digest: fuzz.digest,
    });
    const kinds = [...new Set(fuzz.failures.map(({ kind }) => kind))];
    expect(kinds.length).toBeGreaterThan(1);
    expect(status.findings.map(({ kind }) => kind)).toEqual(kinds);
    for (const { kind, cases, firstCase, token } of status.findings) {
      const its = fuzz.failures.filter((one) => one.kind === kind);
      expect([cases, firstCase, token]).toEqual([its.length, its[0]?.n, "a token"]);
    }
    expect(news.at(-1)).toMatchObject({ programs: 60, found: kinds });
    expect(await work(db, its, worker())).toBe(true);
    expect((await statusOf(db, its)).parts).toEqual(status.parts);
  });

  test("goes on where a worker was stopped; its range goes back at once", async () => {
    const its = await campaign(200);
    let looks = 0;
    expect(
      await work(
        db,
        its,
        worker(undefined, () => ++looks > 4),
      ),
    ).toBe(false);
    expect((await statusOf(db, its)).parts[0]?.done).toBe(0);
    expect(await work(db, its, worker())).toBe(true);
    expect((await statusOf(db, its)).parts[0]).toMatchObject({ done: 200, ranges: 1 });
  });

  test("of schedules that user space can force has its findings made small", async () => {
    const name = `c${++made}`;
    const parts = [{ variant: { ...OLD, base: "6.0" }, scenario: null, explores: false, programs: 75 }];
    const options = { mask: 1, strategy: "realizable" as const };
    await createCampaign(db, { name, seed: "2", options, checkShare: 0, parts });
    const its = await campaignNamed(db, name);
    expect(await work(db, its, worker())).toBe(true);
    const { findings } = await statusOf(db, its);
    expect(findings.length).toBeGreaterThan(1);
    expect(findings.map(({ token }) => token)).toEqual(findings.map(() => "a token"));
  });

  test("of another model is refused", async () => {
    const its = { ...(await campaign(10)), model: MODEL + 1 };
    await expect(work(db, its, worker())).rejects.toThrow(/is of model \d+, and this is model \d+/);
  });

  test("has a name of its own", async () => {
    const its = await campaign(10);
    await expect(
      createCampaign(db, { name: its.name, seed: "1", options: { mask: -1 }, checkShare: 0, parts: [] }),
    ).rejects.toThrow(/there is a campaign/);
    await expect(campaignNamed(db, "nowhere")).rejects.toThrow(
      /no campaign nowhere in the embedded store; there are c1/,
    );
  });
});

describe("scenarios of a campaign", () => {
  const SCENARIO = read(readFileSync("scenarios/witnesses/eof-punch.yaml", "utf8"));
  const ORDERED = read(readFileSync("scenarios/examples/overwrite-in-order.yaml", "utf8"));
  const bare = ({ schedule: _, ...scenario }: Scenario): Scenario => scenario;

  async function done(parts: Parameters<typeof createCampaign>[1]["parts"], checkShare = 0) {
    const name = `c${++made}`;
    await createCampaign(db, { name, seed: "5", options: { mask: -1 }, checkShare, parts });
    const its = await campaignNamed(db, name);
    expect(await work(db, its, worker())).toBe(true);
    return await statusOf(db, its);
  }

  test("are sampled and explored beside random programs", async () => {
    const scenario = bare(SCENARIO);
    const cells = { variant: OLD, scenario };
    const { parts, findings } = await done([
      { variant: OLD, scenario: null, explores: false, programs: 30 },
      { ...cells, explores: false, programs: 40 },
      { ...cells, explores: true, programs: 1 },
    ]);
    const options = { variant: OLD, seed: "5", mask: -1, scenario };
    const fuzz = fuzzCases({ kind: "fuzz", options, from: 0, count: 40, keepGoing: true });
    const all = exhaust({ kind: "exhaust", subject: cells, mask: -1 }, () => false);
    expect(fuzz.failures.length).toBeGreaterThan(0);
    expect(all.failures.length).toBeGreaterThan(0);
    expect(parts).toMatchObject([
      { program: null, done: 30 },
      {
        program: scenario.name,
        done: 40,
        digest: fuzz.digest,
        failures: fuzz.failures.length,
        explored: null,
      },
      { program: scenario.name, done: 1, explored: { states: all.states, isComplete: true } },
    ]);
    const kindsIn = (failures: readonly { readonly kind: string }[]) =>
      new Set(failures.map(({ kind }) => kind));
    expect(new Set(findings.filter(({ program }) => program !== null).map(({ kind }) => kind))).toEqual(
      kindsIn([...fuzz.failures, ...all.failures]),
    );
    expect(findings.every(({ token }) => token === "a token")).toBe(true);
    const counts = Object.values(parts[1]?.strategies ?? {});
    const sum = (of: (one: (typeof counts)[number]) => number) => counts.reduce((n, one) => n + of(one), 0);
    expect(sum(({ schedules }) => schedules)).toBe(fuzz.schedules);
    expect(sum(({ steps }) => steps)).toBe(fuzz.steps);
    expect(sum(({ failures }) => failures)).toBe(fuzz.failures.length);
    for (const [w, times] of Object.entries(parts[1]?.windows ?? {}))
      expect(sum(({ windows }) => windows[w] ?? 0)).toBe(times);
  });

  test("keep their order", async () => {
    const { order, ...free } = ORDERED;
    const cells = { variant: { base: "6.0", with: [], without: [] }, explores: false, programs: 20 };
    const [ordered] = (await done([{ ...cells, scenario: { ...free, order: order ?? [] } }])).parts;
    const [unordered] = (await done([{ ...cells, scenario: free }])).parts;
    expect([ordered?.done, unordered?.done]).toEqual([20, 20]);
    // The order is the one that loses data.
    expect(ordered?.failures).toBe(20);
    expect(ordered?.schedules).toBeLessThan(unordered?.schedules ?? 0);
  });

  test("of two workers come to the same", async () => {
    const explored = { variant: OLD, scenario: bare(SCENARIO), explores: true, programs: 1 };
    const { parts, disagreements } = await done([explored], 1);
    expect(parts).toMatchObject([{ done: 1, checked: 1 }]);
    expect(disagreements).toEqual([]);
  });
});

describe("a worker that dies", () => {
  test("loses its range to another, and its late result does not count twice", async () => {
    const its = await campaign(3_000);
    const ledger = await Ledger.open(db, its);
    const [a, b] = [await ledger.enter("a", 1, "test"), await ledger.enter("b", 2, "test")];
    const lost = await take(ledger, a);
    await die(lost);
    await ledger.reap();
    let again: Taken<Range> | undefined;
    for (let job = await ledger.takeRange(b); job !== undefined; job = await ledger.takeRange(b)) {
      if (job.data.first === lost.data.first) again = job;
      await ledger.commitRange(job, b, result(job.data));
    }
    expect(again?.data).toEqual(lost.data);
    await ledger.commitRange(lost, a, result(lost.data));
    const { parts, disagreements } = await statusOf(db, its);
    expect(parts[0]).toMatchObject({ done: 3_000, schedules: 180_000, checked: 1 });
    expect(disagreements).toEqual([]);
    expect(await ledger.left()).toEqual({ waiting: 0, active: 0, unqueued: 0 });
  });

  test("keeps it while it says that it lives", async () => {
    const its = await campaign(500);
    const ledger = await Ledger.open(db, its);
    const a = await ledger.enter("a", 1, "test");
    const job = await take(ledger, a);
    await die(job);
    await ledger.beat(a, { id: job.id, of: "range" });
    await ledger.reap();
    expect(await ledger.takeRange(a)).toBeUndefined();
    expect(await ledger.left()).toMatchObject({ active: 1 });
  });
});

describe("a range that is done twice", () => {
  test("is done by another worker where there is one", async () => {
    const its = await campaign(100, 1);
    const ledger = await Ledger.open(db, its);
    const [a, b] = [await ledger.enter("a", 1, "test"), await ledger.enter("b", 2, "test")];
    const job = await take(ledger, a);
    await ledger.commitRange(job, a, result(job.data));
    expect(await ledger.takeRange(a)).toBeUndefined();
    await db.query("update stalemap_jobs.job set start_after = now() - interval '1 second' where name = $1", [
      `ranges-${its.id}`,
    ]);
    const second = await take(ledger, b);
    expect(second.data).toEqual({ ...job.data, doneBy: a });
    await ledger.commitRange(second, b, result(second.data, "00000000000000bb"));
    const { parts, disagreements } = await statusOf(db, its);
    expect(parts[0]).toMatchObject({ done: 100, ranges: 1, checked: 1 });
    expect(disagreements).toEqual([
      {
        kernel: "cured",
        first: 0,
        programs: 100,
        workers: ["a 1", "b 2"],
        digests: ["00000000000000aa", "00000000000000bb"],
      },
    ]);
  });

  test("is done by the same worker where there is no other", async () => {
    const its = await campaign(50, 1);
    expect(await work(db, its, worker())).toBe(true);
    const { parts, disagreements } = await statusOf(db, its);
    expect(parts[0]).toMatchObject({ done: 50, ranges: 1, checked: 1 });
    expect(disagreements).toEqual([]);
  });
});

describe("findings", () => {
  const failed = (range: Range, ...cases: readonly number[]): RangeResult => ({
    ...result(range),
    failures: cases.map((n) => ({ n, kind: "content: store -> zero" })),
  });

  test("of a kind are kept once, the lowest case of all whoever comes first", async () => {
    const its = await campaign(3_000);
    const ledger = await Ledger.open(db, its);
    const a = await ledger.enter("a", 1, "test");
    const [low, high] = [await take(ledger, a), await take(ledger, a)];
    expect(await ledger.commitRange(high, a, failed(high.data, 1_700, 1_600))).toEqual([
      "content: store -> zero",
    ]);
    const early = await ledger.takeFinding();
    expect(early?.data.n).toBe(1_600);
    expect(await ledger.commitRange(low, a, failed(low.data, 30, 20))).toEqual([]);
    const late = await ledger.takeFinding();
    expect(late?.data.n).toBe(20);
    await ledger.commitFinding(late!, { token: "low", scenario: "low", curedBy: ["discard-end"] });
    await ledger.commitFinding(early!, { token: "high", scenario: "high", curedBy: [] });
    await markKnown(db, its, "content: store -> zero", "an old friend");
    const { findings } = await statusOf(db, its);
    expect(findings).toMatchObject([
      {
        cases: 4,
        firstCase: 20,
        token: "low",
        scenario: "low",
        curedBy: ["discard-end"],
        known: "an old friend",
      },
    ]);
  });
});

describe("the store", () => {
  test("is one process's", async () => {
    const other = mkdtempSync(join(tmpdir(), "stalemap-test-"));
    writeFileSync(join(other, "owner"), `${process.ppid}\n`);
    await expect(openEmbedded(other)).rejects.toThrow(`in use by process ${process.ppid}`);
    rmSync(other, { recursive: true });
  });

  test("says where it cannot be made", async () => {
    const other = mkdtempSync(join(tmpdir(), "stalemap-test-"));
    writeFileSync(join(other, "file"), "");
    const failed = openEmbedded(join(other, "file", "store"));
    await expect(failed).rejects.toBeInstanceOf(StoreProblem);
    await expect(failed).rejects.toThrow("cannot be opened: ENOTDIR");
    rmSync(other, { recursive: true });
  });

  test("begins as a copy of a new one, whole or not at all", () => {
    const other = mkdtempSync(join(tmpdir(), "stalemap-test-"));
    const [packed, data] = [join(other, "packed"), join(other, "data")];
    const files = [
      ["a", 0, 3, 3],
      ["b/c", 3, 2, 4],
      ["b/d", 0, 3, 3],
    ];
    writeFileSync(packed, brotliCompressSync(`${JSON.stringify({ folders: ["b"], files })}\nonetw`));
    // What a process leaves that is killed meanwhile.
    mkdirSync(join(other, "data.new", "half"), { recursive: true });
    makeDataFolder(data, packed);
    expect(readdirSync(other).sort()).toEqual(["data", "packed"]);
    expect(["a", "b/c", "b/d"].map((path) => readFileSync(join(data, path), "utf8"))).toEqual([
      "one",
      "tw\0\0",
      "one",
    ]);
    writeFileSync(join(data, "a"), "mine");
    makeDataFolder(data, packed);
    expect(readFileSync(join(data, "a"), "utf8")).toBe("mine");
    rmSync(other, { recursive: true });
  });

  test("of a newer version is refused", async () => {
    await db.query("update stalemap.version set version = 99");
    await expect(migrate(db)).rejects.toThrow(
      /the store is of version 99, and this stalemap knows versions up to \d/,
    );
    await db.query("update stalemap.version set version = 2");
    await migrate(db);
  });
});
