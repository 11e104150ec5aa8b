import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyBudget } from "../../src/scenario/budget.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import { type Scenario, WHOLE } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { anyScenario } from "./arbitrary.js";

test("any scenario is printed so that it parses back to itself", () => {
  fc.assert(
    fc.property(
      anyScenario,
      fc.array(fc.string({ unit: "grapheme" }), { maxLength: 2 }),
      (scenario, header) => {
        const text = printScenario(
          scenario,
          header.map((line) => line.replace(/\p{Cc}/gu, "\n")),
        );
        const result = parseScenario(text, "a.yaml");
        if ("diagnostics" in result) throw new Error(`${text}\n${renderDiagnostics(result.diagnostics)}`);
        expect(result.scenario).toEqual(scenario);
        expect(printScenario(result.scenario)).toBe(printScenario(scenario));
      },
    ),
    { numRuns: 500 },
  );
});

const FULL: Scenario = {
  name: "unwritten-tail",
  about: "A write: it loses data.",
  source: "RFC 2022-09-21; fstests xfs/559",
  file: { size: 12288, block: 1024, page: 16384 },
  setup: [
    { kind: "fallocate", from: 0, to: 12288, keepSize: true },
    { kind: "write", from: 10240, to: 12288, faultAt: 11264 },
  ],
  threads: [
    { name: "writer", ops: [{ kind: "write", from: 0, to: 0x600 }] },
    {
      name: "other",
      ops: [
        { kind: "fsync", ...WHOLE },
        { kind: "truncate", from: 0, to: 0 },
        { kind: "fadvise", from: 0, to: 4096 },
      ],
    },
    { name: "idle", ops: [] },
  ],
  budget: { ...emptyBudget(), shortAllocation: 1, evictions: 2, faults: 0 },
  oracles: ["content", "backing"],
  expect: [
    { kernel: "6.0", expect: ["content"], kind: "content zero" },
    { kernel: "cured", expect: "ok" },
  ],
  variants: [{ base: "6.2", with: [], without: ["validate"], expect: "mismatch" }],
  reached: ["write-map-stale-at-folio"],
  schedule: [
    { kind: "until", thread: "writer", step: "__iomap_write_begin", at: 8192 },
    { kind: "step", thread: "other", count: 1 },
    { kind: "step", thread: "other", count: 3 },
    { kind: "choose", choice: "short-allocation", value: 1 },
    { kind: "end", thread: "kworker/1" },
  ],
  order: [{ before: { thread: "writer", step: "a" }, after: { thread: "other", step: "b", at: 4096 } }],
};

test("the printed form is what a person would have written", () => {
  expect(printScenario(FULL, ["found by fuzz", "", "seed 1\nrun 2"])).toBe(`# found by fuzz
#
# seed 1
# run 2
name: unwritten-tail
about: "A write: it loses data."
source: RFC 2022-09-21; fstests xfs/559
file: { size: 12k, block: 1k, page: 16k }
setup:
  - { fallocate: 0..12k, keep-size: true }
  - { write: 10k..12k, fault-at: 11k }
threads:
  writer: [{ write: 0..0x600 }]
  other:
    - { fsync: {} }
    - { truncate: 0 }
    - { fadvise: 0..4k }
  idle: []
budget: { short-allocation: 1, evictions: 2, faults: 0 }
oracles: [content, backing]
expect:
  "6.0": { verdict: content, kind: content zero }
  cured: ok
variants:
  - { base: "6.2", without: [validate], expect: mismatch }
reached: [write-map-stale-at-folio]
schedule:
  - writer until __iomap_write_begin@8k
  - other step
  - other step 3
  - { choose: short-allocation=1 }
  - kworker/1 end
order:
  - writer:a < other:b@4k
`);
});
