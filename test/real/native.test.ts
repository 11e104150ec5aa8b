import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import type { Realized } from "../../src/force/program-of-moves.js";
import { randomWalk } from "../../src/force/walk.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { Oracle } from "../../src/kernel/oracle-table.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { nativeProblems } from "../../src/real/machine/environment.js";
import { runNative } from "../../src/real/machine/native.js";
import { modelFor, runningKernel } from "../../src/real/machine/running-kernel.js";
import { recordAll } from "../../src/real/record/record-here.js";
import { TRACE_KINDS } from "../../src/real/record/recorder.js";
import type { RecordedTrace } from "../../src/real/record/recording.js";
import { programOfRun } from "../force/program-of-run.js";
import { table } from "./programs.js";

const problems = nativeProblems();
if (problems.length > 0) console.log(`real kernel: skipped. ${problems.join(" ")}`);
const series = (problems.length === 0 ? runningKernel() : "").split(".").slice(0, 2).join(".");
const known = ["5.10", "6.1", "6.12", "6.18"].includes(series);

/** Not those of tests that run beside this one. */
const imageDir = mkdtempSync(join(tmpdir(), "stalemap-native-"));

const leftovers = () =>
  [readFileSync("/proc/mounts", "utf8"), execFileSync("losetup", ["-a"], { encoding: "utf8" })]
    .flatMap((text) => text.split("\n").filter((line) => line.includes(imageDir)))
    .concat(readdirSync(imageDir));

const model = problems.length === 0 ? modelFor(runningKernel()) : undefined;
if (problems.length === 0 && model === undefined)
  console.log(`real kernel: random programs skipped. There is no model of ${runningKernel()}.`);

/** So many runs that lose data by the model, and so many that do not. */
function randomPrograms(variant: KernelVariant, losing: number, keeping: number): Realized[] {
  const wanted = { lost: losing, right: keeping };
  const programs: Realized[] = [];
  for (let n = 0; wanted.lost + wanted.right > 0; n++) {
    const subject = makeSubject(randomProgram(makeRng(`native:${n}`), `case-${n}`, "realizable"), variant);
    const walk = randomWalk(makeRng(`native:${n}:walk`));
    for (let i = 0; i < 10; i++) {
      subject.engine.run(walk);
      const verdict = subject.engine.verdict.has(Oracle.CONTENT) ? "lost" : "right";
      if (wanted[verdict] === 0) continue;
      const made = programOfRun(subject, choicesOf(subject.engine));
      if ("problems" in made) continue;
      wanted[verdict]--;
      programs.push(made);
      break;
    }
  }
  return programs;
}

describe.runIf(problems.length === 0)("the machine's own kernel", () => {
  it("loses and keeps data as measured, and nothing stays mounted", async ({ skip }) => {
    const programs = [4096, 1024].flatMap((block) => table.map(({ make }) => make(block)));
    const results = await runNative(programs, { repeat: 2, imageDir });
    const failed = (verdict: string) => verdict !== "right" && verdict !== "lost";
    expect(results.filter(({ verdict }) => failed(verdict)).map(({ output }) => output)).toEqual([]);
    expect(leftovers()).toEqual([]);
    skip(!known, `nothing was measured on ${runningKernel()}`);
    const lost = new Map(table.map(({ make, lost }) => [make(4096).name, lost as readonly string[]]));
    for (const { name, block, verdict } of results)
      expect({ name, block, verdict }).toEqual({
        name,
        block,
        verdict: lost.get(name)?.includes(series) ? "lost" : "right",
      });
  });

  it.runIf(model)("does with random programs what its model says", async () => {
    const programs = randomPrograms(model!, 5, 10);
    expect(programs.filter((p) => p.verdict === "lost")).toHaveLength(5);
    const results = await runNative(
      programs.map((p) => p.program),
      { repeat: 1 },
    );
    results.forEach((result, i) => {
      expect(result.verdict, result.output).toBe(programs[i]!.verdict);
    });
  });

  it("records traces whose every state is consistent", async () => {
    const requests = TRACE_KINDS.flatMap((kind) =>
      [4096, 1024].map((block) => ({ kind, block, seed: 7, ops: 40 })),
    );
    const traces: RecordedTrace[] = [];
    await recordAll(requests, (trace) => traces.push(trace));
    expect(traces).toHaveLength(requests.length);
    for (const { path, json } of traces) {
      const trace = JSON.parse(json);
      expect(trace.ops, path).toHaveLength(40);
      expect(trace.kernel).toBe(runningKernel());
      for (const op of trace.ops) {
        const bytes = Buffer.concat(
          op.rle.map(([n, c]: [number, number]) => Buffer.alloc(n, Math.max(c, 0))),
        );
        expect(bytes.length, `${path} ${op.i}`).toBe(op.size);
        if (typeof crc32 === "function")
          expect(crc32(bytes).toString(16).padStart(8, "0"), `${path} ${op.i}`).toBe(op.crc);
        expect(op.res).toMatch(/^([.cdpq]{16}|[01]{16})$/);
      }
      expect(trace.disk.size).toBe(trace.final.size);
    }
  });
});
