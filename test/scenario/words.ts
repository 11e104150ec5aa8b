import type { Vocabulary } from "../../src/scenario/language/vocabulary.js";

/** A small vocabulary, so that tests of the language do not depend on the kernel model. */
export const WORDS = {
  kernels: ["6.0", "rfc-v1", "6.2", "cured"],
  fixes: ["validate", "cookie-under-ilock"],
  windows: ["write-map-stale-at-folio"],
  steps: [
    "__iomap_write_begin",
    "iomap_writepages",
    "shrink_folio_list",
    "xfs_buffered_write_iomap_begin",
    "xfs_vm_writepages",
  ],
  choices: ["short-allocation"],
} as const satisfies Vocabulary;
