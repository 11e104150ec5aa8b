/**
 * Kernel traces as text: both programs' lines, what they say of one file, and what is wrong with those that cannot be read.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import type { HowRead } from "../../src/scenario/reports/how-read.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

const FOLDER = "test/data/kernel-events";
const LOST = readFileSync(`${FOLDER}/lost-5.10.txt`, "utf8");
const TWO = readFileSync(`${FOLDER}/two-files-6.18.txt`, "utf8");

function scenarioOf(text: string, how: HowRead = {}) {
  const read = parseFile("t", text, how);
  if ("diagnostics" in read) throw new Error(renderDiagnostics(read.diagnostics));
  return read.scenario;
}

function refused(text: string, how: HowRead = {}): string {
  const read = parseFile("t", text, how);
  return "scenario" in read ? "read" : renderDiagnostics(read.diagnostics);
}

/** As trace-cmd report prints it. */
function asTraceCmd(text: string): string {
  const lines = text.split("\n").map((line) =>
    line
      .replace(/ sys_(\w+) -> /, " sys_exit_$1: ")
      .replace(/ sys_(\w+)\((.*)\)$/, " sys_enter_$1: $2")
      .replace(/\] [\w.]{4,5} /, "] "),
  );
  return ["cpus=2", ...lines].join("\n");
}

const programOf = (text: string, how?: HowRead) =>
  scenarioOf(text, how).threads.map(({ name, ops }) => [
    name,
    ops.map(({ kind, from, to }) => `${kind} ${from}..${to}`),
  ]);

describe("a kernel trace", () => {
  it("is read into the operations of its threads", () => {
    expect(programOf(LOST)).toEqual([
      [
        "race-115",
        ["fallocate 0..16384", "write 14336..16384", "write 0..13312", "fsync 0..Infinity", "read 0..16384"],
      ],
      [
        "race-3000",
        [
          "sync_file_range 0..16384",
          "writeback 4096..8192",
          "evict 0..4096",
          "evict 12288..16384",
          "sync_file_range 0..16384",
          "evict 4096..16384",
        ],
      ],
    ]);
  });

  it("has copies within the file, with what they read on the way and how far they got", () => {
    const copied = readFileSync(`${FOLDER}/copied-6.18.txt`, "utf8");
    const [first] = programOf(copied);
    expect(first).toEqual([
      "copy-12653",
      [
        "write 0..16384",
        "fsync 0..Infinity",
        "evict 0..16384",
        "read 0..16384",
        "copy_range 1000..7000",
        "copy_range 8192..16384",
        "fsync 0..Infinity",
      ],
    ]);
    expect(scenarioOf(copied).threads[0]?.ops.map(({ target }) => target)).toEqual([
      ...[undefined, undefined, undefined, undefined, 9000, 20000, undefined],
    ]);
    // From another file it is a write.
    const other = copied.replaceAll(/^.*xfs_file_splice_read.*\n/gm, "");
    expect(programOf(other)[0]?.[1]).toContain("write 9000..15000");
  });

  it("means the same as trace-cmd report prints it", () => {
    expect(scenarioOf(asTraceCmd(LOST)).threads).toEqual(scenarioOf(LOST).threads);
  });

  it("is of the inode that is asked for, by the number that ls or the trace has", () => {
    expect(programOf(TWO, { inode: 0x84 })).toEqual(programOf(TWO, { inode: 0x85 }));
  });

  it("begins with what the file was when it begins: extents that it finds, pages that never come", () => {
    const { file, setup } = scenarioOf(readFileSync(`${FOLDER}/begun-6.18.txt`, "utf8"));
    expect(file.size).toBe(20000);
    expect(setup.map(({ kind, from, to }) => `${kind} ${from}..${to}`)).toEqual([
      "write 0..20000",
      "fallocate 20480..32768",
      "fsync 0..Infinity",
      "evict 0..20000",
      ...[0, 4096, 8192, 12288].map((from) => `read ${from}..${from + 4096}`),
      "read 16384..20000",
    ]);
    expect(scenarioOf(LOST).setup).toEqual([]);
  });

  it("says what size its blocks are", () => {
    expect(scenarioOf(LOST).file.block).toBe(4096);
    const small = LOST.replace(/count 4096 fork/g, "count 1024 fork");
    expect(scenarioOf(small).file.block).toBe(1024);
  });
});

const withLine = (text: string) => LOST.split("\n").toSpliced(20, 0, text).join("\n");
const line = (n: number) => LOST.split("\n").slice(0, n).join("\n");

describe("a kernel trace that cannot be read says so", () => {
  it.each([
    ["two files", TWO, "several files", "--inode: 0x84 ("],
    ["none", "  ls-1 [000] 1.5: sched_switch: prev_comm=ls\n", "no events of a file on XFS", "enable"],
    ["lost events", withLine("CPU:1 [LOST 5 EVENTS]"), "5 events of CPU 1 were lost", "larger buffer"],
    ["dropped events", withLine("CPU:1 [EVENTS DROPPED]"), "events of CPU 1 were lost", "larger buffer"],
    ["other lines", `${line(5)}\nhello world\n`, 'found "hello world"', "trace-cmd report"],
    ["time", `${LOST}\n${line(3)}`, "time of this event is before", ""],
    ["no range", LOST.replace(/.*sys_fallocate.*\n/g, ""), "which bytes fallocate", "syscalls"],
    ["a field", LOST.replace("startoff 0x0 ", ""), "without the fields", ""],
    [
      "too many",
      `${line(3)}\n${`${line(2).split("\n")[0]?.replace("sys_fallocate(fd: 3, mode: 0, offset: 0, len: 4000)", "xfs_file_fsync: dev 254:0 ino 0x17445")}\n`.repeat(10_001)}`.replace(
        /85\.\d+/g,
        "85.1",
      ),
      "more than 10000 operations",
      "cut the trace",
    ],
    ["direct I/O", LOST.replace(/buffered_write/g, "direct_write"), "no direct I/O", "--leave-out direct"],
  ])("%s", (_, text, message, remedy) => {
    const said = refused(text).replace(/\s+/g, " ");
    expect(said).toContain(message);
    expect(said).toContain(remedy);
  });

  it("but lines that are not of one run are none of any kernel's", () => {
    const { observed } = scenarioOf(LOST.replace("pos: 3800", "pos: 2800"));
    expect(observed?.contrary?.why).toContain("are not those of its call, pwrite64 of");
  });

  it("when the inode is none of it", () => {
    expect(refused(TWO, { inode: 7 }).replace(/\s+/g, " ")).toContain("no events of inode 0x7");
  });

  it("unless what was lost is of other times than the file's", () => {
    expect(programOf(`CPU:1 [LOST 5 EVENTS]\n${LOST}CPU:0 [LOST 1 EVENTS]\n`)).toEqual(programOf(LOST));
  });
});

describe("what calls give", () => {
  const OPEN = [
    "sys_openat(dfd: ffffffffffffff9c, filename: 7ffe, flags: 42, mode: 180)",
    "sys_openat -> 0x3",
  ];
  const WRITE = [
    "sys_pwrite64(fd: 3, buf: 55d0c0de, count: 1800, pos: 0)",
    "xfs_file_buffered_write: dev 254:16 ino 0x83 disize 0x0 pos 0x0 bytecount 0x1800",
    "sys_pwrite64 -> 0x1800",
  ];
  const TRUNCATE = ["sys_ftruncate(fd: 3, length: 1000)", "sys_ftruncate -> 0x0"];
  const SEEN = TRUNCATE.toSpliced(1, 0, "xfs_setattr: dev 254:16 ino 0x83");
  const READ = ["sys_pread64(fd: 3, buf: 55d0c0de, count: 1800, pos: 0)", "sys_pread64 -> 0x1800"];
  const TOLD = READ.toSpliced(
    1,
    0,
    "xfs_file_buffered_read: dev 254:16 ino 0x83 disize 0x1000 pos 0x0 bytecount 0x1800",
  );
  const trace = (...lines: string[]) =>
    lines.map((text, i) => `  xfs_io-1201 [001] ..... 100.${1000 + i}: ${text}\n`).join("");
  const short = (lines: string[], bytes: string) =>
    lines.map((text) => text.replace("-> 0x1800", `-> ${bytes}`));

  it.each<[string, string[], RegExp]>([
    [
      "a read beyond a size that was set",
      [...OPEN, ...WRITE, ...TRUNCATE, ...READ],
      /^pread64 at 0 gives 6144 .* at 4096/,
    ],
    ["the same where it shows", [...WRITE, ...SEEN, ...TOLD], /^pread64 at 0 gives 6144 .* at 4096/],
    ["a read beyond a short write", [...short(WRITE, "0x800"), ...READ], /ends at 2048/],
  ])("%s is of no run", (_, lines, why) => {
    expect(scenarioOf(trace(...lines)).observed?.contrary?.why).toMatch(why);
    expect(scenarioOf(asTraceCmd(trace(...lines))).observed?.contrary?.why).toMatch(why);
  });

  it.each<[string, string[]]>([
    ["within the file", [...WRITE, ...SEEN, ...short(TOLD, "0x1000")]],
    [
      "of a file whose size was told",
      [...WRITE, ...SEEN, ...TOLD.map((text) => text.replace("0x1000", "0x1800"))],
    ],
    ["of another file", [...WRITE, ...TRUNCATE, "sys_close(fd: 3)", "sys_close -> 0x0", ...OPEN, ...READ]],
    ["while a write goes on", [...WRITE.slice(0, 2), ...READ.map((text) => text)]],
  ])("a read %s is", (_, lines) => {
    const two = lines.length === 4 ? trace(...lines).replace(/1201(.*pread)/g, "1202$1") : trace(...lines);
    expect(scenarioOf(two).observed?.contrary).toBeUndefined();
  });

  it("a size that is set without an event is, where the descriptor tells the file", () => {
    const { threads, notes } = scenarioOf(trace(...WRITE, ...TRUNCATE));
    expect(threads[0]?.ops.map(({ kind }) => kind)).toEqual(["write", "truncate"]);
    expect(notes).toBeUndefined();
  });

  it("a call of which nothing was made is said", () => {
    const ioctl = ["sys_ioctl(fd: 3, cmd: 5, arg: 0)", "sys_ioctl -> 0x0"];
    expect(scenarioOf(trace(...WRITE, ...ioctl, ...ioctl)).notes).toEqual([
      "calls of the file that are not used: ioctl (2)",
    ]);
    expect(
      scenarioOf(trace(...WRITE, ...TRUNCATE.map((text) => text.replace("fd: 3", "fd: 9")))).notes,
    ).toEqual(["calls that are not used, as no event says of which file they are: ftruncate"]);
  });
});
