/**
 * What became of findings: each program again on another kernel, or after the model has changed. What is kept of a
 * finding is its program, so that one of an older model means the same today.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";
import type { CampaignFinding } from "./kept-kinds.js";

export interface Rechecked extends Pick<CampaignFinding, "kernel" | "program" | "kind" | "firstCase"> {
  /** Where it was tried again. */
  readonly on: KernelVariant;
  readonly outcome: "fixed" | "still there" | "changed" | "undecided";
  /** What goes wrong there instead, or why that is not known. */
  readonly now: readonly string[];
}

/** What the kinds that a program shows now say of the kind that it was found with. */
export function outcomeOf(
  kind: string,
  verdict: "ok" | "mismatch" | "undecided",
  kinds: readonly string[],
): Rechecked["outcome"] {
  if (kinds.includes(kind)) return "still there";
  if (verdict === "mismatch") return "changed";
  return verdict === "ok" ? "fixed" : "undecided";
}
