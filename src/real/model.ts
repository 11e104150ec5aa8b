/** Which modelled kernel stands for a running one. */
import type { KernelVariant } from "../explore/subject.js";
import { RELEASES } from "../kernel/releases.js";

/** Stable series that got the 2022 series of fixes in a backport, from this patch level on. */
const BACKPORTED: readonly (readonly [series: string, from: number, model: string])[] = [
  ["6.1", 92, "6.1.192"],
];

/** The kernel with the longest matching prefix; undefined when there is none. */
export function modelFor(release: string): KernelVariant | undefined {
  const names = RELEASES.map(({ name }) => name).filter(
    (name) => release === name || release.startsWith(`${name}.`),
  );
  const longest = names.sort((a, b) => b.length - a.length)[0];
  const [major, minor, patch] = release.split(".");
  const backport = BACKPORTED.find(
    ([series, from]) => series === `${major}.${minor}` && Number(patch) >= from,
  );
  const base = longest ?? backport?.[2];
  return base === undefined ? undefined : { base, with: [], without: [] };
}
