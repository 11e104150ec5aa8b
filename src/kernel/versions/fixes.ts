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
  fix(
    17,
    "fault-in-partial",
    "behaviour",
    "iov_iter: Turn iov_iter_fault_in_readable into fault_in_iov_iter_readable",
    ["a6294593e8a1"],
    "5.16",
    "A write gives up with EFAULT only when the next byte of its source is unreadable, not when any of the chunk is.",
  ),
  fix(
    18,
    "dirty-per-block",
    "behaviour",
    "iomap: Add per-block dirty state tracking to improve performance",
    ["4ce02c679722", "a01b8f225248"],
    "6.6",
    "Writeback writes only the dirty blocks of a folio, and a failed write punches the clean ones of dirty folios.",
  ),
  fix(
    19,
    "write-large-folios",
    "behaviour",
    "iomap: Create large folios in the buffered write path",
    ["d6bb59a9444d", "5d8edfb900d5"],
    "6.6",
    "A write creates folios of several pages by its length, and faults in and copies up to the end of its map.",
  ),
  fix(
    20,
    "zeroing-keeps-isize",
    "fix",
    "iomap: don't increase i_size if it's not a write operation",
    ["943bc0882ceb"],
    "6.10",
    "Zeroing leaves i_size alone, so that a write past EOF that fails does not grow the file.",
  ),
  fix(
    21,
    "zero-convert-post-eof",
    "fix",
    "xfs: convert delayed extents to unwritten when zeroing post eof blocks",
    ["5ce5674187c3"],
    "6.10",
    "Zeroing converts delalloc past the block that holds EOF to unwritten and drops its page cache.",
  ),
  fix(
    22,
    "zero-eof-in-memory",
    "behaviour",
    "iomap: elide flush from partial eof zero range",
    ["fde4c4c3ec1c", "889ac75787cb"],
    "6.13",
    "Zeroing from inside a block zeroes that block in the page cache, whatever the map says, when it is dirty.",
  ),
  fix(
    23,
    "truncdown-flush-eof",
    "fix",
    "xfs: flush new eof page on truncate to avoid post-eof corruption",
    ["869ae85dae64"],
    "5.10",
    "Truncating down brings the block of the new EOF to disk before its tail is zeroed; off, zeroing trusts the map.",
  ),
  fix(
    24,
    "truncdown-zero-flushes",
    "behaviour",
    "iomap: fix handling of dirty folios over unwritten extents",
    ["c5c810b94cfd"],
    "6.12",
    "Truncating down flushes the block of the new EOF only when zeroing finds it dirty over a hole or unwritten.",
  ),
  fix(
    25,
    "truncate-sets-size-first",
    "fix",
    "xfs: truncate pagecache before writeback in xfs_setattr_size()",
    ["350976ae2187"],
    "4.15",
    "Truncating sets i_size and drops the page cache before it writes back; truncdown-flush-eof needs it.",
  ),
  fix(
    26,
    "isize-extend-write-protects",
    "fix",
    "vfs: fix data corruption when blocksize < pagesize for mmaped data",
    ["90a8020278c1"],
    "3.18",
    "Raising i_size write-protects the page of the old EOF, so that stores into its new blocks fault.",
  ),
  fix(
    27,
    "bmapi-write-trims-delalloc",
    "behaviour",
    "xfs: do not allocate the entire delalloc extent in xfs_bmapi_write",
    ["21255afdd729"],
    "6.10",
    "fallocate over delalloc allocates what it was asked for and not the whole record.",
  ),
  fix(
    28,
    "flush-empty-range-noop",
    "behaviour",
    "filemap: skip write and wait if end offset precedes start",
    ["feeb9b269523"],
    "6.3",
    "Flushing a range that ends before it starts does nothing, where it flushed the page that holds both.",
  ),
  fix(
    29,
    "isize-extend-zeroes",
    "fix",
    "mm: zero range of eof folio exposed by inode size extension",
    ["52aecaee1c26"],
    "6.13",
    "Raising i_size zeroes what it exposes of a dirty page of the old EOF.",
  ),
  fix(
    30,
    "split-nonuniform",
    "behaviour",
    "mm/truncate: use folio_split() in truncate operation",
    ["7460b470a131"],
    "6.15",
    "Truncation splits a large folio around the cut only, not into single pages.",
  ),
  fix(
    31,
    "stale-no-write-failed",
    "behaviour",
    "iomap: drop the write failure handles when unsharing and zeroing",
    ["89c6c1d91ab2"],
    "6.10",
    "A map found stale does not truncate the page cache past EOF.",
  ),
  fix(
    32,
    "eof-zero-takes-invalidate-lock",
    "fix",
    "xfs: take XFS_MMAPLOCK_EXCL xfs_file_write_zero_eof",
    ["acfbac776496"],
    "6.12",
    "A write past EOF holds invalidate_lock exclusive while it zeroes from EOF to its start.",
  ),
  fix(
    33,
    "wb-past-eof-skip",
    "fix",
    "iomap: skip pages past eof in iomap_do_writepage()",
    ["d58562ca6c99"],
    "6.0",
    "Writeback leaves a folio that lies past EOF clean; it was marked dirty again for ever.",
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
  const key = FIX_NAMES.map((name) => (on.has(name) ? "1" : "0")).join("");
  let fixes = made.get(key);
  if (fixes === undefined) {
    fixes = Object.fromEntries(FIELDS.map(([field, name]) => [field, on.has(name)])) as unknown as Fixes;
    // V8 keeps an object that was filled key by key as a hash table; the copy has a fixed layout, and the paths read it often.
    fixes = Object.freeze({ ...fixes });
    made.set(key, fixes);
  }
  return fixes;
}

/** One object per set of toggles: the same layout for all kernels that run with them. */
const made = new Map<string, Fixes>();

const FIELDS: readonly (readonly [field: string, name: FixName])[] = FIXES.map(({ name }) => [
  name.replace(/-(.)/g, (_, c: string) => c.toUpperCase()),
  name,
]);

export function isFixName(name: string): name is FixName {
  return (FIX_NAMES as readonly string[]).includes(name);
}
