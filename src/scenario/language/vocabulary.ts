/**
 * The words that only the kernel model knows: its kernels, fixes, windows, steps and choices. Passed in by the
 * caller, so that the language stands on its own; a list that is absent is not checked.
 */

export interface Vocabulary {
  readonly kernels?: readonly string[];
  /** What to say of a kernel that is none of them; undefined where the nearest word is the best. */
  readonly nearestKernels?: (name: string) => string | undefined;
  /** Fixes, behaviours and mutants: whatever `with` and `without` may name. */
  readonly fixes?: readonly string[];
  readonly windows?: readonly string[];
  /** Step names, which are names of kernel functions. */
  readonly steps?: readonly string[];
  /** Sorts of choices of the environment. */
  readonly choices?: readonly string[];
  /** What kinds of findings look like. */
  readonly kinds?: RegExp;
}
