/**
 * The cached map of a write, fault or zeroing (struct iomap): its flags, and whether the extent tree has changed since
 * it was looked up. Its type is an ExtentType, its range blocks.
 */

export const enum IomapFlag {
  NEW = 1,
  STALE = 2,
  /** The NEW flag of a stale map that RFC v1 hands to the next ->iomap_begin. */
  INHERITED_NEW = 4,
}

/** validity_cookie against if_seq. */
export const enum Cookie {
  /** Not sampled: the map is never found stale. */
  NONE = 0,
  CURRENT = 1,
  /** if_seq was bumped since it was sampled. */
  BUMPED = 2,
}
