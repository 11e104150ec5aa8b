/**
 * Named kernels as sets of toggles. A kernel with `--with` and `--without` is a variant of one of these.
 */
import { FIXES, type FixName } from "./fixes.js";

export interface Release {
  readonly name: string;
  readonly about: string;
  readonly fixes: ReadonlySet<FixName>;
}

const invariants: FixName[] = [
  "complete-before-end-writeback",
  "seq-bump-on-convert",
  "truncate-sets-size-first",
  "isize-extend-write-protects",
];
/** The kernels of 2022: 6.0 to 6.2. */
const since60: FixName[] = ["fault-in-partial", "truncdown-flush-eof", "wb-past-eof-skip"];
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
const since612: FixName[] = [
  "discard-end",
  "fault-in-partial",
  "wb-past-eof-skip",
  "dirty-per-block",
  "write-large-folios",
  "zeroing-keeps-isize",
  "zero-convert-post-eof",
  "eof-zero-cure",
  "truncdown-flush-eof",
  "truncdown-zero-flushes",
  "bmapi-write-trims-delalloc",
  "flush-empty-range-noop",
  "stale-no-write-failed",
  "eof-zero-takes-invalidate-lock",
];

export const RELEASES: readonly Release[] = [
  release("5.10", "5.10.218 and 5.10.262: none of the series, source fault-in all or nothing", [
    ...invariants,
    "discard-end",
    "punch-on-stale",
    "truncdown-flush-eof",
  ]),
  release("6.0", "the state the RFC was written against", [
    ...invariants,
    ...since60,
    "discard-end",
    "punch-on-stale",
  ]),
  release("rfc-v1", "the RFC of 2022-09-21: validity checks, NEW carried over, no punch of stale maps", [
    ...invariants,
    ...since60,
    "discard-end",
    "validate",
    "validate-after-lock",
    "remap-on-zero-progress",
    "propagate-new",
  ]),
  release("6.1.192", "Debian's 6.1.192: the series and its later fixes, backported", [
    ...invariants,
    ...since60,
    ...series62,
    "discard-end",
    "zero-convert-post-eof",
  ]),
  release("6.2", "the merged series of nine patches", [...invariants, ...since60, ...series62]),
  release("6.12", "6.12.117: per-block dirty tracking, large folios, zeroing that looks at the cache", [
    ...invariants,
    ...series62,
    ...since612,
  ]),
  release("6.18", "6.18.44: zeroing at EOF in memory, folios split around the cut", [
    ...invariants,
    ...series62,
    ...since612,
    "zero-eof-in-memory",
    "isize-extend-zeroes",
    "split-nonuniform",
  ]),
  release("cured", "6.2 with every later fix and proposed cure that the model knows", [
    ...since60,
    ...series62,
    ...FIXES.filter((f) => f.sort !== "defect" && f.sort !== "behaviour").map((f) => f.name),
  ]),
];

function release(name: string, about: string, on: readonly FixName[]): Release {
  return { name, about, fixes: new Set(on) };
}

export function findRelease(name: string): Release | undefined {
  return RELEASES.find((r) => r.name === name);
}
