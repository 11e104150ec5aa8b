/**
 * Named kernels as sets of toggles. A kernel with `--with` and `--without` is a variant of one of these.
 */
import { FIXES, type FixName } from "./fixes.js";

export interface Release {
  readonly name: string;
  readonly about: string;
  readonly fixes: ReadonlySet<FixName>;
}

const invariants: FixName[] = ["complete-before-end-writeback", "seq-bump-on-convert"];
const series62: FixName[] = [
  "validate",
  "validate-after-lock",
  "cookie-under-ilock",
  "remap-on-zero-progress",
  "punch-skips-dirty",
  "punch-under-invalidate-lock",
  "punch-on-stale",
  "mkwrite-no-end",
  "scan-limit-eof",
];

export const RELEASES: readonly Release[] = [
  release("6.0", "the state the RFC was written against", [...invariants, "discard-end", "punch-on-stale"]),
  release("rfc-v1", "the RFC of 2022-09-21: validity checks, NEW carried over, no punch of stale maps", [
    ...invariants,
    "discard-end",
    "validate",
    "validate-after-lock",
    "remap-on-zero-progress",
    "propagate-new",
  ]),
  release("6.2", "the merged series of nine patches", [...invariants, ...series62]),
  release(
    "cured",
    "6.2 with every later fix and proposed cure that the model knows",
    FIXES.filter((f) => f.sort !== "defect").map((f) => f.name),
  ),
];

function release(name: string, about: string, on: readonly FixName[]): Release {
  return { name, about, fixes: new Set(on) };
}

export function findRelease(name: string): Release | undefined {
  return RELEASES.find((r) => r.name === name);
}
