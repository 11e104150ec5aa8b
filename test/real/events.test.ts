/**
 * Recording a kernel's events: the shell that does it, what is kept of the trace, and a recording on this machine, where it
 * can be made, which is one of a run of its kernel's model.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../src/cli/input/files.js";
import { eventCommands } from "../../src/real/events/event-commands.js";
import { keptEvents } from "../../src/real/events/event-text.js";
import { recordEvents } from "../../src/real/events/record-events.js";
import { nativeProblems } from "../../src/real/machine/environment.js";
import { modelFor } from "../../src/real/machine/running-kernel.js";
import { doJob } from "../../src/tasks/index.js";

const run = { mountPoint: "/m", command: ["echo", "it's $HOME; a"], output: "/o", bufferBytes: 1 << 20 };

describe("the shell that records", () => {
  it("passes words as they are", () => {
    const line = eventCommands(run).find((one) => one.includes("exec"));
    expect(line).toBe("(cd '/m' && exec 'echo' 'it'\\''s $HOME; a')");
    const [, words = ""] = /exec (.*)\)$/.exec(line ?? "") ?? [];
    expect(execFileSync("sh", ["-c", words], { encoding: "utf8" })).toBe("it's $HOME; a\n");
  });

  it("is shell", () => {
    execFileSync("sh", ["-n", "-c", eventCommands(run).join("\n")]);
  });
});

describe("what is kept of a trace", () => {
  const line = (thread: string, event: string) => `  ${thread} [000] .... 1.5: ${event}`;
  const trace = [
    "# entries-in-buffer/entries-written: 4/9   #P:2",
    line("a-1", "sys_fsync(fd: 3)"),
    line("a-1", "xfs_file_fsync: dev 7:0 ino 0x83"),
    line("b-2", "sys_fsync(fd: 3)"),
    line("b-2", "sys_fsync -> 0x0"),
  ].join("\r\n");

  it("is where it comes from, and the calls of those that touched the file system", () => {
    expect(keptEvents(trace, "6.18.44", 1024).text.split("\n")).toEqual([
      "# stalemap real trace: kernel 6.18.44, blocks of 1024 bytes",
      "# entries-in-buffer/entries-written: 4/9   #P:2",
      line("a-1", "sys_fsync(fd: 3)"),
      line("a-1", "xfs_file_fsync: dev 7:0 ino 0x83"),
    ]);
    expect(keptEvents(trace, "6.18.44", 1024)).toMatchObject({ events: 2, overwritten: 5 });
  });
});

const canTrace = nativeProblems().length === 0 && existsSync("/sys/kernel/tracing/events/xfs");

describe.skipIf(!canTrace)("this machine's kernel", () => {
  it("is recorded, and what it did is a run of its model", { timeout: 120_000 }, async () => {
    const script = "for i in 1 2; do head -c 6000 /dev/zero >> f; sync f; done; cat f > /dev/null; echo done";
    const request = { command: ["sh", "-c", script], block: 4096, bufferBytes: 1 << 22 };
    const { text, kernel, printed, status, overwritten } = await recordEvents(request);
    expect({ printed, status, overwritten }).toEqual({ printed: "done\n", status: 0, overwritten: 0 });
    expect(existsSync(join("/sys/kernel/tracing/instances", `stalemap-${process.pid}`))).toBe(false);
    const read = parseFile("t", text);
    if ("diagnostics" in read) throw new Error(JSON.stringify(read.diagnostics));
    const variant = modelFor(kernel);
    if (variant === undefined) return;
    const fit = doJob({ kind: "fit", subject: { scenario: read.scenario, variant }, mask: -1 });
    expect(fit).toMatchObject({ isPossible: true, found: 0 });
  });
});
