/**
 * Checks of the model itself where its state changes: a range of blocks outside the file or a lock taken twice is a slip of the
 * paths, which would otherwise be silent nonsense in a flat array.
 */

/** False compiles the checks out. They stand where a change is made as a whole, not at each cell: those cost 7 %. */
export const CHECKED = true;

/** Throws unless `[from, to)`, in units of `what`, lies in `[0, limit)` or is empty. */
export function checkRange(what: string, from: number, to: number, limit: number): void {
  if (!(from >= 0 && to <= limit)) broken(`${what} ${from}..${to} of ${limit}`);
}

/** Throws: the model has a bug. */
export function broken(what: string): never {
  throw new Error(`the model is broken: ${what}`);
}
