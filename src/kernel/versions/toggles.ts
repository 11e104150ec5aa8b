/**
 * Every fix and behaviour of the modelled kernels as a named toggle. On is what the kernel with the fix does; the
 * path that a toggle changes reads it as one boolean of `Fixes`. patches.ts says which commit brings it.
 */

/** What a toggle is: an upstream fix, another change, a bug of its own, a cure nobody has merged, or what always held. */
export type FixKind = "fix" | "behaviour" | "defect" | "cure" | "invariant";

export interface Toggle<N extends string = string> {
  /** What tokens carry: never reused or renumbered. 8 was mkwrite-no-end, which nothing could show. */
  readonly id: number;
  readonly name: N;
  readonly kind: FixKind;
  /** One sentence: what changes when it is on. */
  readonly about: string;
}

function toggle<const N extends string>(id: number, name: N, kind: FixKind, about: string): Toggle<N> {
  return { id, name, kind, about };
}

export const TOGGLES = [
  toggle(
    1,
    "validate",
    "fix",
    "A write compares its map's cookie with if_seq at each folio and remaps when the extents have changed.",
  ),
  toggle(
    2,
    "validate-after-lock",
    "fix",
    "The comparison is made with the folio locked and before its blocks are initialised, not before the lock.",
  ),
  toggle(
    3,
    "cookie-under-ilock",
    "fix",
    "The cookie is sampled before ->iomap_begin drops ILOCK, so that map and cookie belong together.",
  ),
  toggle(
    4,
    "remap-on-zero-progress",
    "fix",
    "A map found stale before any byte was written is remapped instead of ending the write.",
  ),
  toggle(
    5,
    "punch-skips-dirty",
    "fix",
    "A failed write punches its delalloc around dirty folios and leaves the page cache alone.",
  ),
  toggle(
    6,
    "punch-under-invalidate-lock",
    "fix",
    "The cleanup of a failed write holds invalidate_lock exclusive, so that no fault can slip in.",
  ),
  toggle(
    7,
    "punch-on-stale",
    "fix",
    "The unused part of a stale new delalloc map is punched before the remap reserves again.",
  ),
  toggle(
    9,
    "propagate-new",
    "defect",
    "The remap of a stale new map is called new whatever it found, so written blocks are zeroed. Harmful.",
  ),
  toggle(
    10,
    "scan-limit-eof",
    "fix",
    "The scan for dirty folios stops at i_size, so that reservations past EOF are always punched.",
  ),
  toggle(
    11,
    "complete-before-end-writeback",
    "invariant",
    "Unwritten extents are converted before the folio's writeback bit is cleared.",
  ),
  toggle(12, "seq-bump-on-convert", "invariant", "Converting an unwritten extent bumps if_seq."),
  toggle(
    13,
    "discard-end",
    "fix",
    "A folio whose blocks cannot be mapped loses exactly its own delalloc, from the failing block to its end.",
  ),
  toggle(
    14,
    "eof-punch-cure",
    "cure",
    "The punch after a failed write starts past the block that holds EOF when that block is dirty.",
  ),
  toggle(
    15,
    "short-copy-cure",
    "cure",
    "write_begin marks nothing uptodate; write_end accepts whole copied blocks and bytes in uptodate ones.",
  ),
  toggle(
    16,
    "zeroing-flushes-dirty",
    "fix",
    "Zeroing a range flushes dirty folios over holes and unwritten extents before it skips them.",
  ),
  toggle(
    17,
    "fault-in-partial",
    "behaviour",
    "A write gives up with EFAULT only when the next byte of its source is unreadable, not when any of the chunk is.",
  ),
  toggle(
    18,
    "dirty-per-block",
    "behaviour",
    "Writeback writes only the dirty blocks of a folio, and a failed write punches the clean ones of dirty folios.",
  ),
  toggle(
    19,
    "write-large-folios",
    "behaviour",
    "A write creates folios of several pages, as long as what it copies at once.",
  ),
  toggle(
    20,
    "zeroing-keeps-isize",
    "fix",
    "Zeroing leaves i_size alone, so that a write past EOF that fails does not grow the file.",
  ),
  toggle(
    21,
    "zero-convert-post-eof",
    "fix",
    "Zeroing converts delalloc past the block that holds EOF to unwritten and drops its page cache.",
  ),
  toggle(
    22,
    "zero-eof-in-memory",
    "behaviour",
    "Zeroing from inside a block zeroes that block in the page cache, whatever the map says, when it is dirty.",
  ),
  toggle(
    23,
    "truncdown-flush-eof",
    "fix",
    "Truncating down brings the block of the new EOF to disk before its tail is zeroed; off, zeroing trusts the map.",
  ),
  toggle(
    24,
    "truncdown-zero-flushes",
    "behaviour",
    "Truncating down flushes the block of the new EOF only when zeroing finds it dirty over a hole or unwritten.",
  ),
  toggle(
    25,
    "truncate-sets-size-first",
    "fix",
    "Truncating sets i_size and drops the page cache before it writes back; truncdown-flush-eof needs it.",
  ),
  toggle(
    26,
    "isize-extend-write-protects",
    "fix",
    "Raising i_size write-protects the page of the old EOF, so that stores into its new blocks fault.",
  ),
  toggle(
    27,
    "bmapi-write-trims-delalloc",
    "behaviour",
    "fallocate over delalloc allocates what it was asked for and not the whole record.",
  ),
  toggle(
    28,
    "flush-empty-range-noop",
    "behaviour",
    "Flushing a range that ends before it starts does nothing, where it flushed the page that holds both.",
  ),
  toggle(
    29,
    "isize-extend-zeroes",
    "fix",
    "Raising i_size zeroes what it exposes of a dirty page of the old EOF.",
  ),
  toggle(
    30,
    "split-nonuniform",
    "behaviour",
    "Truncation splits a large folio around the cut only, not into single pages.",
  ),
  toggle(
    31,
    "stale-no-write-failed",
    "behaviour",
    "A map found stale does not truncate the page cache past EOF.",
  ),
  toggle(
    32,
    "eof-zero-takes-invalidate-lock",
    "fix",
    "A write past EOF holds invalidate_lock exclusive while it zeroes from EOF to its start.",
  ),
  toggle(
    33,
    "wb-past-eof-skip",
    "fix",
    "Writeback leaves a folio that lies past EOF clean; it was marked dirty again for ever.",
  ),
  toggle(
    34,
    "wb-submits-at-once",
    "behaviour",
    "A folio goes into writeback before its blocks are mapped; an ioend that cannot grow is sent with the folio locked.",
  ),
  toggle(
    35,
    "wb-maps-ranges",
    "behaviour",
    "Writeback adds all dirty blocks in a row that one map covers before it looks at the extents again.",
  ),
  toggle(
    36,
    "write-large-chunks",
    "behaviour",
    "A write faults in and copies up to the end of its map, not page by page.",
  ),
  toggle(
    37,
    "short-copy-no-write-failed",
    "behaviour",
    "A short copy that is accepted does not truncate the page cache past EOF; one that is rejected does.",
  ),
] as const;

export type FixName = (typeof TOGGLES)[number]["name"];
