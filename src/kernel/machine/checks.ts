/**
 * Checks of the model itself where its state changes: a range outside the file, a lock taken twice, a number that its element
 * does not hold or a thread that is none is a slip of the paths, which would otherwise be silent nonsense in a flat array.
 */

/** Tests run with 1 (test/checks-on.ts); in the program, where they cost 3 to 5 %, the compiler leaves the checks out. */
export const enum Checks {
  ON = 0,
}

/** Throws unless `[from, to)`, in units of `what`, lies in `[0, limit)` or is empty. */
export function checkRange(what: string, from: number, to: number, limit: number): void {
  if (!(from >= 0 && to <= limit)) broken(`${what} ${from}..${to} of ${limit}`);
}

/** Throws unless `index` is one of `[0, limit)`. */
export function checkIndex(what: string, index: number, limit: number): void {
  checkRange(what, index, index + 1, limit);
}

/** Throws: the model has a bug. */
export function broken(what: string): never {
  throw new Error(`the model is broken: ${what}`);
}
