/** What was printed where plans were played: the player's part, and then the kernel's log, which may tell of trouble. */
import { guestTrouble } from "../machine/guest-trouble.js";
import type { HookNames } from "./plan-moves.js";
import type { ForcedPlan } from "./plan-text.js";
import { type PlayedPlan, readPlayed } from "./read-played.js";

export interface PlayedOnGuest {
  /** In the order of the plans; undefined for those that it did not get to. */
  readonly played: readonly (PlayedPlan | undefined)[];
  /** What the kernel said of trouble of its own: nothing that it did from there on is to be believed. */
  readonly trouble: readonly string[];
  /** The plan that was played when it first did; "" before any was. */
  readonly troubledIn: string | undefined;
  /** Why some were not played. */
  readonly problem: string | undefined;
}

/** What was printed, the player's part and then the kernel's log. */
export function readPlay(
  plans: readonly ForcedPlan[],
  printed: string,
  names: HookNames,
): Omit<PlayedOnGuest, "problem"> {
  const begun = readPlayed(printed, names);
  const byName = new Map(begun.map((played) => [played.name, played]));
  return { played: plans.map(({ name }) => byName.get(name)), ...troubleIn(printed, begun) };
}

const PLAN_IN_LOG = /^\[ {0,8}\d{1,9}\.\d{6}\](?:\[ {0,8}[TC]\d{1,9}\])? stalemap plan (\S+)\r?$/m;

/**
 * The kernel's log comes when all is played, with a line of the player's for each plan. A kernel that died has not got
 * there: its last plan was the one.
 */
export function troubleIn(
  console: string,
  begun: readonly PlayedPlan[],
): Pick<PlayedOnGuest, "trouble" | "troubledIn"> {
  const trouble = guestTrouble(console);
  const [before, ...pieces] = console.split(PLAN_IN_LOG);
  if (trouble.length === 0) return { trouble, troubledIn: undefined };
  if (pieces.length === 0) return { trouble, troubledIn: begun.at(-1)?.name ?? "" };
  const at = pieces.findIndex((piece, i) => i % 2 === 1 && guestTrouble(piece).length > 0);
  return { trouble, troubledIn: guestTrouble(before ?? "").length > 0 ? "" : pieces[at - 1] };
}
