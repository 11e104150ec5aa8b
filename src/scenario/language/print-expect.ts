/** What a scenario expects, as the YAML a person would have written. */
import type { Expectation, ExpectEntry, Scenario, Variant } from "../types.js";
import { printQuantity } from "../yaml/units.js";
import { flow, scalar } from "./print-yaml.js";

const LINE_WIDTH = 100;

export function printExpect(expect: Scenario["expect"]): string[] {
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

export function printVariant({ base, with: added, without, expect, kind, returns }: Variant): string {
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
