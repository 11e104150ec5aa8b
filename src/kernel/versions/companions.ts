/** Commits that others need or that repair them. */
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

/** The companions of a patch that a kernel lacks, in the order of the table. */
export function companionsOf(commit: string, linux: string, place: Companion["place"]): Companion[] {
  return COMPANIONS.filter(
    (one) => one.place === place && one.of.includes(commit) && !isAtLeast(linux, one.release),
  );
}
