import { describe, expect, it } from "vitest";
import { kernelsOf, modelOf, neighboursOf, RELEASES } from "../../src/kernel/versions/releases.js";
import { RecordingSession } from "../../src/real/traces/recording-session.js";
import { CONFORM_HEADER, conformSummary, conformText } from "../../src/report/conform-text.js";
import {
  conform,
  firstDifference,
  ownTraces,
  readTrace,
  startOf,
  TRACE_KERNELS,
  TRACE_NAMES,
} from "./traces.js";

describe("recorded traces replay on the model", () => {
  it("has the traces of four kernels", () => {
    expect(TRACE_KERNELS.map(modelOf)).toEqual(["5.10", "6.1.192", "6.12", "6.18"]);
    expect(TRACE_NAMES.length).toBe(32);
  });

  // What was busy on disk is not in these traces: after the trace before, on a new image, or the likeliest start.
  const ways = [
    { way: "in a row", names: (_: string) => TRACE_NAMES, assumes: false, residency: 0.997 },
    { way: "each by itself", names: (name: string) => [name], assumes: false, residency: 0.97 },
    { way: "with assumed starts", names: (_: string) => TRACE_NAMES, assumes: true, residency: 0.998 },
  ];
  // Where all agrees without, nothing is assumed.
  const cases = TRACE_KERNELS.flatMap((kernel) =>
    ways.filter(({ assumes }) => !assumes || modelOf(kernel) === "6.18").map((way) => ({ kernel, ...way })),
  );

  it.each(cases)("of $kernel, $way", ({ kernel, names, assumes, residency }) => {
    const model = modelOf(kernel)!;
    const total = { ops: 0, extents: 0, residency: 0, kernel: 0, model: 0 };
    const session = new RecordingSession({ names, read: (name) => readTrace(kernel, name) }, assumes);
    for (const name of TRACE_NAMES) {
      const trace = readTrace(kernel, name);
      const { busy } = startOf(session, name, trace);
      const c = conform(trace, { model, busy });
      expect(c.stuck).toBeUndefined();
      const { ret, size, contents } = c.agree;
      expect({ name, ret, size, contents }).toEqual({ name, ret: c.ops, size: c.ops, contents: c.ops });
      total.ops += c.ops;
      total.extents += c.agree.extents;
      total.residency += c.agree.residency;
      total.kernel += c.uninitialised.kernel;
      total.model += c.uninitialised.model;
    }
    expect(total.ops).toBe(2720);
    expect(total.extents / total.ops).toBeGreaterThanOrEqual(0.995);
    expect(total.residency / total.ops).toBeGreaterThanOrEqual(residency);
    expect(total.model).toBeLessThanOrEqual(2 * total.kernel);
  });
});

it("own recordings replay in all aspects, where the extents lie on disk decides what a write takes at once", () => {
  for (const { name, trace } of ownTraces()) {
    const { agree, ops } = conform(trace, { model: "6.18" });
    const whole = { ret: ops, size: ops, contents: ops, extents: ops, residency: ops };
    expect({ name, agree }).toEqual({ name, agree: whole });
  }
  expect(ownTraces().length).toBe(2);
});

describe("a trace that says nothing of contents", () => {
  const [{ name, trace }] = ownTraces() as [ReturnType<typeof ownTraces>[number]];
  const silent = (every: number) => ({
    ...trace,
    ops: trace.ops.map((op, i) => (i % every === 0 ? { ...op, rle: undefined } : op)),
  });

  it.each([1, 2])("does not agree there (of %i operations one is silent)", (every) => {
    const result = conform(silent(every), { model: "6.18" });
    const unsaid = Math.ceil(trace.ops.length / every);
    expect([result.unsaid, result.agree.contents]).toEqual([unsaid, trace.ops.length - unsaid]);
    expect(result.firstDisagreement).toBeUndefined();
    const start = { kind: "recorded", busy: [] } as const;
    const told = conformText({ file: name, start, conformance: result });
    expect(told).toContain(`contents were not recorded after ${unsaid} of ${trace.ops.length} operations`);
  });

  it("and one on another kernel than its own says so", () => {
    const start = { kind: "recorded", busy: [] } as const;
    const told = (model: string) =>
      conformText({ file: name, start, conformance: conform(trace, { model }) });
    expect(told("6.12")).toContain(`recorded on ${trace.kernel}, replayed on another kernel: 6.12`);
    expect(told("6.18")).not.toContain("another kernel");
    const [row = ""] = told("openeuler-22.03").split("\n");
    expect(row.length).toBe(CONFORM_HEADER.length);
  });
});

it("sums up in 80 columns", () => {
  const start = { kind: "recorded", busy: [] } as const;
  const results = ownTraces().map(({ name, trace }) => ({
    file: name,
    start,
    conformance: conform(trace, { model: "6.18" }),
  }));
  for (const line of conformSummary(results).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

describe("a trace of one kernel on the model of another", () => {
  const pairs = TRACE_KERNELS.flatMap((a) =>
    TRACE_KERNELS.filter((b) => b !== a).map((b) => [a, b] as const),
  );
  // Every pair of kernels, and every trace in some pairs.
  it.each(pairs.map(([a, b], i) => [a, b, i] as const))(
    "%s on %s parts where the recordings do",
    (a, b, i) => {
      for (const name of TRACE_NAMES.filter((_, n) => n % 8 === i % 8)) {
        const trace = readTrace(a, name);
        const c = conform(trace, { model: modelOf(b)! });
        const hard = [c.first.ret, c.first.size, c.first.contents, c.first.extents].filter(
          (n) => n !== undefined,
        );
        const first = hard.length === 0 ? undefined : Math.min(...hard);
        expect([name, first]).toEqual([name, firstDifference(trace, readTrace(b, name))]);
      }
    },
  );
});

describe("the model of a real kernel", () => {
  it.each([
    ["5.10.218", "5.10"],
    ["6.1.192", "6.1.192"],
    ["6.1.170", "6.1.192"],
    ["6.1.91", "6.1.0"],
    ["6.1.92", "6.1.192"],
    ["6.1.0", "6.1.0"],
    ["6.1", "6.1.0"],
    ["4.18.0", "4.18"],
    ["4.19.1", undefined],
    ["4.19.222", "4.19"],
    ["5.0.0", "5.0"],
    ["5.4.0", "5.4"],
    ["5.4.76", undefined],
    ["5.4.301", "5.4"],
    ["5.15.215", "5.15"],
    ["6.6.150", "6.6"],
    ["6.8.0", "6.8"],
    ["6.12.117", "6.12"],
    ["6.18.44", "6.18"],
    ["6.2", "6.2"],
    ["6.20.1", undefined],
    ["7.2.12", "7.2"],
    ["7.3.4", "7.3"],
  ])("of %s is %s", (version, model) => {
    expect(modelOf(version)).toBe(model);
  });
});

describe("a kernel without a model", () => {
  it.each([
    ["4.17", "4.18"],
    ["4.19.1", "4.18 4.19"],
    ["5.4.20", "5.0 5.4"],
    ["6.1", "6.1.0 6.1.192"],
    ["6.7.3", "6.6 6.8"],
    ["99.0.1", RELEASES.findLast(({ standsFor }) => standsFor !== undefined)!.name],
  ])("such as %s lies between %s", (version, near) => {
    expect(neighboursOf(version).map(({ name }) => name)).toEqual(near.split(" "));
  });

  it("is told which kernels the models are of", () => {
    const of = (name: string) => kernelsOf(RELEASES.find((release) => release.name === name)!);
    expect(["5.4", "6.1.0", "6.5", "cured"].map(of)).toEqual(["5.4.77 on", "6.1.0 to 6.1.91", "6.5.x", ""]);
  });
});
