/**
 * Scenarios as the YAML a person would have written. Whatever is printed parses back to an equal scenario.
 */
import { FAULTS } from "../../kernel/machine/choices.js";
import { DEFAULT_PAGE } from "../limits.js";
import type { Scenario, ThreadSpec } from "../types.js";
import { printQuantity } from "../yaml/units.js";
import { printExpect, printVariant } from "./print-expect.js";
import { printOp } from "./print-ops.js";
import { flow, scalar } from "./print-yaml.js";
import { printOrder, printScheduleItem } from "./schedule.js";

/** The scenario as the text of a file; `header` lines become comments at its top. */
export function printScenario(scenario: Scenario, header: readonly string[] = []): string {
  const { file, setup, threads, budget, oracles, variants, reached } = scenario;
  const lines = header.flatMap((text) => text.split(/[\r\n]+/)).map((text) => `# ${text}`.trimEnd());
  lines.push(`name: ${scalar(scenario.name)}`);
  if (scenario.about !== undefined) lines.push(`about: ${scalar(scenario.about)}`);
  if (scenario.source !== undefined) lines.push(`source: ${scalar(scenario.source)}`);
  const page = file.page === DEFAULT_PAGE ? [] : [`page: ${printQuantity(file.page)}`];
  lines.push(
    `file: ${flow([`size: ${printQuantity(file.size)}`, `block: ${printQuantity(file.block)}`, ...page])}`,
  );
  if (setup.length > 0) lines.push("setup:", ...setup.map((op) => `  - ${printOp(op)}`));
  if (threads.length > 0) lines.push("threads:", ...threads.flatMap(printThread));
  const faults = FAULTS.flatMap(({ name, key }) => (budget[key] === 0 ? [] : [`${name}: ${budget[key]}`]));
  if (budget.faults !== undefined) faults.push(`faults: ${budget.faults}`);
  if (faults.length > 0) lines.push(`budget: ${flow(faults)}`);
  if (oracles !== undefined) lines.push(`oracles: [${oracles.join(", ")}]`);
  lines.push(...printExpect(scenario.expect));
  if (variants.length > 0)
    lines.push("variants:", ...variants.map((variant) => `  - ${printVariant(variant)}`));
  if (reached.length > 0) lines.push(`reached: [${reached.map(scalar).join(", ")}]`);
  lines.push(...printList("schedule", scenario.schedule?.map(printScheduleItem)));
  lines.push(...printList("order", scenario.order?.map(printOrder)));
  return `${lines.join("\n")}\n`;
}

function printThread({ name, ops, ownFd, repeats }: ThreadSpec): string[] {
  const key = repeats === true ? "repeat" : "ops";
  const own = ownFd === true ? ["fd: own"] : [];
  if (repeats === true && ops.length < 2)
    return [`  ${scalar(name)}: ${flow([...own, `${key}: [${ops.map(printOp).join("")}]`])}`];
  if ((ownFd ?? repeats) === true)
    return [
      `  ${scalar(name)}:`,
      ...[...own, `${key}:`].map((line) => `    ${line}`),
      ...ops.map((op) => `      - ${printOp(op)}`),
    ];
  if (ops.length < 2) return [`  ${scalar(name)}: [${ops.map(printOp).join("")}]`];
  return [`  ${scalar(name)}:`, ...ops.map((op) => `    - ${printOp(op)}`)];
}

function printList(key: string, items: readonly string[] | undefined): string[] {
  if (items === undefined) return [];
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${item}`)];
}
