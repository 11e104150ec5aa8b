/**
 * A recorded trace, compressed or not, is a scenario to check and run.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { stalemap } from "./program.js";

const TRACE = "test/data/kernel-traces/5.10.218/1k-any-s11.json.gz";
const folder = mkdtempSync(join(tmpdir(), "stalemap-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("compressed", async () => {
  const { status, stdout } = await stalemap(["check", TRACE]);
  expect(stdout).toMatch(/^ok .*: trace-1k-any-s11, 1 thread, \d+ operations\n$/);
  expect(status).toBe(0);
});

it("as it was recorded", async () => {
  const file = join(folder, "trace.json");
  writeFileSync(file, gunzipSync(readFileSync(TRACE)));
  const { status, stdout } = await stalemap(["run", file, "--kernel", "5.10"]);
  expect(stdout).toMatch(/^ok trace-trace on 5\.10: no violation\n/);
  expect(status).toBe(0);
});

it("cut off in the middle", async () => {
  const file = join(folder, "cut.json.gz");
  writeFileSync(file, readFileSync(TRACE).subarray(0, 200));
  const { status, stderr } = await stalemap(["check", file]);
  expect(stderr).toContain("cut.json.gz: it is not what gzip makes, or too large");
  expect(status).toBe(128);
});

it("of a kernel whose lines are at odds, which is said of the line and not of names", async () => {
  const file = join(folder, "events.txt");
  const events = readFileSync("test/data/kernel-events/lost-5.10.txt", "utf8");
  writeFileSync(file, events.replace("pos 0 length 16384 flags ZERO", "pos 4096 length 16384 flags ZERO"));
  const { status, stderr } = await stalemap(["explain", file, "--kernel", "5.10"]);
  expect(stderr).toMatch(
    /not of one run: line 5, iomap_apply: the iteration begins at 4096, and its call at 0\n$/,
  );
  expect(status).toBe(125);
});
