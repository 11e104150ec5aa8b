/**
 * Options that contradict each other, or say nothing without another, are refused: nothing given is ignored in silence.
 */
import { usage } from "../exit.js";
import { dashed } from "./options.js";

/** Options by name, as commander has them. */
type Given = Readonly<Record<string, unknown>>;

/** Two options of which each says what the other denies. */
const CONTRARY: readonly (readonly [string, string])[] = [
  ["realizable", "preemptions"],
  ["realizable", "exact"],
  ["realizable", "bfs"],
  ["realizable", "fine"],
  ["bfs", "preemptions"],
  ["matrix", "count"],
  ["order", "except"],
  ["order", "upstream"],
  ["exec", "runs"],
  ["exec", "seed"],
  ["exec", "strategy"],
  ["exec", "depth"],
  ["exec", "oracle"],
];

/** Throws a usage error when the options cannot all be meant; `isStandard` tells those that were not given. */
export function checkTogether(given: Given, isStandard: (name: string) => boolean): void {
  const has = (name: string): boolean =>
    given[name] !== undefined && given[name] !== false && !isStandard(name);
  for (const [a, b] of CONTRARY)
    if (has(a) && has(b))
      throw usage(`--${dashed(a)} and --${dashed(b)} cannot both be meant`, "leave out one of the two");
  const { strategy } = given;
  if (given.realizable === true && has("strategy") && strategy !== "realizable")
    throw usage(`--realizable and --strategy ${strategy} cannot both be meant`, "leave out one of the two");
  if (has("depth") && strategy !== "pct")
    throw usage("--depth says nothing without --strategy pct", "leave it out, or add --strategy pct");
}
