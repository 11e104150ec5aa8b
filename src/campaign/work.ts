/**
 * A worker: takes findings to make small and ranges to do, one after the other, until nothing is left or it is told to
 * stop. What it had under way then goes back to the queue.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import type { RunSpec } from "../scenario/token.js";
import type { Scenario } from "../scenario/types.js";
import type { FuzzResult } from "../tasks/fuzz-cases.js";
import type { ShrinkResult } from "../tasks/shrink-finding.js";
import { inOrder, type Pool, unless } from "../workers/pool.js";
import { partsOf } from "./definition.js";
import type { Kept, RangeResult } from "./range-results.js";
import { batches, exploration, explored, runOfKind, total } from "./range-work.js";
import { type Campaign, caseOptions, type FindingJob, type Part, type Range } from "./ranges.js";
import { Ledger } from "./records.js";
import type { Taken } from "./store/queue.js";
import { type Database, StoreProblem } from "./store/sql.js";

const BEAT_MS = 5_000;
const REAP_MS = 10_000;
/** Between two looks at a queue that is empty while others are at work. */
const WAIT_MS = 500;

/** Who the worker is, and what it needs of the world. */
export interface Worker {
  readonly host: string;
  readonly pid: number;
  /** Of this program, for whoever reads the list of workers. */
  readonly version: string;
  readonly pool: Pick<Pool, "width" | "run" | "hurry">;
  /** Whether to end now. */
  readonly stop: () => boolean;
  readonly told: (news: WorkNews) => void;
  /** The file of a finding, as text. */
  readonly keep: (shrunk: ShrinkResult, campaign: Campaign, part: Part, n: number) => Kept;
  /** The scenario that a file's text describes. */
  readonly read: (text: string) => Scenario;
}

/** What the worker has done so far. */
export interface WorkNews {
  readonly ranges: number;
  readonly programs: number;
  readonly schedules: number;
  readonly found: readonly string[];
  /** Ranges that others have under way, when there is nothing to do but wait for them. */
  readonly waitingFor: number;
}

/** Works until nothing is left: true; or until it is told to stop: false. Throws StoreProblem. */
export async function work(db: Database, campaign: Campaign, worker: Worker): Promise<boolean> {
  if (campaign.model !== MODEL)
    throw new StoreProblem(
      `campaign ${campaign.name} is of model ${campaign.model}, and this is model ${MODEL}: the same cases would mean other runs`,
      "work on it with the stalemap that started it, or start another campaign",
    );
  const ledger = await Ledger.open(db, campaign);
  const parts = new Map((await partsOf(db, campaign, worker.read)).map((part) => [part.id, part]));
  const id = await ledger.enter(worker.host, worker.pid, worker.version);
  return await new Shift(ledger, campaign, parts, worker, id).run();
}

/** One worker's time at work. */
class Shift {
  readonly #ledger: Ledger;
  readonly #campaign: Campaign;
  readonly #parts: ReadonlyMap<number, Part>;
  readonly #worker: Worker;
  readonly #id: number;
  #underWay: { readonly id: string; readonly of: "range" | "finding" } | undefined;
  #reaped = Number.NEGATIVE_INFINITY;
  #news: WorkNews = { ranges: 0, programs: 0, schedules: 0, found: [], waitingFor: 0 };

  constructor(
    ledger: Ledger,
    campaign: Campaign,
    parts: ReadonlyMap<number, Part>,
    worker: Worker,
    id: number,
  ) {
    this.#ledger = ledger;
    this.#campaign = campaign;
    this.#parts = parts;
    this.#worker = worker;
    this.#id = id;
  }

  async run(): Promise<boolean> {
    // A beat that is lost shows in the next call that matters.
    const beating = setInterval(
      () => void this.#ledger.beat(this.#id, this.#underWay).catch(() => {}),
      BEAT_MS,
    );
    try {
      while (!this.#worker.stop()) if (await this.#next()) return true;
      return false;
    } finally {
      clearInterval(beating);
      if (this.#underWay !== undefined) await this.#ledger.giveBack(this.#underWay);
    }
  }

  /** Does one piece of work, or waits a little for one; true when all is done. */
  async #next(): Promise<boolean> {
    await this.#reap();
    const finding = await this.#ledger.takeFinding();
    if (finding !== undefined) {
      await this.#do("finding", finding, () => this.#shrink(finding));
      return false;
    }
    const range = await this.#ledger.takeRange(this.#id);
    if (range !== undefined) {
      await this.#do("range", range, () => this.#range(range));
      return false;
    }
    const { waiting, active, unqueued } = await this.#ledger.left();
    if (waiting + active + unqueued === 0) return true;
    this.#tell({ waitingFor: active });
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    return false;
  }

  async #reap(): Promise<void> {
    if (performance.now() - this.#reaped < REAP_MS) return;
    this.#reaped = performance.now();
    await this.#ledger.reap();
  }

  /** Does a job, which is given back unless it was written down. */
  async #do(of: "range" | "finding", { id }: Taken<object>, job: () => Promise<boolean>): Promise<void> {
    this.#underWay = { id, of };
    if (await job()) this.#underWay = undefined;
  }

  async #range(job: Taken<Range>): Promise<boolean> {
    const part = this.#part(job.data);
    const { schedules } = this.#news;
    const result = await (part.explores ? this.#explored(part) : this.#sampled(part, job.data));
    if (result === undefined) return false;
    const fresh = await this.#ledger.commitRange(job, this.#id, result);
    this.#tell({
      ranges: this.#news.ranges + 1,
      schedules: schedules + result.schedules,
      found: [...this.#news.found, ...fresh],
    });
    return true;
  }

  /** What the cases of a range come to; undefined when it has to stop. */
  async #sampled(part: Part, range: Range): Promise<RangeResult | undefined> {
    const started = performance.now();
    const { pool, stop } = this.#worker;
    const results: FuzzResult[] = [];
    const jobs = batches(this.#campaign, part, range);
    for await (const result of inOrder(pool.width, jobs, (one) => pool.run(one))) {
      results.push(result);
      this.#tell({
        programs: this.#news.programs + result.cases,
        schedules: this.#news.schedules + result.schedules,
        waitingFor: 0,
      });
      if (stop()) return undefined;
    }
    return total(results, (performance.now() - started) / 1000);
  }

  async #explored(part: Part): Promise<RangeResult | undefined> {
    const started = performance.now();
    const { pool, stop } = this.#worker;
    const result = await unless(pool, exploration(this.#campaign, part), stop);
    // Asked to hurry it may have ended with less than it would have seen.
    if (result === undefined || stop()) return undefined;
    this.#tell({ programs: this.#news.programs + 1, waitingFor: 0 });
    return explored(result, (performance.now() - started) / 1000);
  }

  async #shrink(job: Taken<FindingJob>): Promise<boolean> {
    const { n } = job.data;
    const part = this.#part(job.data);
    const { pool, stop, keep } = this.#worker;
    const run = await this.#failing(part, job.data);
    if (stop()) return false;
    if (run === undefined) {
      await this.#ledger.commitFinding(job, { problem: `case ${n} does not fail here` });
      return true;
    }
    const { mask, strategy } = caseOptions(this.#campaign, part);
    const isRealizable = strategy === "realizable" && !part.explores;
    const shrunk = await pool.run({ kind: "shrink", run, mask, isRealizable });
    await this.#ledger.commitFinding(job, keep(shrunk, this.#campaign, part, n));
    return true;
  }

  /** The run that a finding was seen in. */
  async #failing(part: Part, { n, kind }: FindingJob): Promise<RunSpec | undefined> {
    const { pool, stop } = this.#worker;
    if (part.explores) {
      const job = exploration(this.#campaign, part);
      const result = await unless(pool, job, stop);
      return result === undefined ? undefined : runOfKind(job, result, kind);
    }
    const [job] = batches(this.#campaign, part, { part: part.id, first: n, count: 1 });
    return job === undefined ? undefined : (await pool.run(job)).failures[0]?.run;
  }

  #part({ part }: { readonly part: number }): Part {
    const found = this.#parts.get(part);
    if (found === undefined) throw new StoreProblem(`the store names a part ${part} that it does not have`);
    return found;
  }

  #tell(news: Partial<WorkNews>): void {
    this.#news = { ...this.#news, ...news };
    this.#worker.told(this.#news);
  }
}
