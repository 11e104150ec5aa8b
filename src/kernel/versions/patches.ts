/**
 * The commits that the model knows, in upstream order, each with the toggles that it turns on or off: the one place
 * that joins a toggle to its history. What a release does follows from this (releases.ts), and so does bisection.
 * 118e021b4b66 of the 6.2 series (page faults run no ->iomap_end) is left out: a fault of the model has nothing to end.
 */
import { type FixName, TOGGLES, type Toggle } from "./toggles.js";

export interface KnownPatch {
  /** Abbreviated upstream commit, or `always:NAME`, `rfc-v1:NAME`, `proposed:NAME` where there is none. */
  readonly commit: string;
  /** The first release of Linux that has it, `rfc-v1` or `proposed`. */
  readonly release: string;
  readonly title: string;
  readonly on: readonly FixName[];
  readonly off: readonly FixName[];
  /** Further commits that the change takes. */
  readonly also: readonly string[];
}

/** What Linux did before the first of the patches, though a later one turns it off or on. */
export const BEFORE: readonly FixName[] = [
  "discard-end",
  "punch-on-stale",
  // Buffer heads keep a dirty bit each.
  "dirty-per-block",
  "mkwrite-length-to-eof",
];

const TABLE: readonly KnownPatch[] = [
  patch(
    "always:complete-before-end-writeback",
    "2.6",
    "I/O completion converts extents before it ends writeback",
    {
      on: ["complete-before-end-writeback"],
    },
  ),
  patch("always:append-under-iolock", "2.6", "An append looks at i_size with i_mutex held", {
    on: ["append-under-iolock"],
  }),
  patch("always:wb-type-from-buffers", "2.6", "The page cache of XFS is one of buffer heads", {
    on: ["wb-type-from-buffers"],
  }),
  patch("always:release-under-iolock", "2.6", "A close that does not get the lock frees nothing", {
    on: ["release-under-iolock"],
  }),
  patch("always:shift-flushes-cache", "3.15", "xfs: collapse range flushes and drops what it moves", {
    on: ["shift-flushes-cache"],
  }),
  patch("90a8020278c1", "3.18", "vfs: fix data corruption when blocksize < pagesize for mmaped data", {
    on: ["isize-extend-write-protects"],
  }),
  patch("5660e13d2fd6", "4.13", "fs: new infrastructure for writeback error handling and reporting", {
    on: ["error-per-description"],
  }),
  patch("350976ae2187", "4.15", "xfs: truncate pagecache before writeback in xfs_setattr_size()", {
    on: ["truncate-sets-size-first"],
  }),
  patch("e53c4b598372", "4.18", "xfs: ensure post-EOF zeroing happens after zeroing part of a file", {
    on: ["zeroing-flushes-eof-page"],
  }),
  patch("745b3f76d1c8", "4.19", "xfs: maintain a sequence count for inode fork manipulations", {
    on: ["seq-bump-on-convert"],
  }),
  patch("e2f6ad4624df", "4.19", "xfs: make xfs_writepage_map extent map centric", {
    off: ["wb-type-from-buffers"],
  }),
  patch("c03cea42147b", "4.19", "iomap: add initial support for writes without buffer heads", {
    off: ["dirty-per-block"],
  }),
  patch("a579121f94ab", "4.20", "xfs: fix PAGE_MASK usage in xfs_free_file_space", {
    on: ["punch-flush-eof-page"],
  }),
  patch("d9252d526ba6", "5.1", "xfs: validate writeback mapping using data fork seq counter", {
    on: ["wb-validates-seq"],
  }),
  patch("e093c4be760e", "5.4", "xfs: Fix tail rounding in xfs_alloc_file_space()", {
    on: ["falloc-rounds-tail"],
  }),
  patch("249bd9087a52", "5.5", "xfs: properly serialise fallocate against AIO+DIO", {
    on: ["falloc-flushes-first"],
  }),
  patch("d0c2204135a0", "5.5", "xfs: stabilize insert range start boundary to avoid COW writeback race", {
    on: ["shift-flushes-from-before"],
  }),
  patch("add66fcbd3fb", "5.5", "iomap: Fix overflow in iomap_page_mkwrite", {
    off: ["mkwrite-length-to-eof"],
  }),
  patch("243145bc4336", "5.6", "fs: Fix page_mkwrite off-by-one errors", { on: ["mkwrite-length-to-eof"] }),
  patch("a5949d3faedf", "5.8", "xfs: force writes to delalloc regions to unwritten", {
    on: ["delalloc-to-unwritten"],
  }),
  patch("763e4cdc0f6d", "5.10", "iomap: support partial page discard on writeback block mapping failure", {
    on: ["discard-on-partial-error"],
  }),
  patch("869ae85dae64", "5.10", "xfs: flush new eof page on truncate to avoid post-eof corruption", {
    on: ["truncdown-flush-eof"],
  }),
  patch("730633f0b7f9", "5.15", "mm: Protect operations adding pages to page cache with invalidate_lock", {
    on: ["fill-takes-invalidate-lock"],
  }),
  patch("631f871f0717", "5.18", "fs/iomap: Fix buffered write page prefaulting", {
    on: ["fault-in-partial"],
  }),
  patch("e9c3a8e820ed", "5.19", "iomap: don't invalidate folios after writeback errors", {
    on: ["wb-error-keeps-folio"],
  }),
  patch("d58562ca6c99", "6.0", "iomap: skip pages past eof in iomap_do_writepage()", {
    on: ["wb-past-eof-skip"],
  }),
  patch("rfc-v1:propagate-new", "rfc-v1", "RFC v1: carry IOMAP_F_NEW of a stale map over to its remap", {
    on: ["propagate-new"],
  }),
  patch("198dd8aedee6", "6.2", "xfs: punching delalloc extents on write failure is racy", {
    on: ["punch-under-invalidate-lock"],
  }),
  patch("f43dc4dc3eff", "6.2", "iomap: buffered write failure should not truncate the page cache", {
    on: ["punch-skips-dirty", "scan-limit-eof"],
  }),
  patch("7348b322332d", "6.2", "xfs: xfs_bmap_punch_delalloc_range() should take a byte range", {
    off: ["discard-end"],
  }),
  patch("d7b64041164c", "6.2", "iomap: write iomap validity checks", {
    on: ["validate-after-lock", "remap-on-zero-progress", "punch-on-stale"],
    off: ["propagate-new"],
  }),
  patch("304a68b9c63b", "6.2", "xfs: use iomap_valid method to detect stale cached iomaps", {
    on: ["validate", "cookie-under-ilock"],
  }),
  patch("feeb9b269523", "6.2", "filemap: skip write and wait if end offset precedes start", {
    on: ["flush-empty-range-noop"],
  }),
  patch("8ac5b996bf51", "6.3", "xfs: fix off-by-one-block in xfs_discard_folio()", { on: ["discard-end"] }),
  patch("d6bb59a9444d", "6.6", "iomap: Create large folios in the buffered write path", {
    on: ["write-large-folios"],
  }),
  patch("5d8edfb900d5", "6.6", "iomap: Copy larger chunks from userspace", { on: ["write-large-chunks"] }),
  patch("4ce02c679722", "6.6", "iomap: Add per-block dirty state tracking to improve performance", {
    on: ["dirty-per-block"],
    also: ["a01b8f225248"],
  }),
  patch("73e96b2f42ad", "6.9", "iomap: submit ioends immediately", { on: ["wb-submits-at-once"] }),
  patch("fd07e0aa23c4", "6.9", "iomap: map multiple blocks at a time", { on: ["wb-maps-ranges"] }),
  patch("6773da870ab8", "6.10", "xfs: fix error returns from xfs_bmapi_write", {
    on: ["falloc-allocates-on"],
  }),
  patch("610b29161b0a", "6.10", "xfs: fix freeing speculative preallocations for preallocated files", {
    on: ["eofblocks-keeps-prealloc"],
  }),
  patch("21255afdd729", "6.10", "xfs: do not allocate the entire delalloc extent in xfs_bmapi_write", {
    on: ["bmapi-write-trims-delalloc"],
  }),
  patch("5ce5674187c3", "6.10", "xfs: convert delayed extents to unwritten when zeroing post eof blocks", {
    on: ["zero-convert-post-eof"],
  }),
  patch("89c6c1d91ab2", "6.10", "iomap: drop the write failure handles when unsharing and zeroing", {
    on: ["stale-no-write-failed"],
  }),
  patch("943bc0882ceb", "6.10", "iomap: don't increase i_size if it's not a write operation", {
    on: ["zeroing-keeps-isize"],
  }),
  patch("e1f453d4336d", "6.10", "iomap: do some small logical cleanup in buffered write", {
    on: ["short-copy-no-write-failed"],
  }),
  patch("c5c810b94cfd", "6.12", "iomap: fix handling of dirty folios over unwritten extents", {
    on: ["zeroing-flushes-dirty", "truncdown-zero-flushes"],
    also: ["7d9b474ee4cc"],
  }),
  patch(
    "7a9d43eace88",
    "6.12",
    "iomap: handle a post-direct I/O invalidate race in iomap_write_delalloc_release",
    {
      on: ["release-rescans"],
    },
  ),
  patch("2764727be269", "6.12", "xfs: call xfs_flush_unmap_range from xfs_free_file_space", {
    off: ["falloc-flushes-first"],
  }),
  patch("98e44e2bc0ab", "6.12", "xfs: only free posteof blocks on first close", {
    on: ["release-trims-once"],
  }),
  patch("acfbac776496", "6.12", "xfs: take XFS_MMAPLOCK_EXCL xfs_file_write_zero_eof", {
    on: ["eof-zero-takes-invalidate-lock"],
  }),
  patch("fde4c4c3ec1c", "6.13", "iomap: elide flush from partial eof zero range", {
    on: ["zero-eof-in-memory"],
    also: ["889ac75787cb"],
  }),
  patch("52aecaee1c26", "6.13", "mm: zero range of eof folio exposed by inode size extension", {
    on: ["isize-extend-zeroes"],
  }),
  patch("51d20d1dacbe", "6.13", "iomap: fix zero padding data issue in concurrent append writes", {
    on: ["ioend-clamps-to-eof"],
  }),
  patch("7460b470a131", "6.15", "mm/truncate: use folio_split() in truncate operation", {
    on: ["split-nonuniform"],
  }),
  // In 6.15 it was switched off again.
  patch("974c5e6139db", "6.16", "xfs: flag as supporting FOP_DONTCACHE", {
    on: ["rwf-dontcache"],
    also: ["8026e49bff9b", "b2cd5ae693a3"],
  }),
  patch("19773df031bc", "6.18", "mm/fault: try to map the entire file folio in finish_fault()", {
    on: ["fault-maps-folio"],
  }),
  patch("395ed1ef0012", "6.19", "iomap: zero range folio batch support", {
    on: ["zero-folio-batch"],
    off: ["zero-eof-in-memory"],
    also: ["5c13dde963df", "77c475692c5e", "39be21386d14"],
  }),
  patch("c770f997a422", "7.1", "xfs: only flush when COW fork blocks overlap data fork holes", {
    on: ["zero-hole-no-flush"],
    also: ["a35bb0dec955"],
  }),
  patch("562d192c4345", "7.2", "iomap: support invalidating partial folios", {
    on: ["invalidate-clears-dirty"],
    also: ["88c265151331"],
  }),
  patch(
    "7.2:dontcache-kicks-flusher",
    "7.2",
    "mm: a write that is not to be cached wakes the flusher, and does not write itself",
    { on: ["dontcache-kicks-flusher"] },
  ),
  patch("7.2:insert-flushes-eof", "7.2", "xfs: insert range flushes EOF before it raises i_size", {
    on: ["insert-flushes-eof"],
  }),
  patch("7.3:falloc-write-zeroes", "7.3", "xfs: support FALLOC_FL_WRITE_ZEROES", {
    on: ["falloc-write-zeroes"],
  }),
  patch("7.3:zeroed-uptodate-at-end", "7.3", "iomap: don't mark unwritten parts of a folio uptodate", {
    on: ["zeroed-uptodate-at-end"],
  }),
  patch(
    "7.3:write-error-ends-iteration",
    "7.3",
    "iomap: a write's error is not hidden by what it wrote before",
    {
      on: ["write-error-ends-iteration"],
    },
  ),
  patch("proposed:eof-punch-cure", "proposed", "iomap: round the end of the delalloc scan up to a block", {
    on: ["eof-punch-cure"],
  }),
  patch(
    "proposed:short-copy-cure",
    "proposed",
    "iomap: mark blocks uptodate at write_end only, accept short copies by block",
    { on: ["short-copy-cure"] },
  ),
  patch(
    "proposed:truncdown-flushes-again",
    "proposed",
    "xfs: a truncation down writes the block of the new EOF before zeroing it, whatever zeroing would flush",
    { off: ["truncdown-zero-flushes"] },
  ),
];

/** The table, and behind it each toggle that no patch of it turns on, as a proposal that says what the toggle does. */
export function withProposals(
  table: readonly KnownPatch[],
  toggles: readonly Toggle[],
): readonly KnownPatch[] {
  const known = new Set(table.flatMap((p) => p.on));
  const proposals = toggles.filter(({ name }) => !known.has(name));
  return [
    ...table,
    ...proposals.map(({ name, about }) => patch(`proposed:${name}`, "proposed", about, { on: [name] })),
  ];
}

export const PATCHES = withProposals(TABLE, TOGGLES);

function patch(
  commit: string,
  release: string,
  title: string,
  { on = [], off = [], also = [] }: Partial<Pick<KnownPatch, "on" | "off" | "also">>,
): KnownPatch {
  return { commit, release, title, on, off, also };
}

/** The commits of Linux that make up a patch; none of one that was not merged. */
export function commitsOf({ commit, also }: KnownPatch): string[] {
  return [commit, ...also].filter((name) => !name.includes(":"));
}
