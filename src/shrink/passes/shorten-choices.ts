/** Closer to the default order, choice by choice: cut the list short, take the default at one point, leave one point
 * out, or a smaller value. */

import type { Run } from "../best-run.js";
import type { ScheduleCandidate } from "../script.js";

export function shortenChoices({ choices }: Run): ScheduleCandidate[] {
  const departures = choices.flatMap((value, i) => (value === 0 ? [] : [{ value, i }]));
  const cut = departures.map(({ i }) => choices.slice(0, i));
  const replaced = departures
    .toReversed()
    .flatMap(({ value, i }) => [
      choices.with(i, 0),
      choices.toSpliced(i, 1),
      ...Array.from({ length: value - 1 }, (_, v) => choices.with(i, v + 1)),
    ]);
  const shorter = choices.flatMap((value, i) => (value === 0 ? [choices.toSpliced(i, 1)] : []));
  return [...cut, ...replaced, ...shorter].map((list) => ({ choices: list }));
}
