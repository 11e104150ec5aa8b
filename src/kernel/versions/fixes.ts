/**
 * The toggles with what their patches say of them, and a set of toggles as the booleans that the paths read.
 */
import { type CamelCase, camelCase } from "../camel-case.js";
import { commitsOf, PATCHES } from "./patches.js";
import { type FixName, TOGGLES, type Toggle } from "./toggles.js";

export type { FixName } from "./toggles.js";

export interface FixInfo extends Toggle {
  /** Of the patch that turns it on. */
  readonly title: string;
  readonly release: string;
  /** Upstream commits, abbreviated; empty for proposed cures and for what kernels have always done. */
  readonly commits: readonly string[];
}

export const FIXES: readonly FixInfo[] = TOGGLES.map((toggle) => {
  const patch = PATCHES.find((p) => p.on.includes(toggle.name))!;
  return { ...toggle, title: patch.title, release: patch.release, commits: commitsOf(patch) };
});
export const FIX_NAMES: readonly FixName[] = FIXES.map((f) => f.name);

/** One boolean per toggle, named in camelCase, as the paths read them, and the Linux whose names its functions have. */
export type Fixes = { readonly [N in FixName as CamelCase<N>]: boolean } & { readonly linux: string };

/** The booleans of a set of toggle names, on a kernel made from the release `linux`. */
export function makeFixes(on: ReadonlySet<FixName>, linux: string): Fixes {
  const key = `${linux} ${FIX_NAMES.map((name) => (on.has(name) ? "1" : "0")).join("")}`;
  let fixes = made.get(key);
  if (fixes === undefined) {
    const toggles = Object.fromEntries(FIX_NAMES.map((name) => [camelCase(name), on.has(name)]));
    // V8 keeps an object that was filled key by key as a hash table; the copy has a fixed layout, and the paths read it often.
    fixes = Object.freeze({ ...toggles, linux }) as unknown as Fixes;
    made.set(key, fixes);
  }
  return fixes;
}

/** One object per kernel and set of toggles: the same layout for all kernels that run with them. */
const made = new Map<string, Fixes>();

export function isFixName(name: string): name is FixName {
  return (FIX_NAMES as readonly string[]).includes(name);
}
