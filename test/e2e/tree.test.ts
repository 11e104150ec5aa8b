/**
 * Source trees as users meet them: the command, --tree, and git bisect over a repository of stand-in sources.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { FixName } from "../../src/kernel/versions/fixes.js";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { standIn, writeTree } from "../tree/stand-in.js";
import { BIN, commandOutcome, ROOT, stalemap, WITNESS } from "./program.js";

/** What each commit of the repository brings; the second cures the witness, the seventh breaks it again. */
const COMMITS: readonly (readonly [title: string, on: readonly FixName[], off: readonly FixName[]])[] = [
  ["locks", ["punch-under-invalidate-lock"], []],
  ["checks", ["validate", "validate-after-lock", "remap-on-zero-progress", "cookie-under-ilock"], []],
  ["scan", ["punch-skips-dirty", "scan-limit-eof"], []],
  ["empty", ["flush-empty-range-noop"], []],
  ["blocks", ["dirty-per-block"], []],
  ["folios", ["write-large-folios"], []],
  ["tidy", [], ["validate"]],
  ["chunks", ["write-large-chunks"], []],
  ["text", [], []],
];
const repository = mkdtempSync(join(tmpdir(), "stalemap-test-"));
/** Of the start and of each commit. */
const ids: string[] = [];

function git(...args: readonly string[]): string {
  const names = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", ["-C", repository, ...names, ...args], {
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

beforeAll(() => {
  const on = new Set(findRelease("6.0")!.fixes);
  const commit = (title: string) => {
    writeTree(repository, new Map(standIn(on)).set("README", title));
    git("add", "-A");
    git("commit", "-q", "-m", title);
    ids.push(git("rev-parse", "HEAD"));
  };
  git("init", "-q", "-b", "main");
  commit("start");
  for (const [title, added, removed] of COMMITS) {
    for (const name of added) on.add(name);
    for (const name of removed) on.delete(name);
    commit(title);
  }
});

describe("tree DIR", () => {
  it("prints each toggle with its place, the nearest release and the difference, in 80 columns", async () => {
    const { status, stdout } = await stalemap(["tree", repository]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^fs\/xfs\/xfs_iomap\.c\n {2}off {2}validate {24}xfs_bmbt_to_iomap:\d+$/m);
    expect(stdout).toMatch(/^nearest release: [\d.]+; \d+ toggles read\n {2}it (has besides|lacks): /m);
    for (const line of stdout.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("is a document as well, and so is a tree that cannot be read", async () => {
    const { stdout } = await stalemap(["tree", repository, "--json"]);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schema: "stalemap/tree/1", nearest: expect.any(String), unknown: [] });
    expect(document.toggles).toContainEqual({
      name: "validate",
      on: false,
      file: "fs/xfs/xfs_iomap.c",
      function: "xfs_bmbt_to_iomap",
      line: expect.any(Number),
    });
    const foreign = await stalemap(["tree", join(ROOT, "src"), "--json"]);
    expect(foreign.status).toBe(128);
    expect(JSON.parse(foreign.stdout)).toMatchObject({ exit: 128, message: /not a Linux source tree/ });
  });

  it("tells with --git what each commit changed, without a checkout", async () => {
    const head = git("rev-parse", "HEAD");
    const { status, stdout } = await stalemap(["tree", repository, "--git", `${ids[0]}..main`]);
    expect(status).toBe(0);
    const rows = stdout
      .replace(/^[0-9a-f]{12} \d{4}-\d\d-\d\d /gm, "* ")
      .trim()
      .split("\n");
    expect(rows).toEqual([
      "* locks",
      "    + punch-under-invalidate-lock",
      "* checks",
      "    + validate, validate-after-lock, cookie-under-ilock, remap-on-zero-progress",
      "* scan",
      "    + punch-skips-dirty, scan-limit-eof",
      "* empty",
      "    + flush-empty-range-noop",
      "* blocks",
      "    + dirty-per-block",
      "* folios",
      "    + write-large-folios",
      "* tidy",
      "    - validate",
      "* chunks",
      "    + write-large-chunks",
      `8 commits of ${ids[0]}..main touch these files, 8 of them toggles`,
    ]);
    expect([git("rev-parse", "HEAD"), git("status", "--porcelain")]).toEqual([head, ""]);
  });

  it.each<[what: string, args: readonly string[], message: RegExp]>([
    ["a range of one", ["--git", "main"], /no range of commits: main/],
    ["a range that is an option", ["--git=--output=x..y"], /no range of commits/],
    ["commits that are not there", ["--git", "main..nowhere"], /nowhere/],
  ])("refuses %s with 128", async (_, args, message) => {
    const { status, stderr } = await stalemap(["tree", repository, ...args]);
    expect([status, stderr]).toEqual([128, expect.stringMatching(message)]);
  });
});

describe("--tree DIR", () => {
  it("judges the tree, and what it finds is replayed without it", async () => {
    const run = await stalemap(["run", WITNESS, "--tree", repository, "--json"]);
    expect(run.status).toBe(1);
    const [result] = JSON.parse(run.stdout).results;
    expect(result).toMatchObject({ verdict: "mismatch", expected: null });
    expect(result.tree).toMatch(/^tree:[\d.]+[+-]/);
    const again = await stalemap(["repro", result.finding.token, "--json"]);
    expect(again.status).toBe(1);
    expect(JSON.parse(again.stdout).finding).toMatchObject({ kind: result.finding.kind });
  });

  it("is an end of a bisection, whichever nothing else names", async () => {
    git("checkout", "-q", ids[1]!);
    const asBad = await stalemap(["bisect", WITNESS, "--tree", repository, "--good", "6.2", "--json"]);
    git("checkout", "-q", ids[2]!);
    const asGood = await stalemap(["bisect", WITNESS, "--tree", repository, "--bad", "6.0", "--json"]);
    git("checkout", "-q", "main");
    for (const { status, stdout, stderr } of [asBad, asGood]) {
      expect([status, stderr]).toEqual([0, expect.stringMatching(/tree:/)]);
      expect(JSON.parse(stdout).firstGood).toMatchObject({ commit: "304a68b9c63b" });
    }
  });

  it.each<[what: string, args: readonly string[], line: RegExp]>([
    [
      "a third end",
      ["--good", "6.2", "--bad", "6.0", "--tree", "."],
      /^error: --tree is one of the two ends/m,
    ],
    ["toggles of no tree", ["--with", "validate"], /^error: --with and --without are about --tree/m],
  ])("refuses %s", async (_, args, line) => {
    const { status, stderr } = await stalemap(["bisect", WITNESS, ...args]);
    expect([status, stderr]).toEqual([129, expect.stringMatching(line)]);
  });

  it.each<[what: string, command: readonly string[], good: number, bad: number, first: number]>([
    ["names the commit that broke it", ["run", WITNESS], 2, 9, 7],
    ["names with --invert the commit that cured it", ["judge", WITNESS, "--invert"], 0, 6, 2],
  ])("git bisect run %s", async (_, command, good, bad, first) => {
    git("checkout", "-q", "main");
    git("bisect", "start", ids[bad]!, ids[good]!);
    const [name = "", file = "", ...flags] = command;
    const args = [name, join(ROOT, file), ...flags, "--tree", ".", "--quiet"];
    const { stdout } = await commandOutcome("git", ["bisect", "run", process.execPath, BIN, ...args], {
      cwd: repository,
    });
    git("bisect", "reset");
    expect(stdout).toContain(`${ids[first]} is the first bad commit`);
  });
});
