import { describe, expect, it } from "vitest";
import { type Library, RecordingSession } from "../../src/real/traces/recording-session.js";
import type { TraceFile, TraceOp } from "../../src/real/traces/trace-format.js";
import { conform, readTrace, startOf as startIn, TRACE_NAMES } from "./traces.js";

const KERNEL = "6.12.117";
const library = (names: readonly string[]): Library => ({
  names: () => names,
  read: (name) => readTrace(KERNEL, name),
});
const startOf = (name: string, names: readonly string[]) =>
  startIn(new RecordingSession(library(names)), name, readTrace(KERNEL, name));

function isWhole(name: string, busy: ReturnType<typeof startOf>["busy"]): boolean {
  const { agree, ops } = conform(readTrace(KERNEL, name), { model: "6.12", busy });
  return Object.values(agree).every((n) => n === ops);
}

describe("the disk at the start of a recording", () => {
  // Blocks that the file before left busy decide what these two do.
  it.each(["4k-wstop-s26.json.gz", "1k-wstop-s24.json.gz"])("of %s was left by the one before", (name) => {
    expect(isWhole(name, [])).toBe(false);
    const start = startOf(name, TRACE_NAMES);
    expect(start.kind).toBe("left");
    expect(start.busy.length).toBeGreaterThan(0);
    expect(isWhole(name, start.busy)).toBe(true);
  });

  it("does not depend on what was asked before", () => {
    const session = new RecordingSession(library(TRACE_NAMES));
    for (const name of ["4k-wstop-s22.json.gz", "4k-wstop-s24.json.gz"])
      startIn(session, name, readTrace(KERNEL, name));
    const name = "4k-wstop-s26.json.gz";
    expect(startIn(session, name, readTrace(KERNEL, name))).toEqual(startOf(name, TRACE_NAMES));
  });

  it("is assumed where the one before is missing and a new image does not do", () => {
    const name = "4k-wstop-s26.json.gz";
    const start = startOf(name, [name]);
    expect(start.kind).toBe("assumed");
    expect(isWhole(name, start.busy)).toBe(true);
  });

  it("is a new image where that does, and nothing else is said", () => {
    const name = "4k-wstop-s24.json.gz";
    expect(startOf(name, [name])).toEqual({ kind: "new", busy: [] });
  });

  it("is what the trace says", () => {
    const layout = { free: [[0, 100]] as [number, number][], inode: 0 };
    const session = new RecordingSession(library(TRACE_NAMES));
    const trace = { ...readTrace(KERNEL, "4k-wstop-s26.json.gz"), layout };
    expect(startIn(session, "4k-wstop-s26.json.gz", trace)).toEqual({ kind: "recorded", busy: [] });
  });

  it("is found in bounded work, whatever the trace", () => {
    // None of it is so on any kernel, so that every start is tried; a file of 1 MiB in small blocks.
    const ops = Array.from({ length: 20 }, (_, i): TraceOp => {
      const seen = { i, size: 1 << 20, ext: [], res: ".".repeat(16) };
      return { op: "pwrite", off: (i * 9973) % 1_000_000, len: 40_000, c: 1, ret: 1, ...seen };
    });
    const trace: TraceFile = { v: 1, kernel: "6.12.117", bs: 512, page: 4096, ops };
    const name = "t.json";
    const work = new RecordingSession({ names: () => [name], read: () => trace }).starting(name, trace);
    let pieces = 0;
    while (work.next().done !== true) pieces++;
    expect(pieces).toBeGreaterThan(2 * ops.length);
    expect(pieces).toBeLessThan(9 * ops.length);
  });

  it("does not depend on numbers that a double cannot tell apart, and follows no endless row of names", () => {
    const trace = readTrace(KERNEL, "4k-wstop-s24.json.gz");
    const asked: string[] = [];
    const names = ["", "0", "1"].flatMap((more) =>
      [4, 5, 6].map((last) => `4k-wstop-s${more}900719925474099${last}.json.gz`),
    );
    const among = (all: readonly string[]) => ({
      names: () => all,
      read: (name: string) => {
        asked.push(name);
        return trace;
      },
    });
    for (const name of names) startIn(new RecordingSession(among(names), false), name, trace);
    expect(asked).toEqual([]);
    const long = Array.from({ length: 5000 }, (_, i) => `4k-wstop-s${i}.json.gz`);
    startIn(new RecordingSession(among(long), false), long[4999]!, trace);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.length).toBeLessThan(100);
  });
});
