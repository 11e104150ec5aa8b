/**
 * Every fix and behaviour of the modelled kernels as a named toggle. On is what the kernel with the fix does; the
 * path that a toggle changes reads it as one boolean of `Fixes`. patches.ts says which commit brings it, if one does.
 */

/** What a toggle is: an upstream fix, another change, a bug of its own, a cure nobody has merged, or what always held. */
type FixKind = "fix" | "behaviour" | "defect" | "cure" | "invariant";

/** Id, kind and name of each, and in one sentence what changes when it is on. */
const TABLE = {
  "1 fix validate":
    "A write compares its map's cookie with if_seq at each folio and remaps when the extents have changed.",
  "2 fix validate-after-lock":
    "The comparison is made with the folio locked and before its blocks are initialised, not before the lock.",
  "3 fix cookie-under-ilock":
    "The cookie is sampled before ->iomap_begin drops ILOCK, so that map and cookie belong together.",
  "4 fix remap-on-zero-progress":
    "A map found stale before any byte was written is remapped instead of ending the write.",
  "5 fix punch-skips-dirty":
    "A failed write punches its delalloc around dirty folios and leaves the page cache alone.",
  "6 fix punch-under-invalidate-lock":
    "The cleanup of a failed write holds invalidate_lock exclusive, so that no fault can slip in.",
  "7 fix punch-on-stale":
    "The unused part of a stale new delalloc map is punched before the remap reserves again.",
  "9 defect propagate-new":
    "The remap of a stale new map is called new whatever it found, so written blocks are zeroed. Harmful.",
  "10 fix scan-limit-eof":
    "The scan for dirty folios stops at i_size, so that reservations past EOF are always punched.",
  "11 invariant complete-before-end-writeback":
    "Unwritten extents are converted before the folio's writeback bit is cleared.",
  "12 invariant seq-bump-on-convert": "Converting an unwritten extent bumps if_seq.",
  "13 fix discard-end":
    "A folio whose blocks cannot be mapped loses exactly its own delalloc, from the failing block to its end.",
  "14 cure eof-punch-cure":
    "The punch after a failed write starts past the block that holds EOF when that block is dirty.",
  "15 cure short-copy-cure":
    "write_begin marks nothing uptodate; write_end accepts whole copied blocks and bytes in uptodate ones.",
  "16 fix zeroing-flushes-dirty":
    "Zeroing a range flushes dirty folios over holes and unwritten extents before it skips them.",
  "17 behaviour fault-in-partial":
    "A write gives up with EFAULT only when the next byte of its source is unreadable, not when any of the chunk is.",
  "18 behaviour dirty-per-block":
    "Writeback writes only the dirty blocks of a folio, and a failed write punches the clean ones of dirty folios.",
  "19 behaviour write-large-folios":
    "A write creates folios of several pages, as long as what it copies at once.",
  "20 fix zeroing-keeps-isize":
    "Zeroing leaves i_size alone, so that a write past EOF that fails does not grow the file.",
  "21 fix zero-convert-post-eof":
    "Zeroing converts delalloc past the block that holds EOF to unwritten and drops its page cache.",
  "22 behaviour zero-eof-in-memory":
    "Zeroing from inside a block zeroes that block in the page cache, whatever the map says, when it is dirty.",
  "23 fix truncdown-flush-eof":
    "Truncating down brings the block of the new EOF to disk before its tail is zeroed; off, zeroing trusts the map.",
  "24 behaviour truncdown-zero-flushes":
    "Truncating down flushes the block of the new EOF only when zeroing finds it dirty over a hole or unwritten.",
  "25 fix truncate-sets-size-first":
    "Truncating sets i_size and drops the page cache before it writes back; truncdown-flush-eof needs it.",
  "26 fix isize-extend-write-protects":
    "Raising i_size write-protects the page of the old EOF, so that stores into its new blocks fault.",
  "27 behaviour bmapi-write-trims-delalloc":
    "fallocate over delalloc allocates what it was asked for and not the whole record.",
  "28 behaviour flush-empty-range-noop":
    "Flushing a range that ends before it starts does nothing, where it flushed the page that holds both.",
  "29 fix isize-extend-zeroes": "Raising i_size zeroes what it exposes of a dirty page of the old EOF.",
  "30 behaviour split-nonuniform":
    "Truncation splits a large folio around the cut only, not into single pages.",
  "31 behaviour stale-no-write-failed": "A map found stale does not truncate the page cache past EOF.",
  "32 fix eof-zero-takes-invalidate-lock":
    "A write past EOF holds invalidate_lock exclusive while it zeroes from EOF to its start.",
  "33 fix wb-past-eof-skip":
    "Writeback leaves a folio that lies past EOF clean; it was marked dirty again for ever.",
  "34 behaviour wb-submits-at-once":
    "A folio goes into writeback before its blocks are mapped; an ioend that cannot grow is sent with the folio locked.",
  "35 behaviour wb-maps-ranges":
    "Writeback adds all dirty blocks in a row that one map covers before it looks at the extents again.",
  "36 behaviour write-large-chunks":
    "A write faults in and copies up to the end of its map, not page by page.",
  "37 behaviour short-copy-no-write-failed":
    "A short copy that is accepted does not truncate the page cache past EOF; one that is rejected does.",
  "38 fix error-per-description":
    "Each open file description is told of a writeback error once; off, only the first fsync of the file is.",
  "39 fix zeroing-flushes-eof-page":
    "Punching or zeroing up to EOF flushes the page of EOF and all behind it.",
  "40 cure zero-convert-looks-again":
    "Zeroing that finds its delalloc past EOF gone when it comes to convert it looks again; it fails with EAGAIN.",
  "41 defect zero-hole-no-flush":
    "Zeroing skips a hole whatever the page cache holds over it. Harmful when a mapping has stored past EOF.",
  "42 behaviour zero-folio-batch":
    "Zeroing over unwritten extents below EOF zeroes the dirty folios in memory, without a flush.",
  "43 fix invalidate-clears-dirty":
    "Truncating part of a folio cleans the blocks that go; off, writeback brings zeroes of them to disk.",
  "44 fix zeroed-uptodate-at-end":
    "A block that write_begin zeroes in part is uptodate only when write_end has accepted the bytes.",
  "45 behaviour write-error-ends-iteration":
    "A write that fails after some bytes of a map ends at once; off, it maps once more and fails there.",
  "46 fix delalloc-to-unwritten":
    "Delalloc is allocated as unwritten; off, as written, the whole record, before anything of it is on disk.",
  "47 fix falloc-rounds-tail":
    "fallocate rounds the end of its range up; off, its length, so that an unaligned range can lack its last block.",
  "48 fix punch-flush-eof-page":
    "Punching or zeroing up to EOF flushes from the page of EOF on; off, from the start of the file.",
  "49 fix wb-validates-seq":
    "Writeback compares its cached map with if_seq; off, it only cuts the map at EOF.",
  "50 fix mkwrite-length-to-eof":
    "A write fault reserves blocks up to EOF; off, in a file of less than a page, the whole page.",
  "51 fix discard-on-partial-error":
    "A folio of which some blocks could be mapped loses the delalloc of the others; off, it stays behind.",
  "52 fix wb-error-keeps-folio":
    "A folio none of whose blocks could be mapped stays cached; off, it is read from disk again.",
  "53 fix fill-takes-invalidate-lock":
    "A read that fills a folio holds invalidate_lock shared, a fault only when it fills; off, no read, but every fault.",
  "54 behaviour wb-type-from-buffers":
    "Writeback goes by what each buffer head says of its block: holes are skipped, a map is of one type of block.",
  "55 fix falloc-allocates-on":
    "fallocate that gets blocks before its range only, of delalloc that starts there, asks for more; it fails with ENOSPC.",
  "56 fix release-rescans":
    "The scan of a failed write looks again when the data that it found is gone; the kernel warns.",
  "57 invariant append-under-iolock":
    "An append takes its position from i_size when it holds IOLOCK, not before.",
  "58 invariant shift-flushes-cache":
    "Collapse and insert bring to disk and drop from the page cache what they are about to move.",
  "59 fix eofblocks-keeps-prealloc":
    "Freeing what lies past EOF of a preallocated file takes its delalloc only; off, its preallocation, too.",
  "60 invariant release-under-iolock":
    "A close frees what lies past EOF only when it gets IOLOCK, so that no write is about to move EOF.",
  "61 behaviour release-trims-once":
    "Closes free what lies past EOF once, until a truncate; off, until one has left delalloc below EOF behind.",
  "62 behaviour rwf-dontcache":
    "What a read or write with RWF_DONTCACHE brings into the page cache goes when it is clean; off, EOPNOTSUPP.",
  "63 behaviour dontcache-kicks-flusher":
    "A write with RWF_DONTCACHE leaves its writeback to the flusher; off, it starts that of its range itself.",
  "65 behaviour falloc-write-zeroes":
    "fallocate has FALLOC_FL_WRITE_ZEROES, which leaves written blocks of zeroes; off, EOPNOTSUPP.",
  "66 behaviour falloc-flushes-first":
    "A collapse flushes and drops its range before it finds that it has to fail; off, it fails at once.",
  "67 behaviour shift-flushes-from-before":
    "Collapse and insert flush from the block before their range on; off, from the range on.",
  "68 behaviour insert-flushes-eof": "Insert brings the page of EOF to disk before it makes the file longer.",
  "69 behaviour ioend-clamps-to-eof":
    "An ioend ends at EOF; off, with its last block, so that it ends by a transaction wherever EOF lies in that block, which --fine alone tells apart.",
  "70 behaviour fault-maps-folio":
    "A fault maps all of a large folio that ends below EOF, when nothing of it is mapped; off, its page.",
} as const satisfies Readonly<Record<`${number} ${FixKind} ${string}`, string>>;

type NameIn<Key> = Key extends `${number} ${FixKind} ${infer Name}` ? Name : never;
export type FixName = NameIn<keyof typeof TABLE>;

export interface Toggle {
  /** What tokens carry: never reused or renumbered. 8 (mkwrite-no-end) and 64 could be shown by nothing. */
  readonly id: number;
  readonly name: FixName;
  readonly kind: FixKind;
  readonly about: string;
}

export const TOGGLES: readonly Toggle[] = Object.entries(TABLE).map(([key, about]) => {
  const [id, kind, name] = key.split(" ") as [string, FixKind, FixName];
  return { id: Number(id), name, kind, about };
});

/**
 * Toggles, behaviours apart, that `cured` does without, and why; `and`: what stands in for one, so that it takes both. `isUnseen`: no
 * program shows it on any kernel, as what it is for lies outside the model.
 */
export const UNNEEDED: {
  readonly [name in FixName]?: { readonly why: string; readonly and?: FixName; readonly isUnseen?: true };
} = {
  "isize-extend-zeroes": {
    why: "zeroing-flushes-dirty flushes what it would zero",
    and: "zeroing-flushes-dirty",
  },
  "zeroing-flushes-eof-page": {
    why: "truncate-sets-size-first leaves nothing behind EOF on disk that it would bring back; without both, one random program in 300,000 shows it",
  },
  "invalidate-clears-dirty": { why: "without dirty-per-block there is nothing to clear" },
  "zeroed-uptodate-at-end": {
    why: "short-copy-cure marks nothing uptodate before write_end",
    and: "short-copy-cure",
  },
  "short-copy-cure": {
    why: "zeroed-uptodate-at-end leaves what a short copy spoils to be read again",
    and: "zeroed-uptodate-at-end",
  },
  "eof-zero-takes-invalidate-lock": {
    why: "it is held for the cleanup of what zeroing reserves, which is nothing without reflink; the faults that it keeps out meanwhile may as well come right after",
    isUnseen: true,
  },
  "zero-convert-post-eof": { why: "no program is known that shows it" },
  "falloc-rounds-tail": { why: "no oracle asks how much was allocated" },
  "punch-flush-eof-page": {
    why: "it flushes more; in a file of less than a page it is as zeroing-flushes-eof-page",
  },
  "eofblocks-keeps-prealloc": { why: "no oracle asks how much was allocated" },
  "mkwrite-length-to-eof": {
    why: "what is reserved besides lies past EOF, where xfs_free_eofblocks() takes it",
  },
  "fill-takes-invalidate-lock": {
    why: "IOLOCK keeps reads from what invalidate_lock keeps them from, and faults take either",
  },
};
