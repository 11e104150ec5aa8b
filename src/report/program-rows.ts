/**
 * A program as rows: its file, its setup, and a row per thread.
 */
import { threadText } from "../scenario/language/print-ops.js";
import { DEFAULT_PAGE } from "../scenario/limits.js";
import type { Scenario } from "../scenario/types.js";
import { printQuantity } from "../scenario/yaml/units.js";

export function programRows(scenario: Scenario): (readonly [name: string, text: string])[] {
  const { file, setup, threads } = scenario;
  const page = file.page === DEFAULT_PAGE ? "" : `, page ${printQuantity(file.page)}`;
  return [
    ["file", `size ${printQuantity(file.size)}, block ${printQuantity(file.block)}${page}`],
    ...(setup.length === 0 ? [] : [["setup", threadText({ ops: setup })] as const]),
    ...threads.map((thread) => [thread.name, threadText(thread)] as const),
  ];
}
