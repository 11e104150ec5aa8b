/** A part of a campaign as text: how far it is, and what that says of runs that fail. */
import type { PartStatus } from "../campaign/part-status.js";
import { beside, grouped, type Palette, plural, probability } from "./style.js";

/** The kernel, and the scenario where it is not random programs that run on it. */
export function partName({ kernel, program }: Pick<PartStatus, "kernel" | "program">): string {
  return program === null ? kernel : `${kernel}, ${program}`;
}

export function partLines(part: PartStatus, paint: Palette): string[] {
  if (part.explores) return exploredLines(part, paint);
  const { program, programs, done, ranges, checked, schedules, seconds, digest, failures } = part;
  const what = program === null ? "program" : "round";
  const share = programs === 0 ? 100 : Math.floor((100 * done) / programs);
  const rate = seconds > 0 ? `, ${grouped(Math.round(done / seconds))} ${what}s/s a worker` : "";
  const mark = done === programs ? paint.green("done") : `${String(share).padStart(3)}%`;
  const where = program === null ? "the next program" : "the next round";
  return [
    `${grouped(done)} of ${plural(programs, what)}, ${plural(schedules, "schedule")}${rate}`,
    `${plural(ranges, "range")}, ${checked} done twice, digest ${digest}`,
    `${plural(part.kinds, "kind")} in ${plural(failures, "failing case")}; a new kind in ${where}: p ${bound(part)}`,
  ].flatMap((text, i) =>
    i === 0 ? beside(`${mark} `, 5, `${partName(part)}: ${text}`) : beside("     ", 5, text),
  );
}

/** All runs of a scenario: looked at, or still to be. */
function exploredLines(part: PartStatus, paint: Palette): string[] {
  const { explored, digest, kinds } = part;
  if (explored === null) return [`  0% ${partName(part)}: all runs are to be looked at`];
  const { states, isComplete } = explored;
  const said = isComplete
    ? `all ${plural(states, "state")} looked at`
    : `more than ${plural(states, "state")}`;
  const mark = isComplete ? paint.green("done") : paint.yellow("part");
  return [
    ...beside(`${mark} `, 5, `${partName(part)}: ${said}, ${plural(kinds, "kind")}`),
    `     digest ${digest}`,
  ];
}

/**
 * How likely the next program shows a kind that none has shown: Good and Turing's estimate is the share of kinds that
 * were seen once; with none, the rule of three bounds it (95 %).
 */
function bound({ singletons, done }: PartStatus): string {
  if (done === 0) return "unknown";
  return singletons === 0 ? `< ${probability(3 / done)} (95 %)` : `about ${probability(singletons / done)}`;
}
