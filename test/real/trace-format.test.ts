import { describe, expect, it } from "vitest";
import { parseTrace } from "../../src/real/traces/trace-format.js";
import { traceScenario } from "../../src/real/traces/trace-scenario.js";
import { looksLikeTrace } from "../../src/real/traces/trace-text.js";
import { readTrace, TRACE_KERNELS, TRACE_NAMES, traceText } from "./traces.js";

const good = {
  v: 1,
  kernel: "6.12.117",
  bs: 4096,
  page: 4096,
  cachestat: 1,
  ops: [
    { i: 0, op: "pwrite", off: 0, len: 10, c: 1, ret: 10, err: 0, size: 10, res: "d", ext: [[0, 4096, "D"]] },
  ],
};
const problems = (value: unknown): string[] => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const read = parseTrace(text, "x.json");
  return "diagnostics" in read ? read.diagnostics.map((d) => `${d.line}:${d.column} ${d.message}`) : [];
};
const withOp = (more: object): unknown => ({ ...good, ops: [{ ...good.ops[0], ...more }] });

describe("reading a trace", () => {
  it("takes a good one", () => {
    expect(problems(good)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["nothing", ""],
    ["no JSON", "{"],
    ["another document", "[]"],
    ["operations out of order", withOp({ i: 1 })],
    ["no operations", { ...good, ops: [] }],
    ["an offset below zero", withOp({ off: -1 })],
    ["an offset that is no number", withOp({ off: "0" })],
    ["an offset with a fraction", withOp({ off: 0.5 })],
    ["a huge length", withOp({ len: 1e15 })],
    ["an unknown operation", withOp({ op: "rm" })],
    ["a value over a byte", withOp({ c: 256 })],
    ["an extent of no type", withOp({ ext: [[0, 1, "X"]] })],
    ["odd residency", withOp({ res: "x" })],
    ["a misspelt key", withOp({ rle: [], ser: 1 })],
    ["a misspelt key of the trace", { ...good, cachstat: 1 }],
    ["a misspelt key of the layout", { ...good, layout: { free: [[0, 1]], inode: 1, node: 1 } }],
    ["an odd block size", { ...good, bs: 3000 }],
    ["a block larger than a page", { ...good, bs: 8192 }],
    ["an odd kernel", { ...good, kernel: "\u001b[31m" }],
    ["too many operations", { ...good, ops: new Array(10_001).fill(good.ops[0]) }],
    ["a prototype", '{"__proto__":{"v":1},"ops":1}'],
  ])("refuses %s", (_what, value) => {
    expect(problems(value).length).toBeGreaterThan(0);
  });

  it("points at what is wrong", () => {
    const text = JSON.stringify(withOp({ c: 300 }));
    expect(problems(text)[0]).toMatch(new RegExp(`^1:${text.indexOf("300") + 1} `));
  });

  it("points past texts of any length, with escapes and brackets in them", () => {
    const text = JSON.stringify({
      v: 2,
      mode: "a".repeat(20 << 20),
      final: '"]},{\\',
      ops: [{ ...good.ops[0], c: 300 }],
    });
    expect(problems(text)).toContainEqual(
      expect.stringMatching(new RegExp(`^1:${text.indexOf("300") + 1} `)),
    );
  });

  it("points at each of many things in one walk over the text", () => {
    const ops = Array.from({ length: 60 }, () => 0);
    const text = JSON.stringify({ ...good, ops }).replace("[0", `[${" ".repeat(30_000_000)}0`);
    const found = problems(text);
    expect(found).toHaveLength(50);
    expect(found[49]).toMatch(new RegExp(`^1:${text.lastIndexOf("[") + 30_000_000 + 2 * 49 + 2} `));
  }, 10_000);

  it("reads no more of what is wrong than it can tell", () => {
    const flood = "[".concat("0,".repeat(10_000_000), "0]");
    const text = JSON.stringify({ ...good, ops: [1] });
    expect(problems(text.replace("[1]", flood)).length).toBeLessThanOrEqual(50);
    const inOne = text.replace("[1]", JSON.stringify([{ ...good.ops[0], rle: "FLOOD" }]));
    expect(problems(inOne.replace('"FLOOD"', flood))).toHaveLength(1);
    // Each thing told of would take hundreds of bytes.
    expect(process.memoryUsage().heapTotal).toBeLessThan(1.5e9);
  }, 20_000);

  it("is told from a scenario", () => {
    expect(looksLikeTrace(JSON.stringify(good))).toBe(true);
    expect(looksLikeTrace("name: x\nfile: { size: 0 }")).toBe(false);
    expect(looksLikeTrace("{ name: x }")).toBe(false);
    expect(looksLikeTrace('{"name": "x", "file": {"size": "4k"}}')).toBe(false);
  });
});

describe("a trace as a scenario", () => {
  it.each(TRACE_KERNELS)("takes every trace of %s", (kernel) => {
    for (const name of TRACE_NAMES.filter((_, i) => i % 3 === 0)) {
      const result = traceScenario(readTrace(kernel, name), traceText(kernel, name), name);
      expect(result).toHaveProperty("scenario");
    }
  });
});
