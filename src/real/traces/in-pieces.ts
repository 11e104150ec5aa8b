/**
 * Work in small pieces: it yields after each, so that whoever drives it can look up, or stop.
 */
export type InPieces<T> = Generator<void, T>;

/** All pieces at once. */
export function whole<T>(work: InPieces<T>): T {
  let next = work.next();
  while (next.done !== true) next = work.next();
  return next.value;
}
