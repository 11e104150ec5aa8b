/**
 * A series of patches as people write it down, and each way to get it wrong with its place.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Stop } from "../../src/cli/exit.js";
import { readSeries } from "../../src/cli/input/order-file.js";

const file = join(mkdtempSync(join(tmpdir(), "stalemap-test-")), "mine.txt");

function read(text: string): string[] {
  writeFileSync(file, text);
  return readSeries(file).map(({ patches }) => patches.map(({ commit }) => commit).join("+"));
}

function problems(text: string): string[] {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    expect(error.code).toBe(128);
    if (error.problems.length === 0) return [error.message];
    return error.problems.map((one) =>
      one instanceof Stop ? one.message : `${one.line}:${one.column}+${one.length} ${one.message}`,
    );
  }
}

describe("a series", () => {
  it.each<[what: string, text: string, commits: readonly string[]]>([
    [
      "of git log --oneline",
      "198dd8aedee6 xfs: punching\n304a68b xfs: use\n",
      ["198dd8aedee6", "304a68b9c63b"],
    ],
    [
      "of a rebase, with comments",
      "# mine\n\npick 198dd8aedee6 xfs\np 304a68b\r\n",
      ["198dd8aedee6", "304a68b9c63b"],
    ],
    ["with whole names of commits", `198dd8aedee6${"0".repeat(28)}`, ["198dd8aedee6"]],
    ["of two as one", "7348b322332d+8ac5b996bf51 both", ["7348b322332d+8ac5b996bf51"]],
    [
      "of what changes nothing by itself",
      "  118e021b4b66\n7d9b474ee4cc # part",
      ["118e021b4b66", "7d9b474ee4cc"],
    ],
    ["of what nobody has merged", "proposed:eof-punch-cure", ["proposed:eof-punch-cure"]],
  ])("%s", (_, text, commits) => {
    expect(read(text)).toEqual(commits);
  });

  it.each<[what: string, text: string, problems: readonly string[]]>([
    ["nothing", "# nothing\n\n", [`${file} names no commit`]],
    ["a word", "xfs: punching", ['1:1+4 expected a commit, found "xfs:"']],
    ["too few digits", "\npick 198dd8 x", ['2:6+6 expected a commit, found "198dd8"']],
    ["a commit of somebody else", "deadbeef01 x", ['1:1+10 no commit "deadbeef01" is known here']],
    ["one twice", "198dd8aedee6\n198dd8a", ["2:1+7 198dd8aedee6 is in line 1 already"]],
    ["an end that is missing", "198dd8aedee6+", ['1:14+1 expected a commit, found ""']],
    ["an RFC", "rfc-v1:propagate-new", ['1:1+20 expected a commit, found "rfc-v1:propagate-new"']],
    [
      "several of these",
      "a\nb",
      ['1:1+1 expected a commit, found "a"', '2:1+1 expected a commit, found "b"'],
    ],
  ])("is refused: %s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});
