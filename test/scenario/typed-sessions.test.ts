/** Sessions of xfs_io among the lines of a shell, patches, and marks at the front of a file: nothing of them gets lost. */
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import { opText } from "../../src/scenario/language/print-ops.js";
import { fromMail } from "../../src/scenario/reports/shell-in-mail.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

const all = ({ setup, threads }: Scenario): string[] =>
  [{ name: "setup", ops: setup }, ...threads].flatMap(({ name, ops }) =>
    ops.map((op) => `${name.replace("xfs_io", "")} ${opText(op)}`.trim()),
  );

function read(text: string): Scenario | string {
  const result = parseFile("a.txt", text);
  return "diagnostics" in result ? renderDiagnostics(result.diagnostics) : result.scenario;
}

const BASE = ["truncate 2k", "fallocate 0..2k", "store 3k..4k", "truncate 8k"];

describe("what was typed behind prompts", () => {
  it.each<[string, string, string[]]>([
    [
      "behind a call that creates the file",
      'root@box:~# xfs_io -f -c "truncate 2k" -c "falloc 0 2k" /mnt/a\nroot@box:~# xfs_io /mnt/a\nxfs_io> mmap 0 4k\nxfs_io> mwrite 3k 1k\nxfs_io> truncate 8k\nxfs_io> quit\n',
      BASE,
    ],
    [
      "with what it printed, in a mail that is quoted",
      'Hi,\n> # xfs_io -f -c "truncate 2k" -c "falloc 0 2k" /mnt/a\n> # xfs_io /mnt/a\n> xfs_io> mmap 0 4k\n> xfs_io> mwrite 3k 1k\n> wrote 1024/1024 bytes\n>\n> xfs_io> truncate 8k\nand then?\n',
      BASE,
    ],
    [
      "going on in the shell",
      "$ xfs_io -f /mnt/a\nxfs_io> truncate 2k\nxfs_io> falloc 0 2k\nxfs_io> mmap 0 4k\nxfs_io> mwrite 3k 1k\nxfs_io> q\n$ truncate -s 8k /mnt/a\n",
      BASE,
    ],
    [
      "with another terminal in between",
      '1# xfs_io -f /mnt/a\n# xfs_io -f /mnt/a\nxfs_io> truncate 2k\nxfs_io> mmap 0 4k\n# xfs_io -c "falloc 0 2k" /mnt/a\nxfs_io> mwrite 3k 1k\n# truncate -s 8k /mnt/a\n',
      BASE,
    ],
    [
      "beside what runs in the background",
      '# xfs_io -f -c "falloc 0 12k" -c "pwrite 10k 2k" /mnt/a\n# xfs_io -c "pwrite -b 12k 0 10k" /mnt/a &\n# xfs_io /mnt/a\nxfs_io> sync_range -w 8k 4k\nxfs_io> fadvise -d 8k 4k\n',
      [
        ...["setup fallocate 0..12k", "setup write 10k..12k", "-1 write 0..10k"],
        ...["writeback 8k..12k", "fadvise 8k..12k"],
      ],
    ],
    [
      "appending",
      "# xfs_io -a -f /mnt/a\nxfs_io> pwrite 0 4k\nxfs_io> pwrite 0 1k\n",
      ["append 4k", "append 1k"],
    ],
    [
      "alone",
      "Look:\n  xfs_io> pwrite 0 512\nwrote 512/512 bytes\n  xfs_io>  fsync\n",
      ["write 0..512", "fsync"],
    ],
    [
      "with commands that have no prompt",
      "Do this:\nxfs_io -f -s /mnt/a\nxfs_io> pwrite -S 'a' 0 1k\nwrote 1024/1024\ntruncate -s 3k /mnt/a\nxfs_io> s\n",
      ["write 0..1k", "fsync 0..1k", "truncate 3k", "fsync"],
    ],
    [
      "with a file that it opens",
      "xfs_io> open -f /mnt/a\nxfs_io> pwrite 0 1k\nxfs_io> open -a /mnt/a\nxfs_io> w 0 1k\nxfs_io> close\nxfs_io> w 1k 1k\n",
      ["write 0..1k", "append 1k", "close", "write 1k..2k"],
    ],
  ])("%s", (_, text, ops) => {
    const scenario = read(text);
    if (typeof scenario === "string") throw new Error(scenario);
    expect(all(scenario)).toEqual(ops);
    expect(scenario.isPart).toBeUndefined();
    expect(scenario.notes).toBeUndefined();
  });

  it.each<[string, string, RegExp]>([
    [
      "direct I/O",
      "# xfs_io -d -f /mnt/a\nxfs_io> pwrite 0 8k\n",
      /1:10: error: the model has no direct I\/O/,
    ],
    [
      "another file",
      "# xfs_io -f /mnt/a\nxfs_io> pwrite 0 8k\n# xfs_io /mnt/b\nxfs_io> fsync\n",
      /3:10: error: the model has no other files/,
    ],
    [
      "what is misspelt",
      "# xfs_io -f /mnt/a\nxfs_io> fsync\nxfs_io> pwrit 0 8k\n",
      /3:[78]: error: expected a command of xfs_io, found "pwrit"/,
    ],
  ])("%s is refused at its place", (_, text, message) => {
    expect(read(text)).toMatch(message);
  });

  it("keeps the place of every sign", () => {
    const text = "# xfs_io /mnt/a\n\nxfs_io> mmap 0 4k \nwrote\n xfs_io> fsync\n# sync\nxfs_io> fsync\n";
    const read = fromMail(text);
    expect(read).toHaveLength(text.length);
    for (const word of ["mmap", "fsync", "sync"])
      expect(Math.abs(read.indexOf(word) - text.indexOf(word))).toBeLessThan(2);
    expect(fromMail("# xfs_io /mnt/a\n".concat("\n".repeat(200_000), "xfs_io> fsync\n"))).toContain(
      "-C 'fsync'",
    );
  });
});

describe("a patch", () => {
  const DIFF = (lines: string) =>
    `From: a\nSubject: [PATCH] x\n---\ndiff --git a/t b/t\n--- a/t\n+++ b/t\n@@ -1,4 +1,4 @@\n${lines}-- \n2.40\n`;
  it.each([
    [
      "that adds a script",
      '+f=/mnt/a\n+xfs_io -f -c "truncate 2k" -c "falloc 0 2k" -c "mmap 0 4k" -c "mwrite 3k 1k" $f\n+truncate -s 8k $f\n',
    ],
    [
      "that changes one",
      ' f=/mnt/a\n-xfs_io -f -c "truncate 4k" $f\n-truncate -s 2k $f\n+xfs_io -f -c "truncate 2k" -c "falloc 0 2k" -c "mmap 0 4k" -c "mwrite 3k 1k" $f\n+truncate -s 8k $f\n',
    ],
  ])("%s", (_, lines) => {
    const scenario = read(DIFF(lines));
    if (typeof scenario === "string") throw new Error(scenario);
    expect(all(scenario)).toEqual(BASE);
  });
});

it.each([
  ["an operation file of fsx", "truncate 0x0 0x800 0x0\n"],
  ["a script", "xfs_io -fc 'truncate 2k' f\n"],
  ["a session", "xfs_io> truncate 2k\n"],
  ["a program of syzkaller", "r0 = creat(&(0x7f0000000000)='./f\\x00', 0x1ff)\nftruncate(r0, 0x800)\n"],
])("%s may have a mark of its encoding at its front", (_, text) => {
  const scenario = read(`\uFEFF${text}`);
  if (typeof scenario === "string") throw new Error(scenario);
  expect(all(scenario).map((line) => line.replace(/^\w+ (?=\w+ )/, ""))).toEqual(["truncate 2k"]);
});
