/**
 * What pictures of a finding are made of: its run step by step, what cures it, and the same order of steps on a
 * kernel with the cure.
 */
import { type Film, filmRun } from "../explore/finding/film.js";
import type { Finding } from "../explore/finding/finding.js";
import { ScheduleStrategy, scheduleOf } from "../explore/pin/pinned-schedule.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { subjectOf } from "../explore/run/subject.js";
import { RELEASES } from "../kernel/versions/releases.js";
import { fixesOf, type KernelVariant } from "../kernel/versions/variant.js";
import type { RunSpec } from "../scenario/token.js";
import { curesOf, withCure } from "./cure.js";

export interface Pictures {
  readonly film: Film;
  /** Toggles that together cure it. */
  readonly curedBy: readonly string[];
  readonly cured: CuredFilm | undefined;
}

export interface CuredFilm {
  readonly variant: KernelVariant;
  readonly film: Film;
}

/** Films the run of a finding; `curedBy` is asked for when it is not known, which takes up to a second. */
export function picturesOf(
  run: RunSpec,
  finding: Finding,
  curedBy: readonly string[] = curesOf(run, finding),
): Pictures {
  const subject = subjectOf(run);
  const film = filmRun(subject, new ReplayChoices(run.choices));
  return { film, curedBy, cured: curedBy.length === 0 ? undefined : curedFilm(run, curedBy) };
}

/**
 * The run's order of steps, as far as it goes, on the first of these kernels that does everything right in it: this one
 * with the cure alone, which may do other harm, and the releases that have the cure, those most like it first.
 */
function curedFilm(run: RunSpec, toggles: readonly string[]): CuredFilm | undefined {
  const items = scheduleOf(subjectOf(run), run.choices);
  const cure = withCure(run.variant, toggles);
  const wanted = fixesOf(cure);
  const has = (on: ReadonlySet<string>, name: string) => on.has(name);
  const distance = (on: ReadonlySet<string>) =>
    [...on].filter((name) => !has(wanted, name)).length + [...wanted].filter((name) => !has(on, name)).length;
  const releases = RELEASES.filter(({ fixes }) =>
    toggles.every((name) => has(fixes, name) === has(wanted, name)),
  ).toSorted((a, b) => distance(a.fixes) - distance(b.fixes));
  for (const variant of [cure, ...releases.map(({ name }) => ({ base: name, with: [], without: [] }))]) {
    const subject = subjectOf({ ...run, variant });
    const film = filmRun(subject, new ScheduleStrategy(subject, items));
    if (subject.engine.verdict.found === 0) return { variant, film };
  }
  return undefined;
}
