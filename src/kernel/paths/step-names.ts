/**
 * What the functions that the steps model are called. Linux renames its functions now and then: each kernel shows the
 * names that it has itself, and takes those of the others in schedules, so that one file does for all kernels.
 */
import type { Fixes } from "../versions/fixes.js";
import { isAtLeast } from "../versions/releases.js";
import { STEPS } from "./index.js";

/** By label, every name that its function ever had, the oldest first; none at DONE. */
const NAMES: readonly (readonly string[])[] = STEPS.map((step) => {
  if (step === undefined) return [];
  if (typeof step.fn === "string") return [step.fn];
  const [first, ...later] = step.fn;
  return [first, ...later.map(([, name]) => name)];
});

/** All of them. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(NAMES.flat());

export interface StepName {
  /** As this kernel has it. */
  readonly fn: string;
  /** The first that it ever had: what it goes by where the kernel does not matter. */
  readonly oldest: string;
  /** What a schedule may call it: `fn`, and its other names as far as no other step of this kernel is called so. */
  readonly aliases: ReadonlySet<string>;
}

/** What the function at a label is called on a kernel. */
export function functionAt(fixes: Fixes, pc: number): string {
  return stepNames(fixes)[pc]!.fn;
}

/** By label, the names on a kernel. */
export function stepNames({ linux }: Fixes): readonly StepName[] {
  let names = known.get(linux);
  if (names === undefined) {
    const current = STEPS.map((step, pc) => {
      if (step === undefined || typeof step.fn === "string") return NAMES[pc]![0] ?? "";
      const [first, ...later] = step.fn;
      return later.findLast(([since]) => isAtLeast(linux, since))?.[1] ?? first;
    });
    names = current.map((fn, pc) => ({
      fn,
      oldest: NAMES[pc]![0] ?? "",
      aliases: new Set([fn, ...NAMES[pc]!.filter((name) => !current.includes(name))]),
    }));
    known.set(linux, names);
  }
  return names;
}

const known = new Map<string, readonly StepName[]>();
