/** What fsx prints, as mail and bug trackers leave it, and what is made of it. Numbers are from public reports. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { printOp } from "../../src/scenario/language/print-ops.js";
import { parseFsxLog, parseFsxOps } from "../../src/scenario/reports/fsx.js";
import { looksLikeFsxLog, readFsxLog } from "../../src/scenario/reports/fsx-dump.js";
import type { HowRead } from "../../src/scenario/reports/how-read.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

function read(text: string, how: HowRead = {}, parse = parseFsxLog): Scenario {
  const result = parse(text, "a.log", how);
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

function ops(text: string, how: HowRead = {}, parse = parseFsxLog): string[] {
  return read(text, how, parse).threads.flatMap((thread) => thread.ops.map((op) => printOp(op).slice(2, -2)));
}

const TABLE = `READ BAD DATA: offset = 0xe9ba, size = 0x6dd5, fname = junk
OFFSET      GOOD    BAD     RANGE
0xe9ba      0x0000  0x03ac  0x0
operation# (mod 256) for the bad data may be 3
`;
const DUMP = `LOG DUMP (4 total operations):
1(  1 mod 256): WRITE    0x6c62 thru 0x1147d\t(0xa81c bytes) HOLE\t***WWWW
2(  2 mod 256): TRUNCATE DOWN\tfrom 0x1147e to 0x5448\t******WWWW
3(  3 mod 256): ZERO     0x1c7aa thru 0x28fe2\t(0xc839 bytes)
4(  4 mod 256): MAPREAD  0xe9ba thru 0x1578e\t(0x6dd5 bytes)\t***RRRR***
`;
const PLAIN = [
  "write: 0x6c62..0x1147e",
  "truncate: 0x5448",
  "zero: 0x1c7aa..0x28fe3",
  "load: 0xe9ba..0x1578f",
];

describe("a dump is read", () => {
  const lines = (change: (line: string) => string) => DUMP.split("\n").map(change).join("\n");
  it.each<[string, string]>([
    ["as it is", TABLE + DUMP],
    ["quoted in a mail", lines((line) => `> > ${line}`)],
    ["as a diff", lines((line) => `    +${line}`)],
    ["with blanks for tabs", DUMP.replaceAll("\t", "   ")],
    ["with times and an id", lines((line) => `[ 1234.5678] g363: ${line}`)],
    ["of an older fsx", DUMP.replace(/\( +(\d)/g, "($1")],
    ["with lines broken in two", DUMP.replaceAll("\t(", "\n> (").replaceAll(" thru", "\n  thru")],
    ["with lines broken in numbers", lines((line) => line.replace(/^(.{40})(?=.)/, "$1\n"))],
    [
      "with lines broken in numbers of a quoted mail",
      lines((line) => `> ${line.replace(/^(.{44})(?=.)/, "$1\n> ")}`),
    ],
    [
      "with sizes in decimal, too",
      DUMP.replace(/0x([0-9a-f]+)(?= (thru|to|bytes)|\n|\t|\))/g, (hex) => `${hex} (${Number(hex)})`),
    ],
    ["with CRLF", DUMP.replaceAll("\n", "\r\n")],
    [
      "with text around it",
      `Hi all,\n\nI ran generic/363:\n\n${TABLE}${DUMP}\nCorrect content saved\nThanks\n`,
    ],
    ["when a second one follows", `${DUMP}LOG DUMP (9 total operations):\n${DUMP}`],
    [
      "as -d prints it",
      "1 write\t0x6c62 thru\t0x1147d\t(0xa81c bytes)\tdontcache=0 atomic_wr=0\n" +
        "truncating to largest ever: 0x1\n2 trunc\tfrom 0x1147e to 0x5448\n" +
        "3 zero\tfrom 0x1c7aa to 0x28fe3, (0xc839 bytes)\n4 mapread\t0xe9ba thru\t0x1578e\t(0x6dd5 bytes)\n",
    ],
    [
      "as LTP of 2003 dumps it",
      DUMP.replace(/(\d)\( +\d mod 256\): /g, "$1: 1066666666.123456 ").replace("LOG DUMP", "\nLOG DUMP"),
    ],
    [
      "as others do, with decimal numbers beside",
      DUMP.replace(/\( +\d mod 256\)/g, "").replace(/(0x[0-9a-f]+)/g, (n) => `${n} (${Number(n)})`),
    ],
    [
      "as LTP of 2003 prints it live, with a dump behind it",
      "000001 1516719230.853913 write      0x006c62 thru 0x01147d\t(0xa81c bytes)\n" +
        "000002 1516719230.853913 trunc from 0x01147e  to  0x0168c5      (0x5448 bytes)\n" +
        DUMP.replace(/(\d)\( +\d mod 256\): /g, "$1: 1066666666.123456 "),
    ],
    [
      "in the diff of a test that ran several",
      `  QA output\n fsx -N 10 -r PSIZE -e 0 -l 99999999\n-fsx -N 10 -e 1 -Z\n+${DUMP.replaceAll("\n", "\n+")}fsx -e 1\n`,
    ],
    [
      "as LTP of 2023 tells it",
      "fsx-linux.c:197: TINFO: Writing at offset=27746, size=43036\nfsx-linux.c:133: TINFO: File size changed: 70782\n" +
        "fsx-linux.c:225: TINFO: Truncating to 21576\nx: zero 3\nfsx-linux.c:2: TINFO: Map reading at offset=0, size=21576\n",
    ],
  ])("%s", (title, text) => {
    expect(looksLikeFsxLog(text)).toBe(true);
    const expected = title.includes("2023") ? [...PLAIN.slice(0, 2), "load: 0..24k"] : PLAIN;
    expect(ops(text)).toEqual(expected);
  });
});

it("a first truncate of LTP is from 00000000, and a ring of operations counts back where it closes", () => {
  const text =
    "000001 1516719230.853913 trunc from 00000000  to  0x013e75      (0x13e76 bytes)\n" +
    "000002 1516719230.853914 read       00000000 thru 0x0000ff      (0x100 bytes)\n" +
    "READ BAD DATA: offset = 0x0, size = 0x100\nOFFSET  GOOD    BAD     RANGE\n0x00000 0x0206  000000   0x100\n";
  expect(ops(text)).toEqual(["truncate: 0x13e76", "read: 0..256"]);
  expect(read(text).sought).toEqual({ from: 0, to: 256 });
  const line = (n: number) => `${n}(${n % 256} mod 256): WRITE 0x${n}00 thru 0x${n}ff (0x100 bytes) EXTEND\n`;
  expect(ops([29, 30, 21, 22].map(line).join(""))).toHaveLength(4);
});

it("what else is text is none", () => {
  expect(looksLikeFsxLog("name: a\nfile: { size: 0 }\nsetup: [{ write: 0..4k }]\n")).toBe(false);
  expect(looksLikeFsxLog("1 write to the list\n2 read the answer\n")).toBe(false);
});

it.each<[string, string]>([
  ["cut", DUMP.replace(" to 0x5448", "")],
  ["not as long as it says", DUMP.replace("thru 0x28fe2", "thru 0x28f")],
])("a line that is %s says nothing, and the log is a part", (_, text) => {
  const scenario = read(text);
  expect(scenario.isPart).toBe(true);
  expect(scenario.notes?.join()).toMatch(/1 operation is left out.*damaged/);
  expect(ops(text)).toHaveLength(3);
});

it("what came before a log that begins late is not known, unless the file was empty", () => {
  const late = (text: string) => text.replace(/^\d(?=\()/gm, "10074$&");
  expect(read(late(DUMP)).isPart).toBe(true);
  const empty = `LOG DUMP (9 total operations):\n0(0 mod 256): TRUNCATE UP\tfrom 0x0 to 0x6c62\n`;
  expect(read(late(empty) + late(DUMP.split("\n").slice(1).join("\n"))).isPart).toBeUndefined();
});

it("the table says which bytes were wrong", () => {
  const scenario = read(TABLE + DUMP);
  expect(scenario.sought).toEqual({ from: 0xe9ba, to: 0xe9bb });
  expect(scenario.notes?.join()).toContain("at 0xe9ba 0x0000 was expected and 0x03ac found");
  expect(
    readFsxLog("Mapped Read: non-zero data past EOF (0x1fff) page offset 0x0 is 0x4fb1").badBytes,
  ).toEqual({
    from: 0x2000,
    to: 0x2001,
  });
  const old =
    "READ BAD DATA: offset = 0xa935, size = 0x85fd\nOFFSET GOOD BAD RANGE\n0x10f13 0x0d02 0x016b 0x 1ff8\n";
  expect(readFsxLog(old).badBytes).toEqual({ from: 0x10f13, to: 0x12f0b, good: "0x0d02", bad: "0x016b" });
});

describe("with -e bytes behind EOF are stored to before the size changes", () => {
  const polluted = [
    PLAIN[0],
    "store: 0x1147e..128k",
    PLAIN[1],
    "store: 0x5448..64k",
    PLAIN[2],
    "load: 0xe9ba..0x1578f",
  ];
  it.each<[string, string, HowRead]>([
    ["by options", DUMP, { fsx: "-e 1", page: 65536, block: 4096 }],
    [
      "by the command line in the log",
      `# ltp/fsx -q -e 1 -N 4 -S 36386 junk\n${DUMP}`,
      { page: 65536, block: 4096 },
    ],
  ])("%s", (_, text, how) => {
    expect(ops(text, how)).toEqual(polluted);
    expect(read(text, how).file).toEqual({ size: 0, page: 65536, block: 4096 });
  });

  it("by comment lines of an operation file", () => {
    const text =
      "# options: -e 1\n# page size: 64k, block 4k\nwrite 0x6c62 0xa81c 0x0\ntruncate 0x0 0x5448 0x1147e\nzero_range 0x1c7aa 0xc839 0x5448\nmapread 0xe9ba 0x6dd5 0x28fe3\n";
    expect(ops(text, {}, parseFsxOps)).toEqual(polluted);
  });

  it("by the options of mkfs and a comment in the log", () => {
    const head =
      "# page 64k\nMKFS_OPTIONS  -- -f -m crc=1,reflink=0 -b size=1024 /dev/vdc\n+# ltp/fsx -e 1 x\n";
    expect(read(head + DUMP).file).toEqual({ size: 0, page: 65536, block: 1024 });
    expect(ops(head + DUMP)).toEqual(polluted);
  });

  it("unless the log has it already, which is then read", () => {
    const live =
      "# fsx -d -e 1 x\n1 write 0x0 thru 0x9ff (0xa00 bytes)\n2 pollute_eof 0xa00 thru 0xfff (0x600 bytes)\n2 trunc from 0xa00 to 0x100\n";
    expect(ops(live)).toEqual(["write: 0..0xa00", "store: 0xa00..4k", "truncate: 256"]);
  });
});

it("options change what a replay does", () => {
  const file =
    "write 0x1234 0x100 0x0\nmapwrite 0x11234 0x100 0x1334\nmapread 0x1250 0x10 0x1334\npunch_hole 0 0x100 0x1334\n";
  expect(ops(file, { fsx: "-W -R -w 0x100 -r 512 -l 64k -H -y" }, parseFsxOps)).toEqual([
    "write: 0x1200..0x1300",
    "fsync: {}",
    "write: 0x1200..0x1300",
    "fsync: {}",
    "read: 0x1200..0x1210",
  ]);
});

describe("what the model does not have", () => {
  const CLONE =
    "1( 1 mod 256): WRITE 0x0 thru 0xffff (0x10000 bytes) EXTEND\n2( 2 mod 256): CLONE 0x0 thru 0xfff\t(0x1000 bytes) to 0x20000 thru 0x20fff\n3( 3 mod 256): TRUNCATE DOWN from 0x21000 to 0x10\n";
  const refusal = (text: string, how: HowRead = {}): string => {
    const result = parseFsxLog(text, "a.log", how);
    return "diagnostics" in result ? renderDiagnostics(result.diagnostics) : "read";
  };

  it("is named with its place", () => {
    expect(refusal(CLONE)).toMatch(/^a.log:2:16: error: the model has no reflink[\s\S]*--leave-out clone/);
    expect(refusal(CLONE.replace("CLONE", "XCHG"))).toContain("the model has no exchange of ranges");
    expect(refusal(DUMP, { block: 65536 })).toContain("the model has no blocks larger than pages: 64k on 4k");
    expect(refusal(DUMP, { fsx: "-Z" })).toContain("the model has no direct I/O");
  });

  it("is left out when asked, and where the sizes part is said", () => {
    const scenario = read(CLONE, { leaveOut: ["clone"] });
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes).toEqual([
      "1 operation is left out, and this is about the rest: clone_range",
      "the sizes part at operation 3, a truncate: 0x21000 in the log, 0x10000 here",
    ]);
  });

  it("is seen to be direct I/O by reads and writes of whole sectors", () => {
    const line = (n: number) => `${n}(  ${n} mod 256): WRITE 0x${n}000 thru 0x${n}1ff (0x200 bytes) EXTEND\n`;
    const eight = [1, 2, 3, 4, 5, 6, 7, 8].map(line).join("");
    expect(refusal(eight)).toMatch(
      /no direct I\/O: reads and writes are whole\s+sectors, as with fsx -Z \(8 operations\)/,
    );
    const scenario = read(eight, { leaveOut: ["direct"] });
    expect(scenario).toMatchObject({ isPart: true, notes: ["8 operations are made as buffered ones"] });
    expect(refusal(eight.replace("0x11ff (0x200", "0x11fe (0x1ff"))).toBe("read");
  });

  it("copies go through the page cache where extents are not shared", () => {
    const copy = CLONE.replace("CLONE", "COPY");
    expect(ops(copy)).toEqual(["write: 0..64k", "copy_range: 0..4k, to: 128k", "truncate: 16"]);
    expect(refusal(CLONE + copy.replaceAll(/^\d/gm, (n) => `${Number(n) + 3}`))).toMatch(
      /no reflink[\s\S]*no copy_file_range/,
    );
  });
});

describe("a log that begins in the middle", () => {
  const from = (size: string) =>
    `224(224 mod 256): WRITE 0x100 thru 0x1ff (0x100 bytes)\n225(225 mod 256): TRUNCATE DOWN from ${size} to 0x10\n`;
  it("has a file of the size that it needs, and no clean verdict", () => {
    expect(read(from("0x1f747"))).toMatchObject({ file: { size: 0x1f747 }, isPart: true });
    expect(read(from("0x200"))).toMatchObject({ file: { size: 0x200 }, isPart: true });
  });
});

describe("a log that is not whole gives no clean verdict", () => {
  const dump = (...lines: string[]) => `LOG DUMP (${lines.length} total operations):\n${lines.join("\n")}\n`;
  const write = "1(  1 mod 256): WRITE    0x0 thru 0x4fff\t(0x5000 bytes)";
  const down = (n: number, from = "0x5000") => `${n}(  ${n} mod 256): TRUNCATE DOWN\tfrom ${from} to 0x1800`;
  const reads = (n: number, to = "17ff", bytes = "1800") =>
    `${n}(  ${n} mod 256): READ     0x0 thru 0x${to}\t(0x${bytes} bytes)`;
  const live = (...numbers: number[]) =>
    numbers.map((n) => `${n} write\t0x0 thru\t0xff\t(0x100 bytes)\n`).join("");

  it.each<[string, string, RegExp]>([
    [
      "with an operation missing",
      dump(write, down(3), reads(4)),
      /missing or out of order: line 3 is operation 3, behind 1:/,
    ],
    [
      "with operations left out",
      dump(write, "[ ... ]", reads(12, "4fff", "5000")),
      /line 4 is operation 12, behind 1:/,
    ],
    [
      "with lines that changed places",
      dump(write, down(3), reads(2)),
      /line 3 is operation 3, behind 1; so are 1 more/,
    ],
    ["without its end", dump(write, down(2)).replace("(2", "(12"), /says that it has 12, and 2 are there/],
    ["without its first operation", dump(down(2), reads(3)), /begins in the middle/],
    [
      "with another size",
      dump(write, down(2, "0x7000")),
      /line 3 is a truncate of a file of 0x7000 bytes, and the lines above lead to 0x5000/,
    ],
    [
      "with a read past EOF",
      dump(write, down(2), reads(3, "3fff", "4000")),
      /line 4 reads up to 0x4000, and the lines above lead to 0x1800/,
    ],
    ["that tells of every hundredth", live(100, 200).replace("100 ", "1 "), /operation 200, behind 1/],
    ["with another one behind", dump(write, down(2)) + dump(write), /another log, which was not read: cut/],
  ])("%s", (_, text, said) => {
    const { isPart, notes } = read(text);
    expect(isPart).toBe(true);
    expect(notes?.join()).toMatch(said);
  });

  it.each<[string, string]>([
    ["what fsx skipped", dump(write, "2(  2 mod 256): SKIPPED (no operation)", down(3))],
    ["what a live log does not number", live(1, 2, 5, 9)],
    ["a reopening of its own", dump(write, `${down(2)}\n3(  3 mod 256): CLOSE/OPEN`)],
  ])("%s is nothing missing", (_, text) => expect(read(text).isPart).toBeUndefined());
});

it.each(["+fsx", "    +fsx", "> +fsx", "+ltp/fsx", "fsx"])("the command of a diff is read: %s", (command) => {
  expect(readFsxLog(`${command} -q -N 100000 -Z /mnt/test/junk\n${DUMP}`).command).toContain("-Z");
});

it("whether a zero range kept the size is seen by what follows", () => {
  const log = (to: string) =>
    `1( 1 mod 256): WRITE 0x0 thru 0xff (0x100 bytes) EXTEND\n2( 2 mod 256): ZERO 0x80 thru 0x1ff (0x180 bytes)\n3( 3 mod 256): TRUNCATE UP from ${to} to 0x1000\n`;
  expect(ops(log("0x100"))[1]).toBe("zero: 128..512, keep-size: true");
  expect(ops(log("0x200"))[1]).toBe("zero: 128..512");
});

describe("long logs", () => {
  const write = (n: number) =>
    `${n} write\t0x${((n * 37) % 5000).toString(16)}000 thru\t0x${((n * 37) % 5000).toString(16)}0ff\t(0x100 bytes)\n`;
  const long = (n: number) => Array.from({ length: n }, (_, i) => write(i + 1)).join("");

  it("are cut to what touches the pages in question and what changes the size", () => {
    const scenario = read(`${long(12_000)}READ BAD DATA: offset = 0x25000, size = 0x100\n`);
    expect(scenario.isPart).toBe(true);
    expect(scenario.threads[0]?.ops.length).toBeLessThan(1000);
    expect(scenario.threads[0]?.ops.filter(({ from }) => from === 0x25000)).not.toHaveLength(0);
  });

  it("are read in linear time", { timeout: 20_000 }, () => {
    const text = long(100_000);
    expect(readFsxLog(text).calls).toHaveLength(100_000);
    expect(
      readFsxLog(`${"1 write ".repeat(100_000)}\n${" ".repeat(1_000_000)}\n${"fsx -".repeat(100_000)}`).calls,
    ).toHaveLength(0);
  });
});

it("public logs are read", () => {
  for (const file of ["05-clones.log", "10-mapped.log", "11-old.log", "12-live.log"])
    expect(looksLikeFsxLog(readFileSync(`test/data/public-reports/${file}`, "utf8")), file).toBe(true);
});
