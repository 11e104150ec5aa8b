import { describe, expect, test } from "vitest";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import { printOp } from "../../src/scenario/language/print-ops.js";
import { parseFsxOps } from "../../src/scenario/reports/fsx.js";
import { looksLikeFsxOps } from "../../src/scenario/reports/fsx-ops-file.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

/** The operations as the language writes them, or the diagnostics. */
function read(text: string): string[] {
  const result = parseFsxOps(text, "ops.fsxops");
  if ("diagnostics" in result) return renderDiagnostics(result.diagnostics).trimEnd().split("\n");
  const { threads, file, setup } = result.scenario;
  expect({ file, setup, names: threads.map((thread) => thread.name) }).toEqual({
    file: { size: 0, block: 4096, page: 4096 },
    setup: [],
    names: ["fsx"],
  });
  return threads.flatMap(({ ops }) => ops).map((op) => printOp(op).slice(2, -2));
}

// The sequences of fstests generic/469, 499 and 511, by their published numbers.
const TRUNCATE_DOWN = [
  "fallocate 0x0 0x1000 0x0 keep_size",
  "write 0x0 0x1000 0x0",
  "truncate 0x0 0x10 0x1000",
  "punch_hole 0x0 0x10 0x10",
  "mapread 0x0 0x10 0x10",
];

test("what the replay does otherwise than the file says is noted", () => {
  const lines = [
    "write 0x0 0x2000 0x0 close_open",
    "skip write 0x0 0x1000 0x0",
    "skip write 0x0 0x1000 0x0",
    "read 0x1000 0x3000 0x2000",
    "write 0x0 0x1000 0x2000 keep_size",
    "punch_hole 0x0 0x0 0x2000",
  ];
  expect(notes(lines)).toEqual([
    "2 operations are left out by skip",
    "1 operation is folded into the file's size",
    "1 operation is made without keep_size, which changes nothing there",
    "1 operation is left out: there is nothing of the file at its place",
  ]);
  expect(
    notes(["write 0x0 0x2000 0x0", "read 0x0 0x2000 0x2000", "fallocate 0x0 0x10 0x2000 keep_size"]),
  ).toBe(undefined);
});

function notes(lines: readonly string[]): readonly string[] | undefined {
  const result = parseFsxOps(`${lines.join("\n")}\n`, "ops.fsxops");
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario.notes;
}

describe("published sequences", () => {
  test.each([
    [
      "generic/469, first",
      TRUNCATE_DOWN,
      ["fallocate: 0..4k, keep-size: true", "write: 0..4k", "truncate: 16", "punch: 0..16", "load: 0..4k"],
    ],
    [
      "generic/469, without punch",
      TRUNCATE_DOWN.filter((line) => !line.startsWith("punch")),
      ["fallocate: 0..4k, keep-size: true", "write: 0..4k", "truncate: 16", "load: 0..4k"],
    ],
    [
      "generic/469, without keep_size",
      ["fallocate 0x0 0x1000 0x0", ...TRUNCATE_DOWN.slice(1)],
      ["fallocate: 0..4k", "write: 0..4k", "truncate: 16", "punch: 0..16", "load: 0..4k"],
    ],
    [
      "generic/469, original",
      [
        "fallocate 0x35870 0xa790 0x0 keep_size",
        "write 0x2aa50 0xc37f 0x0",
        "truncate 0x0 0x36dcd 0x36dcf",
        "zero_range 0x35849 0x1584 0x36dcd",
        "mapread 0x361c8 0xc05 0x36dcd",
      ],
      [
        "fallocate: 0x35870..256k, keep-size: true",
        "write: 0x2aa50..0x36dcf",
        "truncate: 0x36dcd",
        "zero: 0x35849..0x36dcd",
        "load: 0x361c8..220k",
      ],
    ],
    [
      "generic/499, its collapse left out",
      [
        "fallocate 0x77e2 0x5f06 0x269a2 keep_size",
        "mapwrite 0x2e7fc 0x42ba 0x3f989",
        "write 0x67a9 0x714e 0x3f989",
        "write 0x39f96 0x185a 0x3f989",
        "skip collapse_range 0x36000 0x8000 0x3f989",
        "mapread 0x74c0 0x1bb3 0x3e2d0",
        "truncate 0x0 0x8aa2 0x3e2d0",
        "zero_range 0x1265 0x783d 0x8aa2",
        "mapread 0x7bd8 0xeca 0x8aa2",
      ],
      [
        "fallocate: 0x77e2..0xd6e8, keep-size: true",
        "truncate: 0x32ab6",
        "store: 0x2e7fc..0x32ab6",
        "msync: 0x2e7fc..0x32ab6",
        "load: 0x32ab6..204k",
        "write: 0x67a9..0xd8f7",
        "write: 0x39f96..0x3b7f0",
        "load: 0x74c0..0x9073",
        "truncate: 0x8aa2",
        "zero: 0x1265..0x8aa2",
        "load: 0x7bd8..36k",
      ],
    ],
    [
      "generic/511",
      [
        "truncate 0x0 0x1f0d6 0x380e1",
        "write 0x1ad87 0x6c99 0x180d6",
        "zero_range 0x14426 0xd3aa 0x21a20 keep_size",
        "mapread 0x1f69a 0x2386 0x21a20",
      ],
      [
        "truncate: 0x1f0d6",
        "write: 0x1ad87..0x21a20",
        "zero: 0x14426..0x217d0, keep-size: true",
        "load: 0x1f69a..136k",
      ],
    ],
  ])("%s", (_title, lines, ops) => {
    expect(read(`# comment\n\n${lines.join("\n")}\n`)).toEqual(ops);
  });
});

test.each([
  [
    "decimal and octal numbers, flags that change nothing",
    "write 4096 010 0 close_open *",
    ["write: 4k..0x1008", "close: {}"],
  ],
  [
    "tabs, CRLF and no line end",
    "\twrite\t0x0\t0x10\t0x0\r\nread 0 0x10 0x10\r",
    ["write: 0..16", "read: 0..16"],
  ],
  [
    "a read past the end is folded and cut",
    "write 0 0x100 0\nread 0x150 0x100 0x100",
    ["write: 0..256", "read: 80..256"],
  ],
  ["a read of an empty file is left out", "read 0 0x10 0\nwrite 0 1 0", ["write: 0..1"]],
  [
    "empty operations are left out",
    "write 0 0 0\nmapwrite 5 0 0\nzero_range 4 0 0\nfsync 0 0 0",
    ["fsync: {}"],
  ],
  [
    "a mapped write inside the file only stores",
    "truncate 0 0x2000 0\nmapwrite 0x10 0x10 0x2000",
    ["truncate: 8k", "store: 16..32", "msync: 16..32"],
  ],
  [
    "the size follows fallocate and zero_range unless kept",
    "fallocate 0 0x100 0\nzero_range 0x100 0x80 0x100\nzero_range 0x180 0x80 0x180 keep_size\nread 0 0x1000 0x180",
    ["fallocate: 0..256", "zero: 256..384", "zero: 384..512, keep-size: true", "read: 0..384"],
  ],
  [
    "a write inside the file does not shrink it",
    "write 0 0x100 0\nwrite 0 0x10 0x100\nread 0x50 0x10 0x100",
    ["write: 0..256", "write: 0..16", "read: 80..96"],
  ],
  [
    "a mapped read looks behind the end only from the last page",
    "truncate 0 0x1800 0\nmapread 0 0x1000 0x1800\nmapread 0 0x1001 0x1800",
    ["truncate: 6k", "load: 0..4k", "load: 0..8k"],
  ],
  [
    "skipped operations are checked but not done",
    "skip copy_range 0 1 2 3 keep_size\nskip fallocate 0 1 2 unshare\nwrite 0 1 0",
    ["write: 0..1"],
  ],
])("%s", (_title, text, ops) => {
  expect(read(text)).toEqual(ops);
});

test.each([
  [
    "an empty file",
    "# nothing\n",
    [
      "ops.fsxops:1:1: error: expected at least one fsx operation that does something",
      " 1 | # nothing",
      "   | ^",
    ],
  ],
  [
    "a misspelt operation, a bad number, a missing number, a bad flag",
    "wirte 0 1 2\nwrite 0 1q 2\ntruncate 0 1\nread 0 1 2 keepsize\n",
    [
      "ops.fsxops:1:1: error: expected an fsx operation: read, write, mapread,",
      "    mapwrite, truncate, fallocate, punch_hole, zero_range, collapse_range,",
      "    insert_range, clone_range, dedupe_range, copy_range, exchange_range, fsync,",
      '    write_zeroes, write_atomic, write_dontcache or read_dontcache; found "wirte"',
      " 1 | wirte 0 1 2",
      "   | ^^^^^",
      '   = did you mean "write"?',
      'ops.fsxops:2:9: error: expected a number below 2^53 such as 0x1000, found "1q"',
      " 2 | write 0 1q 2",
      "   |         ^^",
      "ops.fsxops:3:1: error: expected 3 numbers after truncate, found 2",
      " 3 | truncate 0 1",
      "   | ^^^^^^^^",
      "ops.fsxops:4:12: error: expected keep_size, close_open, unshare or *, found",
      '    "keepsize"',
      " 4 | read 0 1 2 keepsize",
      "   |            ^^^^^^^^",
    ],
  ],
  [
    "an operation without a path in the model",
    "write 0 1 0\n  dedupe_range 0x0 0x1000 0x2000 0x3000\n",
    [
      "ops.fsxops:2:3: error: the model has no dedupe: no extents are shared",
      " 2 |   dedupe_range 0x0 0x1000 0x2000 0x3000",
      "   |   ^^^^^^^^^^^^",
      "   = --leave-out dedupe answers for the rest, which is no verdict on the whole",
    ],
  ],
  [
    "an end past 2^53",
    "write 0x1fffffffffffff 1 0\n",
    [
      "ops.fsxops:1:1: error: offsets and sizes must be below 2^53",
      " 1 | write 0x1fffffffffffff 1 0",
      "   | ^^^^^",
    ],
  ],
  [
    "more pages than the machine is built for",
    "write 0 0x1001000 0\n",
    [
      "ops.fsxops:1:1: error: expected operations to touch at most 4096 pages",
      " 1 | write 0 0x1001000 0",
      "   | ^^^^^",
      "   = keep only those that touch the pages in question",
    ],
  ],
])("%s is refused", (_title, text, shown) => {
  expect(read(text)).toEqual(shown);
});

test("what is read is a scenario that the language can print and read", () => {
  const result = parseFsxOps(TRUNCATE_DOWN.join("\n"), "dir/junk 1.fsxops");
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  expect(result.scenario.name).toBe("junk-1.fsxops");
  expect(parseScenario(printScenario(result.scenario), "a.yaml")).toEqual(result);
});

test("operation files are told from scenarios", () => {
  expect(looksLikeFsxOps(`# x\n\n${TRUNCATE_DOWN.join("\n")}`)).toBe(true);
  expect(looksLikeFsxOps("skip collapse_range 0x0 0x1 0x2\n")).toBe(true);
  expect(looksLikeFsxOps("name: x\nfile: { size: 0 }\n")).toBe(false);
  expect(looksLikeFsxOps("constructor 0x0 0x1\n")).toBe(false);
  expect(looksLikeFsxOps("")).toBe(false);
});
