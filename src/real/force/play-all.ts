/**
 * Plays plans in as many boots as it takes: one that ends its boot, or in which the kernel speaks of trouble, says nothing
 * itself and keeps no other from being played, in another boot.
 */

import type { ForcedPlan } from "./plan-text.js";
import type { PlayedOnGuest } from "./read-play.js";
import type { PlayedPlan } from "./read-played.js";

/** A plan as it was played, or why it was not. */
export type PlanAnswer = PlayedPlan | { readonly name: string; readonly problem: string };

export interface PlayedInBoots {
  /** In the order of the plans. */
  readonly answers: readonly PlanAnswer[];
  /** What the kernel said of trouble of its own, each thing once. */
  readonly trouble: readonly string[];
  readonly boots: number;
}

export type PlayOnce = (plans: readonly ForcedPlan[]) => Promise<PlayedOnGuest>;

/** Names of plans are told apart. Every boot settles one plan at least, or all that are left. */
export async function playInBoots(plans: readonly ForcedPlan[], play: PlayOnce): Promise<PlayedInBoots> {
  const answers = new Map<string, PlanAnswer>();
  const trouble = new Set<string>();
  let left = plans;
  let boots = 0;
  while (left.length > 0) {
    const once = await play(left);
    boots++;
    for (const text of once.trouble) trouble.add(text);
    const settled = settledIn(once);
    for (const answer of settled) answers.set(answer.name, answer);
    if (settled.length === 0)
      for (const { name } of left)
        answers.set(name, {
          name,
          problem: once.trouble[0] ?? once.problem ?? "the kernel did not get to it",
        });
    left = left.filter(({ name }) => !answers.has(name));
  }
  return {
    answers: plans.flatMap(({ name }) => answers.get(name) ?? []),
    trouble: [...trouble],
    boots,
  };
}

/** What a boot says: of all plans that it played before the trouble, and why there is nothing of the next. */
function settledIn({ played, trouble, troubledIn, problem }: PlayedOnGuest): PlanAnswer[] {
  // Plans of one block size come after those of another.
  const begun = played.filter((one) => one !== undefined).sort((a, b) => a.place - b.place);
  if (troubledIn === "") return [];
  const settled: PlanAnswer[] = [];
  for (const one of begun) {
    if (one.name === troubledIn) {
      settled.push({ name: one.name, problem: trouble[0] ?? "trouble" });
      break;
    }
    settled.push(one.isEnded ? one : { name: one.name, problem: `${one.problem ?? problem}` });
  }
  return settled;
}

/** What a walk is told of it: a run, or why there is none. */
export function answerOf(one: PlanAnswer): Pick<PlayedPlan, "stands" | "sent" | "end"> | { problem: string } {
  if (!("stands" in one) || one.problem !== undefined) return { problem: `${one.problem}` };
  const { stands, sent, end } = one;
  return { stands, sent, end };
}
