import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScenario, parseVariant } from "../../src/scenario/language/parse.js";
import { type Scenario, WHOLE } from "../../src/scenario/types.js";
import { type Diagnostic, renderDiagnostic, renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { MALFORMED } from "./malformed-table.js";
import { WORDS } from "./words.js";

const EXAMPLES = new URL("../../scenarios/examples/", import.meta.url);

function scenarioOf(text: string): Scenario {
  const result = parseScenario(text, "a.yaml", WORDS);
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

function diagnosticsOf(text: string): Diagnostic[] {
  const result = parseScenario(text, "a.yaml", WORDS);
  return "diagnostics" in result ? result.diagnostics : [];
}

const DESIGN_EXAMPLE = `name: unwritten-tail
about: A write zeroes the tail of a page whose unwritten extent was converted after the write had mapped it.
source: RFC 2022-09-21; fixed by 304a68b9c63b; fstests xfs/559
file: { size: 12k, block: 4k }            # page 4k unless said
setup:
  - fallocate: 0..12k
  - write: 10k..12k
threads:
  writer:   [ { write: 0..10k } ]
  flusher:  [ { writeback: 8k..12k } ]
  reclaim:  [ { evict: 8k..12k } ]
expect: { "6.0": mismatch, rfc-v1: mismatch, 6.2: { verdict: [content, backing], kind: "content: older data" }, cured: ok }
variants: [ { base: rfc-v1, with: [cookie-under-ilock], expect: ok } ]
reached: [ write-map-stale-at-folio ]
schedule: [writer until __iomap_write_begin@8k, flusher end, kworker/1 end, {choose: short-allocation=1}, writer step 2]
order: [ "writer:__iomap_write_begin@8k < flusher:iomap_writepages", reclaim:iomap_writepages<writer:iomap_writepages ]
`;

test("the example of the design gives the scenario it shows", () => {
  expect(scenarioOf(DESIGN_EXAMPLE)).toEqual({
    name: "unwritten-tail",
    about:
      "A write zeroes the tail of a page whose unwritten extent was converted after the write had mapped it.",
    source: "RFC 2022-09-21; fixed by 304a68b9c63b; fstests xfs/559",
    file: { size: 12288, block: 4096, page: 4096 },
    setup: [
      { kind: "fallocate", from: 0, to: 12288 },
      { kind: "write", from: 10240, to: 12288 },
    ],
    threads: [
      { name: "writer", ops: [{ kind: "write", from: 0, to: 10240 }] },
      { name: "flusher", ops: [{ kind: "writeback", from: 8192, to: 12288 }] },
      { name: "reclaim", ops: [{ kind: "evict", from: 8192, to: 12288 }] },
    ],
    budget: {
      shortAllocation: 0,
      allocationFailure: 0,
      reservationFailure: 0,
      deviceError: 0,
      shortCopy: 0,
      fatalSignal: 0,
      evictions: 0,
    },
    expect: [
      { kernel: "6.0", expect: "mismatch" },
      { kernel: "rfc-v1", expect: "mismatch" },
      { kernel: "6.2", expect: ["content", "backing"], kind: "content: older data" },
      { kernel: "cured", expect: "ok" },
    ],
    variants: [{ base: "rfc-v1", with: ["cookie-under-ilock"], without: [], expect: "ok" }],
    reached: ["write-map-stale-at-folio"],
    schedule: [
      { kind: "until", thread: "writer", step: "__iomap_write_begin", at: 8192 },
      { kind: "end", thread: "flusher" },
      { kind: "end", thread: "kworker/1" },
      { kind: "choose", choice: "short-allocation", value: 1 },
      { kind: "step", thread: "writer", count: 2 },
    ],
    order: [
      {
        before: { thread: "writer", step: "__iomap_write_begin", at: 8192 },
        after: { thread: "flusher", step: "iomap_writepages" },
      },
      {
        before: { thread: "reclaim", step: "iomap_writepages" },
        after: { thread: "writer", step: "iomap_writepages" },
      },
    ],
  });
});

test("every operation of the language is read", () => {
  const { setup } = scenarioOf(`name: x
file: { size: 0x600, block: 512, page: 64k }
budget: { device-error: 2, evictions: 255 }
background: { writeback: 2 }
oracles: content
setup:
  - { write: 0..1m, fault-at: 8k, short-copy: 5k }
  - { store: 0..512 }
  - { load: 0..1K }
  - { read: 0x10..0x20 }
  - { writeback: 0..4k }
  - { fsync: {} }
  - { fsync: 0..4k }
  - { evict: 0..4k }
  - { truncate: 6k }
  - { fallocate: 0..4k, keep-size: true }
  - { punch: 0..4k }
  - { zero: 0..4k, keep-size: false }
  - { sync_file_range: 0..4k }
  - { fadvise: 0..4k }
`);
  expect(setup).toEqual([
    { kind: "write", from: 0, to: 1048576, faultAt: 8192, shortCopy: 5120 },
    { kind: "store", from: 0, to: 512 },
    { kind: "load", from: 0, to: 1024 },
    { kind: "read", from: 16, to: 32 },
    { kind: "writeback", from: 0, to: 4096 },
    { kind: "fsync", ...WHOLE },
    { kind: "fsync", from: 0, to: 4096 },
    { kind: "evict", from: 0, to: 4096 },
    { kind: "truncate", from: 6144, to: 6144 },
    { kind: "fallocate", from: 0, to: 4096, keepSize: true },
    { kind: "punch", from: 0, to: 4096 },
    { kind: "zero", from: 0, to: 4096 },
    { kind: "sync_file_range", from: 0, to: 4096 },
    { kind: "fadvise", from: 0, to: 4096 },
  ]);
});

test("the budget is read, and the background as threads and evictions", () => {
  const read = scenarioOf(
    "name: x\nfile: { size: 4k }\nsetup: [{ read: 0..8k }]\nbudget: { device-error: 2, evictions: 1, faults: 3 }\nbackground: { writeback: 2, evictions: 2 }\n",
  );
  expect(read.budget).toMatchObject({ deviceError: 2, evictions: 3, faults: 3 });
  const pass = { kind: "writeback", from: 0, to: 8192 };
  expect(read.threads).toEqual([
    { name: "writeback/1", ops: [pass] },
    { name: "writeback/2", ops: [pass] },
  ]);
});

test("without a vocabulary, words of the kernel are only checked for their form", () => {
  const text =
    "name: x\nfile: { size: 4k }\nsetup: [{ read: 0..4k }]\nexpect: { next: ok }\nreached: [never-heard-of]\n";
  expect(parseScenario(text, "a.yaml")).toHaveProperty("scenario");
  expect(diagnosticsOf(text).map((d) => d.line)).toEqual([4, 5]);
});

test("64 pages, 64 operations and 16 threads are allowed", () => {
  const threads = Array.from({ length: 16 }, (_, i) => `t${i}: [{ write: ${i * 16}k..${i * 16 + 16}k }]`);
  const setup = Array.from({ length: 64 }, () => "{ read: 0..4k }");
  const text = `name: x\nfile: { size: 0 }\nsetup: [${setup.join(", ")}]\nthreads: { ${threads.join(", ")} }\n`;
  expect(diagnosticsOf(text)).toEqual([]);
});

describe("malformed scenarios", () => {
  test.each([
    ["{", "a: ", 1, 603],
    ["[", "a: ", 1, 603],
    ["{", '"a":', 1, 805],
    ["{", "? ", 1, 402],
    ["{", "a:\n", 201, 2],
  ])("keys of keys of keys: %s%s", (open, key, line, column) => {
    const message = "expected at most 32 levels of nesting";
    expect(diagnosticsOf(`${open}${key.repeat(3000)}b\n`)).toMatchObject([{ line, column, message }]);
  });

  test("words of the text are cut in messages", () => {
    const [first] = diagnosticsOf(`name: &${"a".repeat(100_000)} *${"b".repeat(100_000)}\n`);
    expect(first?.message.length).toBeLessThan(300);
  });

  test.each(MALFORMED)("$title", ({ text, shown }) => {
    expect(renderDiagnostics(diagnosticsOf(text)).split("\n")).toEqual([...shown, ""]);
  });

  test("each is told apart by its title and fits a terminal", () => {
    expect(new Set(MALFORMED.map(({ title }) => title)).size).toBe(MALFORMED.length);
    expect(MALFORMED.length).toBeGreaterThanOrEqual(45);
    for (const line of MALFORMED.flatMap(({ shown }) => shown))
      expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe("hostile input", () => {
  const BIG = 1024 * 1024;
  const bomb = Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`).join("\n");
  test.each([
    ["one byte more than 1 MiB", " ".repeat(BIG + 1)],
    ["flow lists to the end", "[".repeat(BIG)],
    ["flow maps to the end", "{a: ".repeat(BIG / 4)],
    ["compact lists to the end", "- ".repeat(BIG / 2)],
    ["keys to the end", "? ".repeat(BIG / 2)],
    ["ever deeper blocks", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
    ["many keys", "a: b\n".repeat(BIG / 5)],
    ["many different keys", Array.from({ length: 90_000 }, (_, i) => `k${i}: b`).join("\n")],
    ["commas", `[${",".repeat(BIG - 1)}`],
    ["aliases", bomb],
    ["documents", "---\n".repeat(BIG / 4)],
    ["directives", "%a\n".repeat(BIG / 3)],
    ["an open quote", `a: "${"\\".repeat(BIG - 4)}`],
    ["a long word", `name: ${"x".repeat(BIG - 6)}`],
    ["a long key", `${"x".repeat(BIG - 4)}: y`],
    ["line ends", "\n".repeat(BIG)],
    ["spaces", `${" ".repeat(BIG - 4)}a: b`],
    ["quantities", `name: x\nfile: { size: ${"9".repeat(BIG / 2)}k }`],
    ["lone surrogates", "\uD800: \uDC00"],
    ["prototype keys", "__proto__: { a: b }\nconstructor: x\ntoString: y"],
  ])("%s: refused soon, with few diagnostics", (_title, text) => {
    const started = performance.now();
    const found = diagnosticsOf(text);
    const shown = renderDiagnostics(found);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(50);
    expect(shown.length).toBeLessThan(50_000);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test("any text is either a scenario or refused, and every diagnostic can be shown", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "name: x\n",
        "file: { size: 4k }\n",
        "setup:\n",
        "  - ",
        "{ write: 0..4k }\n",
        "threads: ",
        "&a ",
        "*a ",
      ),
      fc.constantFrom(
        "[",
        "]",
        "{",
        "}",
        ": ",
        "- ",
        "\t",
        "\r\n",
        "\0",
        '"',
        "'",
        "|\n",
        ">\n",
        "!!x ",
        "# ",
        "---\n",
        "\uFEFF",
        "? ",
        "<",
      ),
      fc.string({ maxLength: 5, unit: "binary" }),
    );
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (source) => {
        const result = parseScenario(source, "a.yaml", WORDS);
        if ("scenario" in result) return;
        expect(result.diagnostics.length).toBeGreaterThan(0);
        for (const found of result.diagnostics) {
          expect(found.column + found.length - 1).toBeLessThanOrEqual(found.source.length + 1);
          for (const line of renderDiagnostic(found).split("\n")) expect(line).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 2000, examples: [["[{]\r\nname: x\n"]] },
    );
  });
});

test("a variant file names a kernel with fixes added and removed", () => {
  const text = "name: mine\nbase: '6.2'\nwithout: [validate]\n";
  expect(parseVariant(text, "v.yaml", WORDS)).toEqual({
    variant: { name: "mine", base: "6.2", with: [], without: ["validate"] },
  });
  const wrong = parseVariant("base: 6.3\nwith: [valdate]\n", "v.yaml", WORDS);
  expect("diagnostics" in wrong && wrong.diagnostics.map((d) => [d.line, d.nearest])).toEqual([
    [1, "6.0"],
    [2, "validate"],
  ]);
});

describe("the examples", () => {
  test.each(readdirSync(EXAMPLES))("%s is right and named after its file", (file) => {
    const scenario = scenarioOf(readFileSync(new URL(file, EXAMPLES), "utf8"));
    expect(`${scenario.name}.yaml`).toBe(file);
  });
});
