import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTool } from "../../src/real/machine/environment.js";
import { exportDocument } from "./documents.js";
import { commandOutcome, directoryWith, stalemap, WITNESS } from "./program.js";

const gcc = findTool("gcc");
if (gcc === undefined) console.log("exported programs are not compiled: skipped, gcc is missing.");

/** A run of the witness that holds back I/O completion, which user space cannot. */
const HELD_BACK =
  "sm10.AzYuMAAADnVud3JpdHRlbi10YWlsMAwMAggAMAAAKAgAAwEBAAAoAAMBBCAQBQEGIBAAAAAAAAAAAAAGAAEBAgIB_2KRKQ";
/** A failed allocation in writeback. */
const ALLOCATION_FAILURE =
  "sm10.AzYuMAAAFndyaXRlYmFjay1mYWlsdXJlLWhvbGUgDAwBAAAgAAIBAQAAIAADAQQQEAABAAAAAAAAAAQBAQEBdGIH4g";

describe.concurrent("export", () => {
  it("writes a program whose header shows the race and its token", async () => {
    const path = join(directoryWith(), "race.c");
    const { status, stdout, stderr } = await stalemap(["export", WITNESS, "-o", path]);
    expect([status, stdout]).toEqual([0, `${path}: unwritten-tail, data lost on 5.10 by the model\n`]);
    expect(stderr).toContain(`try  npx stalemap real ${WITNESS}`);
    const source = readFileSync(path, "utf8");
    const header = source.slice(0, source.indexOf("*/"));
    expect(header).toMatch(/^ \* +writer {20,}flusher \/ kworker\/1 \/ evicter$/m);
    expect(header).toMatch(/^ \* +4 {30,}xfs_iomap_write_unwritten$/m);
    expect(header).toMatch(/^ \* x 11 __iomap_write_begin$/m);
    const token = /^ \* Token: (sm\d+\.\S+)$/m.exec(header)?.[1];
    const again = await stalemap(["repro", token!]);
    expect(again.status).toBe(1);
    expect(again.stdout).toContain("x unwritten-tail on 5.10: 2,048 bytes lost at 10k..12k");
  });

  it.runIf(gcc)("writes programs that compile without a warning, to stdout too", async () => {
    const files = [WITNESS, "scenarios/witnesses/eof-punch-signal.yaml", HELD_BACK];
    const directory = directoryWith();
    for (const [i, x] of files.entries()) {
      const { status, stdout } = await stalemap(["export", x]);
      expect(status).toBe(0);
      const path = directoryWith({ "race.c": stdout });
      const args = ["-Wall", "-Wextra", "-Werror", "-O2", "-o", join(directory, `${i}`)];
      const compiled = await commandOutcome(gcc!, [...args, join(path, "race.c")]);
      expect(compiled).toEqual({ status: 0, stdout: "", stderr: "" });
      const usage = await commandOutcome(join(directory, `${i}`), []);
      expect([usage.status, usage.stdout]).toEqual([2, expect.stringContaining("usage: ")]);
    }
  });

  it("looks for another schedule when user space cannot force the one that was found", async () => {
    const { status, stdout, stderr } = await stalemap(["export", HELD_BACK]);
    expect(status).toBe(0);
    expect(stdout).not.toContain(HELD_BACK);
    expect(stderr.replace(/\n {2}/g, " ")).toContain(
      "user space cannot force the run that was found (writer goes on before the I/O of flusher is complete, " +
        "and user space cannot hold I/O back); this one loses the same: content: write -> zero, " +
        "UNWRITTEN map over WRITTEN\n",
    );
  });

  it("says so when there is none", async () => {
    const path = join(directoryWith(), "race.c");
    const { status, stdout, stderr } = await stalemap(["export", ALLOCATION_FAILURE, "-o", path]);
    expect([status, stdout, existsSync(path)]).toEqual([125, "", false]);
    expect(stderr).toContain(
      "user space cannot force this run: nothing brings about allocation-failure there; " +
        "no schedule that user space can force loses these bytes on 6.0 (all that there are were tried)\n",
    );
  });

  it("names every kernel for which there is none, once", async () => {
    const { status, stderr } = await stalemap(["export", "scenarios/witnesses/eof-punch-enospc.yaml"]);
    expect(status).toBe(125);
    expect(stderr).toMatch(/loses these bytes on openeuler-22\.03, 6\.1\.192, 6\.2, .* or 7\.3 \(all/);
  });

  it.each([
    [
      "short-copy-1k",
      "exposure: zero -> uninitialised is not exported: it shows memory or disk blocks that nobody has " +
        "initialised, and a ready-made program that reads other people's data is not exported\n",
    ],
    ...["leaked-disk-contents: zero", "writeback-trusts-map: write"].map((line) => {
      const [name = "", from = ""] = line.split(": ");
      return [name, `exposure: ${from} -> garbage is not exported: it shows memory or disk blocks`];
    }),
    [
      "zero-progress",
      "results: short write is not exported: it is about what a call returned, and the program compares bytes\n",
    ],
  ])("declines %s", async (name, sentence) => {
    const { status, stdout, stderr } = await stalemap(["export", `scenarios/witnesses/${name}.yaml`]);
    expect([status, stdout]).toEqual([125, ""]);
    expect(stderr).toContain(sentence);
    // No other schedule would be exported either.
    expect(stderr).not.toContain("--realizable");
  });

  it("gives one document with --json, with the source unless it has gone to a file", async () => {
    const inline = await stalemap(["export", WITNESS, "--json"]);
    const { source, ...rest } = exportDocument.parse(JSON.parse(inline.stdout));
    expect(source).toMatch(/^\/\*\n \* unwritten-tail: /);
    const output = join(directoryWith(), "race.c");
    const apart = await stalemap(["export", WITNESS, "--json", "-o", output]);
    expect(exportDocument.parse(JSON.parse(apart.stdout))).toEqual({ ...rest, output });
    // Its build line names the file that it is in.
    const named = output.replace(/\.c$/, "");
    const there = (source ?? "").replace(/-o \S+ \S+$/m, `-o ${named} ${output}`);
    expect(readFileSync(output, "utf8")).toBe(there.replace(/^( \* Run: +)\S+/m, `$1${named}`));
    expect(rest).toMatchObject({ kernel: "5.10", block: 4096, model: "lost", note: null, output: null });
  });
});
