/** Plans as the player reads them, which makes every operation that there is. */
import { expect, test } from "vitest";
import { OP_NAMES } from "../../../src/kernel/ops.js";
import { planText } from "../../../src/real/force/plan-text.js";
import { playerC } from "../../../src/real/force/player.js";
import { parseScenario } from "../../../src/scenario/language/parse.js";

test.each(OP_NAMES)("the player makes %s", (kind) => expect(playerC()).toContain(`"${kind}"`));

test.each([
  ["write: 0..4k, dontcache: true", "write 0 4096 1 -1 -1 -1 2"],
  ["read: 1k..2k, dontcache: true", "read 1024 2048 1 -1 -1 -1 2"],
  ["write: 0..4k, fault-at: 1k", "write 0 4096 1 1024 -1 -1 0"],
  ["append: 512", "append 0 512 1 -1 -1 -1 0"],
  ["copy_range: 0..1k, to: 8k", "copy_range 0 1024 1 -1 -1 8192 0"],
  ["zero: 0..4k, keep-size: true", "zero 0 4096 1 -1 -1 -1 1"],
  ["unshare: 0..4k, keep-size: true", "unshare 0 4096 1 -1 -1 -1 1"],
  ["write_zeroes: 0..4k", "write_zeroes 0 4096 1 -1 -1 -1 0"],
  ["fsync: {}", "fsync 0 -1 1 -1 -1 -1 0"],
])("%s is a line of a plan", (op, line) => {
  const read = parseScenario(`name: x\nfile: { size: 16k, block: 1k }\nthreads:\n  a: [{ ${op} }]\n`, "x");
  if ("diagnostics" in read) throw new Error(JSON.stringify(read.diagnostics));
  const text = planText({ name: "x", scenario: read.scenario, moves: [] }, []);
  expect(text.split("\n")).toContain(`op ${line}`);
});
