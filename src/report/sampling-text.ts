/**
 * What a clean sample says about what it did not show, in words and strategy by strategy.
 */
import type { SamplingStatistics, Statistics } from "../explore/sample/statistics.js";
import { timesByName } from "../kernel/machine/windows.js";
import { missBound } from "./fuzz-text.js";
import { grouped, plural, probability } from "./style.js";

/**
 * Lines that may be wrapped, and the rows of a table that may not. `how` names what was sampled, `reached` the windows
 * that the scenario asks about.
 */
export function samplingText(
  sampling: SamplingStatistics,
  how: string,
  reached: readonly string[],
): { lines: string[]; table: string[] } {
  const { strategies, schedules, counted, finalStates, unseen } = sampling;
  const isMixed = strategies.length > 1;
  const lines = [
    `${plural(schedules, "schedule")} (${how}) ended in ${plural(finalStates, "different state")}`,
    missBound(schedules, "schedule"),
    `the next ends in a state not seen yet: p about ${probability(unseen)} (Good-Turing)`,
  ];
  if (counted < schedules)
    lines.push(`there are too many states to count them all: those of ${grouped(counted)} schedules were`);
  for (const name of reached) {
    const parts = strategies.map((one) => `${one.strategy}: ${grouped(timesOf(one, name))}`);
    const detail = isMixed ? ` (${parts.join("; ")})` : "";
    lines.push(`entered ${name} ${plural(timesOf(sampling, name), "time")}${detail}`);
  }
  return { lines, table: isMixed ? table(sampling) : [] };
}

function table({ strategies }: SamplingStatistics): string[] {
  const rows = [
    ["strategy", "schedules", "states", "next is new", "fails, p <"],
    ...strategies.map((one) => [
      one.strategy,
      grouped(one.schedules),
      grouped(one.finalStates),
      probability(one.unseen),
      probability(one.bugBound),
    ]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map(([name = "", ...figures]) =>
    [name.padEnd(width(0)), ...figures.map((text, i) => text.padStart(width(i + 1)))].join("  "),
  );
}

function timesOf({ windows }: Statistics, name: string): number {
  return timesByName(windows)[name] ?? 0;
}
