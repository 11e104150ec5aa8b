/** Case seeds are read with the options that fuzz says beside them; those of other models are refused. */
import { expect, test } from "vitest";
import { readInput } from "../../src/cli/input/run-input.js";
import { STRATEGY_NAMES } from "../../src/explore/strategies/index.js";
import { caseSeedText } from "../../src/fuzz/case.js";
import { fuzzCases } from "../../src/tasks/fuzz-cases.js";

const variant = { base: "6.0", with: [], without: [] };

test.each(STRATEGY_NAMES)("a case of %s is the run that fuzz has found", (strategy) => {
  const options = { variant, seed: "2", mask: 1, strategy };
  const { failures } = fuzzCases({ kind: "fuzz", options, from: 30, count: 40, keepGoing: true });
  const [first] = failures;
  const seed = caseSeedText(options, first!.n);
  const { run, isPinned } = readInput(seed, { strategy, oracle: ["content"] });
  expect([isPinned, run.choices]).toEqual([true, first!.run.choices]);
});

test.each(["sm999.AAAA", "999:6.0:1:1"])("%s is of another model, and it is said what repeats it", (text) => {
  const remedy = expect.stringContaining("a version with model 999 repeats it");
  expect(() => readInput(text, {})).toThrow(expect.objectContaining({ remedy }));
});
