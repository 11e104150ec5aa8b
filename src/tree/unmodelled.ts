/**
 * Differences between kernels that the model has no toggle for, with their signatures: a tree that has them otherwise than
 * the model is said to.
 */

import { place, type Rule, shows } from "./signature.js";
import { TRUNCATE } from "./tree-files.js";

/** A difference between kernels that the model has no toggle for. */
export interface Unmodelled {
  /** What every kernel of the model does; undefined where it makes no difference to it. */
  readonly usual: boolean | undefined;
  readonly rule: Rule;
}

/** By name; what becomes a toggle of the model moves to signatures.ts. */
export const UNMODELLED: { readonly [name: string]: Unmodelled } = {
  "split-failure-unmaps": {
    usual: undefined,
    rule: shows(
      place(TRUNCATE, "truncate_inode_partial_folio", "truncate_inode_pages_range"),
      "try_folio_split_or_unmap|folio_split_or_unmap (",
      ["split_folio|try_folio_split|folio_split|try_folio_split_to_order (", "zero_user_segment ("],
    ),
  },
};
