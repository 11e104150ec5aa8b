/**
 * What a backporter has to know of the patches besides what they do in the model: commits that others need or that
 * repair them, which belong together, and what an older kernel lacks that a patch uses. Kernels are named by the release of
 * Linux that they start from; what is said of one was read in its source.
 */
import { isAtLeast } from "./releases.js";

/** A commit that changes nothing the model can show, and the patches that it goes with. */
export interface Companion {
  readonly commit: string;
  /** The first release that has it. */
  readonly release: string;
  readonly title: string;
  readonly of: readonly string[];
  readonly place: "before" | "after";
  readonly why: string;
}

export const COMPANIONS: readonly Companion[] = [
  {
    commit: "745b3f76d1c8",
    release: "4.19",
    title: "xfs: maintain a sequence count for inode fork manipulations",
    of: ["304a68b9c63b"],
    place: "before",
    why: "the cookie that is compared is made of this count",
  },
  {
    commit: "1edd2c055dff",
    release: "5.8",
    title: "xfs: don't fail unwritten extent conversion on writeback due to edquot",
    of: ["a5949d3faedf"],
    place: "before",
    why: "every append is converted then, also where the quota is used up",
  },
  {
    commit: "118e021b4b66",
    release: "6.2",
    title: "xfs: write page faults in iomap are not buffered writes",
    of: ["198dd8aedee6", "f43dc4dc3eff", "7348b322332d", "d7b64041164c"],
    place: "before",
    why: "before the punch changes: a page fault would run ->iomap_end with its locks held",
  },
  {
    commit: "b71f889c18ad",
    release: "6.2",
    title: "xfs: use byte ranges for write cleanup ranges",
    of: ["f43dc4dc3eff"],
    place: "before",
    why: "the scan for dirty folios is in bytes",
  },
  {
    commit: "9c7babf94a0d",
    release: "6.2",
    title: "xfs,iomap: move delalloc punching to iomap",
    of: ["f43dc4dc3eff"],
    place: "before",
    why: "the scan goes where this puts the punch",
  },
  {
    commit: "6e8af15ccdc4",
    release: "6.2",
    title: "xfs: drop write error injection is unfixable, remove it",
    of: ["304a68b9c63b"],
    place: "after",
    why: "optional: a write dropped by the injection keeps dirty pages and their delalloc",
  },
];

/** Patches that go in as one: between them the kernel is worse than before, or the first does nothing. */
export const TOGETHER: readonly { readonly commits: readonly string[]; readonly why: string }[] = [
  {
    commits: ["add66fcbd3fb", "243145bc4336"],
    why: "the second repairs the length of a fault in the page of EOF, which the first breaks",
  },
  {
    commits: ["f43dc4dc3eff", "7a9d43eace88"],
    why: "the second keeps the scan that the first brings from warning of a page that is gone",
  },
  {
    commits: ["7348b322332d", "8ac5b996bf51"],
    why: "the second repairs an end off by one block that the first brings",
  },
  {
    commits: ["c5c810b94cfd", "proposed:truncdown-flushes-again"],
    why: "the first leaves the page of the new EOF writable while a truncation zeroes its tail",
  },
  {
    commits: ["d7b64041164c", "304a68b9c63b"],
    why: "the first only adds the hook that the second uses",
  },
];

/** A patch that is written on top of others: they go first. */
export const ON_TOP_OF: { readonly [commit: string]: readonly string[] } = {
  f43dc4dc3eff: ["198dd8aedee6"],
  "proposed:eof-punch-cure": ["f43dc4dc3eff"],
};

/** What kernels from `since` (inclusive) until `before` (exclusive) lack that a patch uses, and what takes its place. */
interface Lack {
  readonly of: string;
  readonly since?: string;
  readonly before: string;
  readonly what: string;
}

const LACKS: readonly Lack[] = [
  {
    of: "118e021b4b66",
    before: "5.5",
    what: "one xfs_iomap_ops for all, whose begin branches by flags: page faults get ops of their own",
  },
  {
    of: "198dd8aedee6",
    before: "5.15",
    what: "no invalidate_lock: XFS_MMAPLOCK exclusive, which every page fault holds shared here",
  },
  {
    of: "9c7babf94a0d",
    before: "5.15",
    what: "without invalidate_lock in the VFS the punch may stay in fs/xfs/xfs_iomap.c, under XFS_MMAPLOCK",
  },
  {
    of: "f43dc4dc3eff",
    since: "5.10",
    before: "5.12",
    what: "no mapping_seek_hole_data(): bring it along, or loop over the pages",
  },
  {
    of: "f43dc4dc3eff",
    before: "5.10",
    what: "no mapping_seek_hole_data(): page_cache_seek_hole_data() of iomap, or a loop over the pages",
  },
  {
    of: "f43dc4dc3eff",
    before: "5.16",
    what: "no folios: find_lock_page(), and PageDirty() for the page as a whole",
  },
  {
    of: "d7b64041164c",
    before: "5.3",
    what: "no page_ops in struct iomap: add the hook",
  },
  {
    of: "d7b64041164c",
    before: "5.15",
    what: "no iomap_iter(): the remap is a loop inside iomap_apply(), after an ->iomap_end that succeeded with nothing written and the map stale",
  },
  {
    of: "304a68b9c63b",
    before: "5.5",
    what: "one xfs_iomap_ops for all: the cookie and its check only for buffered writes",
  },
];

/** The companions of a patch that a kernel lacks, in the order of the table. */
export function companionsOf(commit: string, linux: string, place: Companion["place"]): Companion[] {
  return COMPANIONS.filter(
    (one) => one.place === place && one.of.includes(commit) && !isAtLeast(linux, one.release),
  );
}

/** What of a commit has to be done otherwise on a kernel. */
export function lacksOf(commit: string, linux: string): string[] {
  return LACKS.filter(
    ({ of, since = "0", before }) => of === commit && isAtLeast(linux, since) && !isAtLeast(linux, before),
  ).map(({ what }) => what);
}
