/**
 * HTML pages as documents: what they say of each kind of result, and that foreign text stays text.
 */
import { describe, expect, it } from "vitest";
import type { ReportedFinding } from "../../src/report/finding-text.js";
import { html } from "../../src/report/formats/html.js";
import { findingModel, parting } from "../../src/report/page/finding-model.js";
import { scaleOf } from "../../src/report/page/scale.js";
import { PLAIN } from "../../src/report/style.js";
import { picturesOf } from "../../src/tasks/pictures.js";
import { EOF_PUNCH, FAILED_WRITE, IN_SETUP, MANY_THREADS, reported, UNWRITTEN_TAIL } from "./runs.js";

function pictured(text: string, kernel: string, more: Partial<ReportedFinding> = {}): ReportedFinding {
  const found = reported(text, kernel, more);
  const pictures = picturesOf(found.run, found.finding, found.curedBy ?? []);
  return { ...found, pictures: () => pictures };
}

function page(found: ReportedFinding): string {
  return html.pages.repro!.end!({ run: found.run, reported: found }, PLAIN);
}

describe("the page of a finding", () => {
  it("tells the race in order, and shows the cure beside it", () => {
    const curedBy = ["validate", "validate-after-lock", "cookie-under-ilock"];
    const found = pictured(UNWRITTEN_TAIL, "6.0", { curedBy, token: "sm3.TOKEN" });
    const model = findingModel(found, picturesOf(found.run, found.finding, curedBy));
    const { loadedAt, changedAt, usedAt } = found.finding.map!;
    expect(model.story.map(({ step }) => step)).toEqual([loadedAt, changedAt, usedAt, undefined]);
    expect(model.story.at(-1)!.text).toBe(
      "In the end bytes 10k..12k should hold what setup.2 wrote (write 10k..12k) and hold zeroes.",
    );
    expect(model.run.steps.filter(({ part }) => part !== undefined).map(({ part }) => part!.tag)).toEqual([
      "takes the map",
      "changes the extent",
      "trusts the old map",
    ]);
    expect(model.cured!.steps.length).toBeGreaterThan(0);
    expect(model.cured!.lost).toBeUndefined();
    const text = page(found);
    expect(text).toContain("npx stalemap repro sm3.TOKEN");
    expect(text.length).toBeLessThan(200_000);
  });

  it.each([
    ["a failed write", FAILED_WRITE, "6.0"],
    ["what needs no race", IN_SETUP, "6.0"],
    ["many threads", MANY_THREADS, "6.0"],
  ])("can be of %s", (_, text, kernel) => {
    const found = pictured(text, kernel);
    expect(page(found)).toContain(`${found.run.scenario.name} on ${kernel}: `);
  });

  it.each([
    ["a failed write", FAILED_WRITE, "6.0", ["punch-skips-dirty", "punch-under-invalidate-lock"]],
    ["a punch of part of a block", EOF_PUNCH, "6.12", ["scan-limit-eof"]],
  ] as const)("marks the step that a cured kernel makes otherwise: %s", (_, text, kernel, curedBy) => {
    const found = pictured(text, kernel, { curedBy });
    const model = findingModel(found, picturesOf(found.run, found.finding, curedBy));
    const at = Number(/up to step (\d+)/.exec(model.parting!)![1]);
    const marked = model.run.steps.filter(({ need }) => need === "here the cure does otherwise");
    expect(marked.map(({ i }) => i)).toEqual([at + 1]);
    expect(model.story.find(({ text }) => text.startsWith("is where the cure"))!.step).toBe(at + 1);
  });

  it("tells a step that a cure makes otherwise from an order that could not be kept", () => {
    const steps = (...lanes: readonly string[]) => ({
      kernel: "6.0",
      steps: lanes.map((lane, n) => ({ i: n + 1, lane, calls: [{ fn: `fn_${lane}`, notes: [] }] })),
    });
    const other = steps("a", "b");
    other.steps[1]!.calls[0]!.fn = "fn_c";
    expect(parting(steps("a", "b"), other)).toMatchObject({ step: 2, isOneThread: true });
    expect(parting(steps("a", "b"), steps("a", "c"))).toMatchObject({ step: 2, isOneThread: false });
    expect(parting(steps("a", "b"), steps("a"))).toMatchObject({ step: 2, isOneThread: false });
    expect(parting(steps("a", "b"), steps("a", "b"))).toBeUndefined();
  });

  it("says where the end of the file moves", () => {
    const grower = EOF_PUNCH.replace("threads:", "threads:\n  grower: [{ write: 8k..9k }]");
    const found = pictured(grower.replace("schedule:", "schedule:\n  - grower end"), "6.0");
    const model = findingModel(found, picturesOf(found.run, found.finding, []));
    const notes = model.run.steps.flatMap(({ calls }) => calls.flatMap((call) => call.notes));
    const sizes = notes.filter((note) => note.startsWith("i_size"));
    expect(sizes.length).toBeGreaterThan(0);
    const frames = model.run.frames.map(({ size }) => size);
    expect(sizes.length).toBe(frames.filter((size, n) => n > 0 && size !== frames[n - 1]).length);
  });

  it("tells of dirty data whose space is taken away, where nothing is wrong before the end", () => {
    const found = pictured(EOF_PUNCH, "6.12");
    const model = findingModel(found, picturesOf(found.run, found.finding, []));
    expect(found.finding.lostAt).toBeGreaterThan(found.finding.steps);
    expect(model.story.map(({ step }) => step)).toEqual([5, 7, undefined]);
    expect(model.story[1]!.text).toMatch(/^writer takes the space away .*xfs_bmap_punch_delalloc_range/);
    expect(model.story[1]!.text).toMatch(/takes whole blocks.*its call has failed in step 6/);
    expect(model.run.steps.flatMap(({ part }) => part?.tag ?? [])).toEqual([
      "writes the bytes",
      "takes their space away",
    ]);
    const words = model.words.map(([word]) => word);
    expect(words).toEqual(expect.arrayContaining(["delalloc", "punch", "fault", "seq", "page, folio"]));
    expect(words).not.toContain("ioend");
  });

  it("has foreign text as text", () => {
    const found = pictured(UNWRITTEN_TAIL, "6.0");
    const scenario = { ...found.run.scenario, name: "</script><script>alert(1)</script><!--" };
    const text = page({ ...found, run: { ...found.run, scenario } });
    expect(text.match(/<script>/g)).toHaveLength(1);
    expect(text.match(/<\/script>/g)).toHaveLength(2);
    expect(text).not.toContain("<!--");
  });

  it("leaves out what has no room, with the command that shows it", () => {
    const found = pictured(UNWRITTEN_TAIL, "6.0", { token: "sm3.TOKEN" });
    const findings = Array.from({ length: 12 }, () => ({ ...found, count: 1 }));
    const text = html.pages.fuzz!.end!(
      {
        seed: "1",
        variant: found.run.variant,
        programs: 1,
        schedules: 1,
        steps: 1,
        seconds: 1,
        findings,
        known: [],
      },
      PLAIN,
    );
    expect(text.length).toBeLessThan(200_000);
    expect(text.match(/class="finding"/g)!.length).toBeGreaterThan(1);
    expect(text).toContain("More findings");
  });
});

describe("the scale of bytes", () => {
  it("goes up from 0 to 1, and leaves a gap where pages are left out", () => {
    const scale = scaleOf([
      [0, 2048],
      [2048, 4096],
      [65536, 69632],
    ]);
    const at = [scale(0), scale(1024), scale(2048), scale(4096, true), scale(65536), scale(69632, true)];
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect([at[0], at.at(-1)]).toEqual([0, 1]);
    expect(at[4]!).toBeGreaterThan(at[3]!);
  });
});
