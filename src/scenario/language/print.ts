/**
 * Scenarios as the YAML a person would have written. Whatever is printed parses back to an equal scenario.
 */
import { FAULTS } from "../../kernel/machine/choices.js";
import { MODIFIERS } from "../../kernel/modifiers.js";
import { OPS } from "../../kernel/ops.js";
import { DEFAULT_PAGE } from "../limits.js";
import { isWhole, modifiersOf } from "../op-bytes.js";
import type { Expectation, ExpectEntry, Op, Scenario, ThreadSpec, Variant } from "../types.js";
import { printQuantity, printRange } from "../yaml/units.js";
import { printOrder, printScheduleItem } from "./schedule.js";

const LINE_WIDTH = 100;
/** Words that a YAML 1.1 or 1.2 reader would take for something other than text. */
const NOT_PLAIN = /^(true|false|null|yes|no|on|off|y|n)$/i;

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

/** One operation as a flow map, `{ write: 0..12k, fault-at: 8k }`. */
export function printOp(op: Op): string {
  const modifiers = modifiersOf(op).map(
    ([name, value]) => `${MODIFIERS[name].word}: ${value === true ? "true" : printQuantity(value)}`,
  );
  return flow([`${op.kind}: ${printArgument(op) ?? "{}"}`, ...modifiers]);
}

/** An operation in few words: `write 0..10k fault-at 8k`. */
export function opText(op: Op): string {
  const modifiers = modifiersOf(op).map(
    ([name, value]) => `${MODIFIERS[name].word}${value === true ? "" : ` ${printQuantity(value)}`}`,
  );
  return [op.kind, printArgument(op) ?? [], modifiers].flat().join(" ");
}

/** What a thread does in few words: `write 0..4k; fsync`, `repeat writeback 0..8k`. */
export function threadText({ ops, repeats }: Pick<ThreadSpec, "ops" | "repeats">): string {
  return `${repeats === true ? "repeat " : ""}${ops.map(opText).join("; ")}`;
}

/** The range or size of an operation; undefined for the whole file. */
function printArgument(op: Op): string | undefined {
  const { takes } = OPS[op.kind];
  if (takes === "size" || takes === "length") return printQuantity(op.to);
  return isWhole(op) ? undefined : printRange(op);
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

function printExpect(expect: Scenario["expect"]): string[] {
  if (expect.length === 0) return [];
  const pairs = expect.map(({ kernel, expect, kind, returns }) => {
    const verdict = printVerdict(expect);
    const more = [...(kind === undefined ? [] : [`kind: ${scalar(kind)}`]), ...printReturns(returns)];
    const value = more.length === 0 ? verdict : flow([`verdict: ${verdict}`, ...more]);
    return `${scalar(kernel)}: ${value}`;
  });
  const short = `expect: ${flow(pairs)}`;
  const isShort =
    short.length <= LINE_WIDTH && expect.every(({ kind, returns }) => (kind ?? returns) === undefined);
  return isShort ? [short] : ["expect:", ...pairs.map((pair) => `  ${pair}`)];
}

function printReturns(returns: ExpectEntry["returns"]): string[] {
  if (returns === undefined) return [];
  const value = (one: number | string) => (typeof one === "number" ? printQuantity(one) : one);
  const calls = returns.map(({ call, values: [first = "ok", ...more] }) => {
    return `${call}: ${more.length === 0 ? value(first) : `[${[first, ...more].map(value).join(", ")}]`}`;
  });
  return [`returns: ${flow(calls)}`];
}

function printVariant({ base, with: added, without, expect, kind, returns }: Variant): string {
  const parts = [`base: ${scalar(base)}`];
  // One of the two must be there, even if it is an empty list.
  if (added.length > 0 || without.length === 0) parts.push(`with: [${added.map(scalar).join(", ")}]`);
  if (without.length > 0) parts.push(`without: [${without.map(scalar).join(", ")}]`);
  parts.push(`expect: ${printVerdict(expect)}`);
  if (kind !== undefined) parts.push(`kind: ${scalar(kind)}`);
  return flow([...parts, ...printReturns(returns)]);
}

function printVerdict(expect: Expectation): string {
  if (typeof expect === "string") return expect;
  return expect.length === 1 ? expect.join() : `[${expect.join(", ")}]`;
}

function printList(key: string, items: readonly string[] | undefined): string[] {
  if (items === undefined) return [];
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${item}`)];
}

function flow(parts: readonly string[]): string {
  return `{ ${parts.join(", ")} }`;
}

/** Plain where every YAML reader agrees on the text, else in double quotes. */
function scalar(text: string): string {
  const isWord = /^[A-Za-z_][\w./+-]*$/.test(text) && !NOT_PLAIN.test(text);
  // Prose may hold more, but nothing that means something inside a flow map.
  const isProse =
    /^[A-Za-z](?:[\w ()./+;=-]*[\w)./+;=-])?$/.test(text) && !text.includes("--") && !NOT_PLAIN.test(text);
  return isWord || isProse ? text : JSON.stringify(text);
}
