/** What a play on the model can change, and who is faster in it. */
import type { Kernel } from "../../kernel/machine/kernel.js";
import type { Returned, Wait } from "./forced-moves.js";

/** A task: one that moves goes on as soon as it can, another is held at a function, whatever others make of its next step. */
export type Standing = "moving" | "idle" | { readonly at: string };

/** Everything that a play can change, to go back to. */
export interface Saved {
  readonly state: Kernel["s"];
  readonly stands: ReadonlyMap<number, Standing>;
  readonly ios: readonly number[];
  readonly returns: readonly (readonly Returned[])[];
  readonly waits: ReadonlyMap<number, { readonly label: number; readonly wait: Wait }>;
  readonly sent: readonly (readonly [number, number])[];
}

/** Who is faster when a move lets others go on. */
export const PACES = ["mover first", "waiters first", "last waiter first", "step by step"] as const;
export type Pace = (typeof PACES)[number];

export function isSame(a: Saved, b: Saved): boolean {
  const rest = ({ stands, ios, returns }: Saved): string =>
    JSON.stringify([[...stands].sort(([x], [y]) => x - y), ios, returns]);
  return a.state.every((value, i) => value === b.state[i]) && rest(a) === rest(b);
}
