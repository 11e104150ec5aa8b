/** Shell scripts around xfs_io: what is not sure is a part, what is is not; and what is known to be a script. */
import { describe, expect, it } from "vitest";
import { printOp } from "../../src/scenario/language/print-ops.js";
import { looksLikeXfsIo, parseXfsIo } from "../../src/scenario/reports/xfs-io.js";
import type { Scenario } from "../../src/scenario/types.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";

function read(text: string): Scenario {
  const result = parseXfsIo(text, "a.sh");
  if ("diagnostics" in result) throw new Error(renderDiagnostics(result.diagnostics));
  return result.scenario;
}

const opsOf = ({ setup, threads }: Scenario): string[] =>
  [...setup, ...threads.flatMap(({ ops }) => ops)].map((op) => printOp(op).slice(2, -2));

const WRITES = `f=$SCRATCH_MNT/a\nxfs_io -fc "pwrite 0 3k" $f\n`;
const ALL = "read: 0..3k";
const RACES = `${WRITES}xfs_io -c "pwrite 0 1k" $f &\np=$!\n`;
const THEN = "xfs_io -c fsync $f";

describe("what is not sure is a part", () => {
  it.each<[string, RegExp]>([
    [`${RACES}while [ -d /proc/$p ]; do sleep 1; done\n${THEN}`, /whom a loop may wait for, at 5:7/],
    [`${RACES}while [ -e /proc/$p/stat ]; do :; done\n${THEN}`, /whom a loop may wait for, at 5:7/],
    [`${RACES}while pgrep xfs_io > /dev/null; do sleep 1; done\n${THEN}`, /whom a loop may wait for/],
    [`${RACES}tail --pid=$p -f /dev/null\n${THEN}`, /whom "tail" waits for, at 5:1/],
    [`${WRITES}sync -f /mnt/other`, /what "sync" is about, at 3:1/],
    [`${WRITES}umount /mnt/other`, /what "umount" is about, at 3:1/],
    [`${WRITES}if md5sum -c --status sums; then truncate -s 1k $f; else ${THEN}; fi`, /otherwise at 3:4/],
    [`${WRITES}if ls x > /dev/null 2>&1; then exit 0; fi\n${THEN}`, /otherwise at 3:4/],
    [`${WRITES}if stat x; then truncate -s 1k $f; else ${THEN}; fi`, /otherwise at 3:4/],
    [`${WRITES}cat x && exit 0\n${THEN}`, /otherwise at 3:1/],
    [`${WRITES}modprobe x && exit 0\n${THEN}`, /otherwise at 3:1/],
    [`${WRITES}losetup /dev/loop0 x && exit 0\n${THEN}`, /otherwise at 3:1/],
    [`${WRITES}cd /nosuch || exit 0\n${THEN}`, /otherwise at 3:1/],
    [`${WRITES}mkdir x || ${THEN}`, /otherwise at 3:1/],
    [`${WRITES}for x in $(ls /mnt); do exit 0; done\n${THEN}`, /otherwise at 3:1/],
    [`${WRITES}kill $$\n${THEN}`, /what a signal does to the script, at 3:1/],
    [`${WRITES}kill -USR1 $$\n${THEN}`, /what a signal does to the script, at 3:1/],
    [`${WRITES}g() { local -n r=$1; r=2k; }; s=8k; g s\ntruncate -s $s $f`, /another name for a variable/],
    [`${WRITES}x=$(xfs_io -c "pwrite 0 1k" $f &)\n${THEN}`, /in the background of \$\(\.\.\.\), at 3:5/],
    [`${WRITES}cat <(xfs_io -c "pwrite 0 1k" $f) <(${THEN})`, /in <\(\.\.\.\) run side by side, at 3:1/],
  ])("%s", (text, note) => {
    const scenario = read(`${text}\n`);
    expect(scenario.isPart).toBe(true);
    expect(scenario.notes?.join()).toMatch(note);
  });

  it.each<[string, string[]]>([
    ["sync $SCRATCH_MNT/other", []],
    ["sync /mnt/a", ["isPart"]],
    ["sync $other", ["isPart"]],
    ["_test_cycle_mount", []],
    ["umount $TEST_DIR", []],
    ["sync $f", ["fsync: {}"]],
    ["sync -f $SCRATCH_MNT", ["fsync: {}"]],
    ["_scratch_sync", ["fsync: {}"]],
    ["sync /tmp/other", []],
    ["trap 'umount $MNT' EXIT", []],
    ["_cleanup() { umount $SCRATCH_MNT; losetup -d $loop; }\ntrap _cleanup EXIT", []],
    ["command -v xfs_io > /dev/null || exit 1", []],
    ["ulimit -c 0; shopt -s nullglob", []],
    ["ulimit -f 1", ["isPart"]],
    ["shopt -s lastpipe", ["isPart"]],
    ["dd if=/dev/zero of=/tmp/img bs=1M count=1; truncate -s 1g /tmp/img; fallocate -l 1g /tmp/img", []],
    ["truncate -s 1g $img", ["isPart"]],
    ["umount $SCRATCH_MNT", ["fsync: {}", "evict: 0..64k"]],
    ["cat <(md5sum $f)", [ALL]],
    ["cd $SCRATCH_MNT && xfs_io -c fsync $f || exit 1", ["fsync: {}"]],
  ])("and what is is not: %s", (line, ops) => {
    const scenario = read(`${WRITES}${line}\n`);
    const isPart = ops[0] === "isPart";
    expect(opsOf(scenario)).toEqual(["write: 0..3k", ...(isPart ? [] : ops)]);
    expect(scenario.isPart).toBe(isPart || undefined);
  });
});

it("braces that make any number of words are refused where they stand", () => {
  const many = `echo ${"{a,b}".repeat(24)}`;
  expect(() => read(`${WRITES}${many}\n`)).toThrow(/a\.sh:3:6: error: expected braces that make at most/);
});

it.each([
  `#!/bin/bash\nf=/mnt/a\nfallocate -l 2k $f\n`,
  `#!/usr/bin/env sh\n`,
  `xfs_io \\\n-f -c "pwrite 0 1k" $f\n`,
  `xfs_io $f -f -c "pwrite 0 1k"\n`,
])("is a script: %s", (text) => {
  expect(looksLikeXfsIo(text)).toBe(true);
});
