/** Explanations as text: that they fit 80 columns, whatever operations are called and may vary by. */
import { expect, it } from "vitest";
import { explainRun } from "../../src/explain/explain-run.js";
import { explainText } from "../../src/report/explain-text.js";
import { reported, UNWRITTEN_TAIL } from "./runs.js";

it.each(["writer", "a-writer-of-a-very-long-name"])("fits 80 columns (%s)", (name) => {
  const finding = reported(UNWRITTEN_TAIL.replaceAll("writer", name), "6.0");
  const explained = explainRun(finding.run);
  if ("problem" in explained) throw new Error(explained.problem);
  const text = explainText({ ...explained, reported: finding, orderFile: undefined, output: undefined });
  expect(text).toMatch(/^ {2}block size {28}\S/m);
  expect(text.replace(/\s+/g, " ")).toMatch(/begins at \S+ up to \S+; ends at \S+ up to \S+/);
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});
