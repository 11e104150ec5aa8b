/** What real --forced prints: both sides of each step, the first in which they part, and the bytes. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { loadScenario } from "../../src/cli/input/files.js";
import { chooseRun, searchRun } from "../../src/real/force/choose-run.js";
import { outcomeOf } from "../../src/real/force/force-run.js";
import { readPlayed } from "../../src/real/force/read-played.js";
import { forcedRunJson, forcedRunText } from "../../src/report/forced-outcome.js";
import { json } from "../../src/report/formats/json.js";
import { documentSchema } from "../../src/report/schemas/index.js";
import { PLAIN } from "../../src/report/style.js";

const on = (base: string) => ({ base, with: [], without: [] });

/** The witness as the model has it on a kernel, and what a player would print that stops after the second move. */
function reported(kernel: string, lines: readonly string[]) {
  const scenario = loadScenario("scenarios/witnesses/refault-before-punch.yaml");
  const base = { scenario, variant: on("5.10"), choices: [] };
  const chosen = searchRun(base, [{ variant: on("5.10"), kind: "content" }], on(kernel));
  if ("problem" in chosen) throw new Error(chosen.problem);
  const hooks = chosen.run.points.hooks.map(({ fn }) => fn);
  const [played] = readPlayed(["@P plan x", ...lines, "@P played x", ""].join("\n"), hooks);
  const outcome = outcomeOf(scenario.name, chosen.run, [played], undefined);
  return { outcome, kernel: "5.10.218", model: kernel, shownOn: "5.10", kind: chosen.kind, trouble: [] };
}

const END = ["extents", "cache 8192 0*5120 2*1024 0*2048", "fsync 0", "disk 8192 0*8192", "after"];

test("a kernel that does something else did not make the schedule", () => {
  const report = reported("5.10", [
    "is writer waits -1 1 0 0 0 0 0 xfs_file_buffered_aio_write<xfs_file_write_iter",
    "move 1",
    ...END,
  ]);
  const text = forcedRunText(report);
  expect(text).toContain("? refault-before-punch forced on 5.10.218, 4k blocks: not reached in 1 run");
  expect(text).toContain("but the kernel: writer waits for IOLOCK");
  expect(text).toMatch(/they part at move 1, writer/);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("the document is as its schema says, and names the bytes that each side lost", () => {
  const json = JSON.parse(JSON.stringify(forcedRunJson(reported("5.10", END))));
  const validate = new Ajv2020({ strictTuples: false }).compile(documentSchema("real-forced/1"));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  const lost = [{ from: 5120, to: 6144, value: 0, where: "on disk" }];
  expect(json.lostBytes).toEqual({ model: lost, kernel: lost });
});

test("of several kernels there is a document each", () => {
  const { item } = json.pages.realForced ?? {};
  const [a, b] = ["5.10", "6.1.192"].map((kernel) => item?.(reported(kernel, END), PLAIN) ?? "");
  expect([a, b].map((text = "") => JSON.parse(text).model)).toEqual(["5.10", "6.1.192"]);
});

test("what shows memory that nobody has initialised is not forced", () => {
  const scenario = loadScenario("scenarios/witnesses/short-copy-1k.yaml");
  const base = { scenario, variant: on("6.12"), choices: [] };
  expect(searchRun(base, [{ variant: on("6.12"), kind: "exposure" }], on("6.12"))).toMatchObject({
    problem: expect.stringContaining("is not forced"),
  });
});

test("choices that do not apply are no run", () => {
  const scenario = loadScenario("scenarios/witnesses/refault-before-punch.yaml");
  expect(chooseRun({ scenario, variant: on("5.10"), choices: [9] }, on("5.10"))).toEqual({
    problem: "the choices do not apply",
  });
});
