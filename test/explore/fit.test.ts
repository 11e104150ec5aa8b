/**
 * Traces of kernels against the model: one of each is a run of its own kernel's model, with the loss that the kernel showed,
 * and with any event changed it is none, which is said of that event.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import { examine } from "../../src/explore/finding/finding.js";
import { subjectOf } from "../../src/explore/run/subject.js";
import { doJob } from "../../src/tasks/index.js";
import { variantOf } from "../kernel/drive.js";

const read = (file: string) => readFileSync(`test/data/kernel-events/${file}`, "utf8");
const LOST = read("lost-5.10.txt");

function fitted(text: string, kernel: string, inode?: number) {
  const parsed = parseFile("t", text, { inode });
  if ("diagnostics" in parsed) return { refusedAt: parsed.diagnostics[0]?.line } as const;
  const { scenario } = parsed;
  const variant = variantOf(kernel);
  const fit = doJob({ kind: "fit", subject: { scenario, variant }, mask: -1 });
  return { ...fit, refusedAt: fit.misfit?.event.line, scenario, variant };
}

describe("a trace of racing threads", () => {
  it("shows where 5.10 lost its bytes, as a run that can be followed", () => {
    const fit = fitted(LOST, "5.10");
    if (!("shows" in fit)) throw new Error("it was not read");
    const { isPossible, right, shows, choices = [], scenario, variant } = fit;
    expect({ isPossible, right, ...shows }).toEqual({
      isPossible: true,
      right: 0,
      kind: "content: write -> zero, UNWRITTEN map over WRITTEN",
      range: [14336, 16384],
    });
    const { observed: _, ...program } = scenario;
    expect(examine(subjectOf({ scenario: program, variant }), choices)?.kind).toBe(shows?.kind);
  });

  it("shows where 6.18 lost a store to a write that failed", () => {
    expect(fitted(read("lost-6.18.txt"), "6.18")).toMatchObject({
      isPossible: true,
      right: 0,
      shows: { kind: "content: store -> zero", range: [4096, 6144] },
    });
  });

  it("is none of a kernel that copies by large folios", () => {
    expect(fitted(LOST, "6.18")).toMatchObject({ isPossible: false, refusedAt: 21 });
  });

  it("has what copies within the file read and write", () => {
    expect(fitted(read("copied-6.18.txt"), "6.18")).toMatchObject({ isPossible: true });
  });

  it("is right where it went well, from wherever it begins", () => {
    expect(fitted(read("begun-6.18.txt"), "6.18")).toMatchObject({ isPossible: true, found: 0 });
    // A page of what was written back by one large folio is so again by one of its own.
    expect(fitted(read("small-folios-6.18.txt"), "6.18")).toMatchObject({ isPossible: true, found: 0 });
    expect(fitted(read("two-files-6.18.txt"), "6.18", 0x85)).toMatchObject({ isPossible: true, found: 0 });
  });
});

/** Events, and which of their numbers is changed. */
const CHANGES = [
  ["xfs_file_buffered_write", /offset 0x(\w+)/],
  ["xfs_iomap_found", /size 0x(\w+)/],
  ["xfs_iomap_found", /blockcount 0x(\w+)/],
  ["mm_filemap_add_to_page_cache", /ofs=(\w+)/],
  ["iomap_writepage", /offset (\w+)/],
  ["xfs_map_blocks_found", /startoff 0x(\w+)/],
  ["iomap_apply_dstmap", /type (\w+)/],
  ["xfs_zero_eof", /isize 0x(\w+)/],
  ["xfs_zero_eof", /offset 0x(\w+)/],
  ["xfs_zero_eof", /count (\d+)/],
  ["iomap_apply", /pos (\d+)/],
  ["xfs_iomap_found", / count (\d+)/],
  ["iomap_apply_dstmap", /offset (\d+)/],
  ["iomap_writepage", /length (\w+)/],
  ["xfs_map_blocks_found", / count (\d+)/],
  ["iomap_readahead", /nr_pages (\d+)/],
] as const;

describe("a trace with one event changed", () => {
  const lines = LOST.split("\n");
  it.each(CHANGES)("%s: is refused at that event", (name, number) => {
    const changed = lines.flatMap((line, i) => {
      const found = line.includes(` ${name}: `) ? number.exec(line) : null;
      if (found === null) return [];
      const [whole, old = ""] = found;
      const fresh =
        old === "UNWRITTEN"
          ? "MAPPED"
          : old === "MAPPED"
            ? "HOLE"
            : `${Number(old.replace(/\D/g, "")) + 1000}`;
      const text = lines.with(i, line.replace(whole, whole.slice(0, whole.length - old.length) + fresh));
      return [{ at: i + 1, text: text.join("\n") }];
    });
    expect(changed.length).toBeGreaterThan(0);
    for (const { at, text } of changed) expect(fitted(text, "5.10").refusedAt, lines[at - 1]).toBe(at);
  });

  it("in its order is refused, too: the page was dropped before its writeback ended", () => {
    const drop = lines.findIndex((line) => line.includes("delete_from_page_cache"));
    const conversion = lines.findIndex((line) => line.includes("xfs_unwritten_convert"));
    const time = /\d+\.\d+(?=:)/.exec(lines[conversion - 1]!)![0];
    const early = lines
      .toSpliced(drop, 1)
      .toSpliced(conversion, 0, lines[drop]!.replace(/\d+\.\d+(?=:)/, time));
    expect(fitted(early.join("\n"), "5.10").refusedAt).toBe(conversion + 1);
  });
});

it("a trace of calls and sizes alone is held to those", () => {
  const trace = (size: string) =>
    [
      "sys_pwrite64(fd: 3, buf: 55d0c0de, count: 1800, pos: 0)",
      "xfs_file_buffered_write: dev 254:16 ino 0x83 disize 0x0 pos 0x0 bytecount 0x1800",
      "sys_pwrite64 -> 0x1800",
      "sys_ftruncate(fd: 3, length: 1000)",
      "sys_ftruncate -> 0x0",
      "sys_pread64(fd: 3, buf: 55d0c0de, count: 1800, pos: 0)",
      `xfs_file_buffered_read: dev 254:16 ino 0x83 disize ${size} pos 0x0 bytecount 0x1800`,
      "sys_pread64 -> 0x1000",
    ]
      .map((text, i) => `  xfs_io-1201 [001] ..... 100.${1000 + i}: ${text}\n`)
      .join("");
  expect(fitted(trace("0x1000"), "6.1.0")).toMatchObject({ isPossible: true });
  expect(fitted(trace("0x3000"), "6.1.0")).toMatchObject({ isPossible: false, refusedAt: 7 });
});
