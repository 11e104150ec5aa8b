/** Hitting sets: of many sets of numbers, few numbers of which each has one. */

const MOST_CONSTRAINTS = 8;

/** A smallest set of numbers below `most` of which each of the sets has one; undefined when it would be too large. */
export function smallestHit(sets: readonly (readonly number[])[], most: number): number[] | undefined {
  for (let size = 0; size <= Math.min(MOST_CONSTRAINTS, most); size++) {
    const found = hit(sets, size, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hit(sets: readonly (readonly number[])[], left: number, chosen: number[]): number[] | undefined {
  const open = sets.filter((set) => !set.some((i) => chosen.includes(i)));
  if (open.length === 0) return chosen;
  if (left === 0) return undefined;
  const [smallest] = open.toSorted((a, b) => a.length - b.length);
  for (const i of smallest!) {
    const found = hit(open, left - 1, [...chosen, i]);
    if (found !== undefined) return found;
  }
  return undefined;
}
