/** What an older kernel lacks that a patch uses. Kernels are named by the release of Linux that they start from; what is said of one was read in its source. */
import { isAtLeast } from "./releases.js";

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

/** What of a commit has to be done otherwise on a kernel. */
export function lacksOf(commit: string, linux: string): string[] {
  return LACKS.filter(
    ({ of, since = "0", before }) => of === commit && isAtLeast(linux, since) && !isAtLeast(linux, before),
  ).map(({ what }) => what);
}
