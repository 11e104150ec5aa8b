/**
 * What a kernel does wrong, by the witnesses that show it. The searches of this room are generators that yield a witness
 * and a kernel and are sent what is wrong there, so that whoever drives them decides who looks and remembers.
 */
import type { KernelVariant } from "../kernel/versions/variant.js";

/** One way in which a witness fails, by the run that shows it. */
export interface Fault {
  readonly witness: string;
  /** What tells one defect from another. */
  readonly kind: string;
  readonly choices: readonly number[];
}

/** A witness on a kernel. */
export interface Question {
  readonly variant: KernelVariant;
  readonly witness: string;
}

export interface Looked {
  /** Each kind once. */
  readonly faults: readonly Fault[];
  /** Whether every state was looked at: only then is nothing else wrong. */
  readonly isComplete: boolean;
}

export type Asking<T> = Generator<Question, T, Looked>;

/** All that is wrong with a kernel. */
export interface State {
  readonly faults: readonly Fault[];
  /** Witnesses that could not be searched whole. */
  readonly open: readonly string[];
}

/** Has every witness looked at. */
export function* stateOf(variant: KernelVariant, witnesses: readonly string[]): Asking<State> {
  const faults: Fault[] = [];
  const open: string[] = [];
  for (const witness of witnesses) {
    const looked = yield { variant, witness };
    faults.push(...looked.faults);
    if (!looked.isComplete) open.push(witness);
  }
  return { faults, open };
}

/** The faults that others do not have. */
export function without(faults: readonly Fault[], others: readonly Fault[]): Fault[] {
  const known = new Set(others.map(keyOf));
  return faults.filter((fault) => !known.has(keyOf(fault)));
}

export function keyOf({ witness, kind }: Fault): string {
  return `${witness}: ${kind}`;
}

/** The witnesses of faults, each once. */
export function witnessesOf(faults: readonly Fault[]): string[] {
  return [...new Set(faults.map(({ witness }) => witness))];
}
