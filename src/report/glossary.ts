/**
 * What the words of a trace mean, for somebody who does not know the kernel: pages explain those that they use, and
 * docs/reading-a-trace.md has them all.
 */

/** A word, how it is told in a text, and what it means. */
type Entry = readonly [word: string, sign: RegExp, meaning: string];

export const GLOSSARY: readonly Entry[] = [
  ["extent", /extent|EXTENT/, "a run of blocks of the file, and where on disk they are"],
  ["hole", /\bhole\b|HOLE/, "a part of the file without blocks: it reads as zeroes"],
  [
    "delalloc",
    /delalloc|DELALLOC/,
    "space that is promised and has no place on disk yet; writeback gives it one",
  ],
  [
    "unwritten",
    /unwritten|UNWRITTEN/,
    "a block with a place on disk that reads as zeroes until it has been written",
  ],
  ["written", /\bwritten\b|\bWRITTEN\b/, "a block that holds data on disk"],
  ["map", /\bmaps?\b/, "what a call was told of an extent, and keeps while it goes on from page to page"],
  ["seq", /\bseq\b/, "how often the extents have changed, so that an old map can be told from a new one"],
  ["NEW", /\bNEW\b/, "a map of space that was just promised: what is not written of it is zeroed"],
  [
    "page cache",
    /page cache|cached|\bpage\b|folio/,
    "the file's data in memory: what read, write and mmap see",
  ],
  [
    "page, folio",
    /\bpages?\b|folio/,
    "a piece of the page cache, 4k or larger, locked and dropped as a whole",
  ],
  ["dirty, clean", /\bdirt(?:y|ies)\b|\bclean\b/, "newer than what the disk has, or the same"],
  ["uptodate", /uptodate/, "filled with what belongs there"],
  [
    "writeback",
    /writeback|writepage|write-protected/,
    "dirty pages are sent to disk; until then only memory has the data",
  ],
  [
    "ioend",
    /ioend/,
    "blocks that are on their way to disk together; when they are there, its completion runs",
  ],
  ["kworker", /kworker/, "a kernel thread that runs the completion of writes to disk"],
  [
    "evict, drop",
    /\bevict|drops page|invalidate_mapping/,
    "a page is taken out of the page cache, as when memory is short",
  ],
  ["punch", /punch/, "blocks, or space that was promised, are taken away from the file"],
  [
    "fault",
    /\bfault|mkwrite/,
    "the first access of an mmap to a page calls the kernel, which makes it usable",
  ],
  ["i_size, EOF", /i_size|EOF/, "the size of the file, and its end"],
  [
    "IOLOCK, ILOCK, invalidate_lock",
    /IOLOCK|ILOCK|invalidate_lock/,
    "locks of the inode: held over a call, over a change of the extents, and while pages are dropped",
  ],
];

/** The words that a text uses, in the order of the table. */
export function glossaryOf(text: string): readonly (readonly [word: string, meaning: string])[] {
  return GLOSSARY.filter(([, sign]) => sign.test(text)).map(([word, , meaning]) => [word, meaning]);
}
