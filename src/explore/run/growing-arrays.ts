/** Room in typed arrays. */
type Growing = Int32Array | Float64Array | Uint16Array;

/** The array itself when it has `least` elements, else a copy with at least that many and twice as many as before. */
export function grown<A extends Growing>(array: A, least: number): A {
  if (array.length >= least) return array;
  const longer = new (array.constructor as new (length: number) => A)(Math.max(least, 2 * array.length));
  longer.set(array);
  return longer;
}
