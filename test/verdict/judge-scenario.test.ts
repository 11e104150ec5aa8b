/**
 * Judging without a pool: the generator's jobs are done on the spot, or refused.
 */
import { describe, expect, it } from "vitest";
import { type Asking, doJob, type Job } from "../../src/tasks/index.js";
import { expectedFor } from "../../src/verdict/expectation.js";
import { type JudgeOptions, judge } from "../../src/verdict/judge-scenario.js";
import { witness } from "../scenarios.js";

/** Does the first `most` jobs, then sends nothing more. */
function driven<T>(work: Asking<T>, most = Number.POSITIVE_INFINITY): { result: T; jobs: Job[] } {
  const jobs: Job[] = [];
  let next = work.next();
  while (next.done !== true) {
    const isRefused = jobs.length >= most;
    if (!isRefused) jobs.push(next.value);
    next = work.next(isRefused ? undefined : doJob(next.value));
  }
  return { result: next.value, jobs };
}

function options(kernel: string, more: Partial<JudgeOptions> = {}): JudgeOptions {
  const scenario = witness("unwritten-tail");
  const variant = { base: kernel, with: [], without: [] };
  const expected = expectedFor(scenario, variant);
  return { subject: { scenario, variant }, seed: "t", schedules: 5000, expected, ...more };
}

describe("judging a scenario", () => {
  it("stops at the chunk that shows what is expected", () => {
    const { result, jobs } = driven(judge(options("6.0")));
    expect(result).toMatchObject({ verdict: "mismatch", met: true, oracles: ["content"], isComplete: true });
    expect(jobs).toHaveLength(1);
  });

  it("asks for chunks of schedules, each with its own seed, until there are enough", () => {
    const { result, jobs } = driven(judge(options("6.2")));
    expect(result).toMatchObject({ verdict: "ok", met: true, schedules: 5000, isComplete: true });
    const sampled = jobs.flatMap((job) => (job.kind === "sample" ? [job.options] : []));
    expect(sampled.map((o) => o.schedules)).toEqual([2000, 2000, 1000]);
    expect(new Set(sampled.map((o) => o.seed)).size).toBe(3);
  });

  it("asks for one schedule where no run keeps the order", () => {
    const { subject, ...rest } = options("6.2", { exhaustive: true });
    const copy = { thread: "writer", step: "copy_page_from_iter_atomic" };
    const page = { thread: "flusher", step: "iomap_do_writepage" };
    const order = [
      { before: copy, after: page },
      { before: page, after: copy },
    ];
    const scenario = { ...subject.scenario, order };
    const { result, jobs } = driven(judge({ ...rest, subject: { ...subject, scenario } }));
    expect(result).toMatchObject({
      verdict: "undecided",
      problem: expect.stringContaining("cannot wait for"),
    });
    expect(jobs).toMatchObject([{ kind: "exhaust" }, { kind: "sample", options: { schedules: 1 } }]);
  });

  it("says nothing of budgets where nothing was looked at", () => {
    const { subject, ...rest } = options("6.2");
    const scenario = { ...subject.scenario, budget: { ...subject.scenario.budget, evictions: 1 } };
    const judged = (most: number) =>
      driven(judge({ ...rest, subject: { ...subject, scenario } }), most).result;
    expect(judged(0)).toMatchObject({ verdict: "undecided", limits: [] });
  });

  it("looks at every state first when that is asked for", () => {
    const { result, jobs } = driven(judge(options("6.2", { exhaustive: true })));
    expect(jobs.map((job) => job.kind)).toEqual(["exhaust"]);
    expect(result).toMatchObject({ verdict: "ok", schedules: 0 });
    expect(result.states).toBeGreaterThan(100);
  });

  it("samples as well when no way that the search kept shows the kind that is expected", () => {
    const scenario = witness("new-delalloc-store");
    const variant = { base: "rfc-v1", with: [], without: [] };
    const expected = expectedFor(scenario, variant);
    const judged = driven(
      judge(
        options("rfc-v1", { subject: { scenario, variant }, expected, exhaustive: true, schedules: 20_000 }),
      ),
    );
    expect(judged.jobs[0]?.kind).toBe("exhaust");
    expect(judged.result).toMatchObject({ verdict: "mismatch", met: true });
    expect(judged.result.kinds).toContain(expected?.kind);
  });

  it("takes no other kind for the one that is expected", () => {
    const expected = { expect: "mismatch", kind: "content: no such thing" } as const;
    const judged = driven(judge(options("6.0", { expected, exhaustive: true })));
    expect(judged.jobs.map((job) => job.kind)).toEqual(["exhaust", "sample", "sample", "sample"]);
    expect(judged.result).toMatchObject({ verdict: "mismatch", met: false });
  });

  it("ends with what it has when it gets no more results", () => {
    const { result } = driven(judge(options("6.2", { expected: undefined })), 1);
    expect(result).toMatchObject({ verdict: "undecided", met: null, schedules: 2000, isComplete: false });
    expect(driven(judge(options("6.0")), 0).result).toMatchObject({ verdict: "undecided", schedules: 0 });
  });
});
