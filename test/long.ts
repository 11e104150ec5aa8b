/**
 * Whether sweeps are to be long: STALEMAP_LONG=1, before a release. What is always run keeps each property on fewer or smaller
 * subjects.
 */
export const IS_LONG = process.env.STALEMAP_LONG === "1";

/** One of two sizes of a sweep. */
export function sized<T>(long: T, usual: T): T {
  return IS_LONG ? long : usual;
}
