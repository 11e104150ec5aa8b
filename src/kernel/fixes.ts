/**
 * Every fix and behaviour of the modelled kernels as a named toggle. On is what the kernel with the fix does; the
 * path that a toggle changes reads it as one boolean of `Fixes`. The stable id is what tokens carry: never reuse or
 * renumber one.
 */

export interface FixInfo {
  readonly name: string;
  readonly id: number;
  readonly title: string;
  /** Upstream commits, abbreviated; empty for proposed cures and for what kernels have always done. */
  readonly commits: readonly string[];
  readonly release: string;
  /** One sentence: what changes when it is on. */
  readonly about: string;
  readonly sort: "fix" | "behaviour" | "defect" | "cure" | "invariant";
}

const table = [
  fix(
    1,
    "validate",
    "fix",
    "iomap: write iomap validity checks",
    ["d7b64041164c", "304a68b9c63b"],
    "6.2",
    "A write compares its map's cookie with if_seq at each folio and remaps when the extents have changed.",
  ),
  fix(
    2,
    "validate-after-lock",
    "fix",
    "iomap: write iomap validity checks",
    ["d7b64041164c"],
    "6.2",
    "The comparison is made with the folio locked and before its blocks are initialised, not before the lock.",
  ),
  fix(
    3,
    "cookie-under-ilock",
    "fix",
    "xfs: use iomap_valid method to detect stale cached iomaps",
    ["304a68b9c63b"],
    "6.2",
    "The cookie is sampled before ->iomap_begin drops ILOCK, so that map and cookie belong together.",
  ),
  fix(
    4,
    "remap-on-zero-progress",
    "fix",
    "iomap: write iomap validity checks",
    ["d7b64041164c"],
    "6.2",
    "A map found stale before any byte was written is remapped instead of ending the write.",
  ),
  fix(
    5,
    "punch-skips-dirty",
    "fix",
    "iomap: buffered write failure should not truncate the page cache",
    ["f43dc4dc3eff"],
    "6.2",
    "A failed write punches its delalloc around dirty folios and leaves the page cache alone.",
  ),
  fix(
    6,
    "punch-under-invalidate-lock",
    "fix",
    "xfs: punching delalloc extents on write failure is racy",
    ["198dd8aedee6"],
    "6.2",
    "The cleanup of a failed write holds invalidate_lock exclusive, so that no fault can slip in.",
  ),
  fix(
    7,
    "punch-on-stale",
    "fix",
    "iomap: write iomap validity checks",
    ["d7b64041164c"],
    "6.2",
    "The unused part of a stale new delalloc map is punched before the remap reserves again.",
  ),
  fix(
    8,
    "mkwrite-no-end",
    "fix",
    "xfs: write page faults in iomap are not buffered writes",
    ["118e021b4b66"],
    "6.2",
    "page_mkwrite runs no ->iomap_end, which could punch what the fault has just reserved.",
  ),
  fix(
    9,
    "propagate-new",
    "defect",
    "RFC v1: carry IOMAP_F_NEW of a stale map over to its remap",
    [],
    "rfc-v1",
    "The remap of a stale new map is called new whatever it found, so written blocks are zeroed. Harmful.",
  ),
  fix(
    10,
    "scan-limit-eof",
    "fix",
    "iomap: buffered write failure should not truncate the page cache",
    ["f43dc4dc3eff"],
    "6.2",
    "The scan for dirty folios stops at i_size, so that reservations past EOF are always punched.",
  ),
  fix(
    11,
    "complete-before-end-writeback",
    "invariant",
    "I/O completion converts extents before it ends writeback",
    [],
    "2.6",
    "Unwritten extents are converted before the folio's writeback bit is cleared.",
  ),
  fix(
    12,
    "seq-bump-on-convert",
    "invariant",
    "xfs: maintain a sequence count for inode fork manipulations",
    ["745b3f76d1c8"],
    "4.19",
    "Converting an unwritten extent bumps if_seq.",
  ),
  fix(
    13,
    "discard-end",
    "fix",
    "xfs: fix off-by-one-block in xfs_discard_folio()",
    ["8ac5b996bf51"],
    "6.3",
    "A folio whose blocks cannot be mapped loses exactly its own delalloc, from the failing block to its end.",
  ),
  fix(
    14,
    "eof-punch-cure",
    "cure",
    "iomap: round the end of the delalloc scan up to a block",
    [],
    "proposed",
    "The punch after a failed write starts past the block that holds EOF when that block is dirty.",
  ),
  fix(
    15,
    "short-copy-cure",
    "cure",
    "iomap: mark blocks uptodate at write_end only, accept short copies by block",
    [],
    "proposed",
    "write_begin marks nothing uptodate; write_end accepts whole copied blocks and bytes in uptodate ones.",
  ),
  fix(
    16,
    "eof-zero-cure",
    "fix",
    "iomap: fix handling of dirty folios over unwritten extents",
    ["c5c810b94cfd", "7d9b474ee4cc"],
    "6.12",
    "Zeroing a range flushes dirty folios over holes and unwritten extents before it skips them.",
  ),
] as const;

function fix<const N extends string>(
  id: number,
  name: N,
  sort: FixInfo["sort"],
  title: string,
  commits: readonly string[],
  release: string,
  about: string,
): FixInfo & { readonly name: N } {
  return { id, name, sort, title, commits, release, about };
}

export type FixName = (typeof table)[number]["name"];

export const FIXES: readonly (FixInfo & { readonly name: FixName })[] = table;
export const FIX_NAMES: readonly FixName[] = FIXES.map((f) => f.name);

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** One boolean per toggle, named in camelCase, as the paths read them. */
export type Fixes = { readonly [N in FixName as CamelCase<N>]: boolean };

/** The booleans of a set of toggle names. */
export function makeFixes(on: ReadonlySet<FixName>): Fixes {
  const fixes: Record<string, boolean> = {};
  for (const { name } of FIXES) {
    fixes[name.replace(/-(.)/g, (_, c: string) => c.toUpperCase())] = on.has(name);
  }
  return fixes as Fixes;
}

export function isFixName(name: string): name is FixName {
  return (FIX_NAMES as readonly string[]).includes(name);
}
