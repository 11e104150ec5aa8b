import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { initScript } from "../../src/real/machine/initramfs.js";
import { parseRecordConsole, recordCommands } from "../../src/real/record/record-console.js";
import { withLayout } from "../../src/real/record/recording.js";

const lines = (text: string, width: number): string[] =>
  gzipSync(text)
    .toString("base64")
    .match(new RegExp(`.{1,${width}}`, "g"))!;

describe("parseRecordConsole", () => {
  it("takes the traces out, past kernel messages between their lines", () => {
    const json = '{"v":1,"ops":[1,2,3]}';
    const packed = lines(json, 12);
    const traces: [string, string][] = [];
    const report = parseRecordConsole(
      [
        "[    1.2] noise@@stalemap kernel Linux version 5.10.0-30-cloud-amd64 (x) #1 SMP Debian 5.10.218-1 (2024)",
        "@@stalemap trace 4k-any-s1",
        ...packed.slice(0, 1),
        "[    7.1] XFS (vda): Unmounting Filesystem",
        ...packed.slice(1),
        "@@stalemap end 4k-any-s1",
        "@@stalemap failed 4k-any-s2 exit 2: block size",
        "@@stalemap done",
      ].join("\r\n"),
      (...trace) => traces.push(trace),
    );
    expect(traces).toEqual([["4k-any-s1", json]]);
    expect([...report.failures]).toEqual([["4k-any-s2", "exit 2: block size"]]);
    expect(report.problems).toEqual([]);
  });

  it("says what came damaged, and why the kernel stopped", () => {
    const [first, ...rest] = lines("{}".repeat(50), 20);
    const damaged = [`${first}[ 3.2] oops`, ...rest];
    const report = parseRecordConsole(
      ["@@stalemap trace a", ...damaged, "@@stalemap end a", "Kernel panic - not syncing: bad"].join("\n"),
      () => {},
    );
    expect(report.failures.get("a")).toMatch(/damaged/);
    expect(report.problems).toEqual([
      "Kernel panic - not syncing: bad",
      "init did not come to its end",
      "the kernel did not say which it is",
    ]);
  });
});

it("the init records each trace on its own disk", () => {
  const task = { name: "1k-any-s5", program: "record-1k-any-100", disk: "trace0", seed: 5 };
  const script = initScript(["xfs"], recordCommands([task], 60));
  expect(script).toContain("insmod /modules/xfs.ko");
  expect(script).toContain("\nrecord 1k-any-s5 record-1k-any-100 trace0 5\n");
  expect(script.trimEnd()).toMatch(/poweroff -f$/);
});

it("the free space is the second field of a trace", () => {
  const json = withLayout('{"v":1,"kernel":"6.12"}', { free: [[10, 16]], inode: 16 });
  expect(JSON.parse(json)).toEqual({ v: 1, layout: { free: [[10, 16]], inode: 16 }, kernel: "6.12" });
});
