/** What the model and a recorded trace are compared in, operation by operation. */

/** What is compared; what was seen while a writer stood still counts as residency. */
export const ASPECTS = ["ret", "size", "contents", "extents", "residency"] as const;
export type Aspect = (typeof ASPECTS)[number];
export type Counts = { readonly [A in Aspect]: number };
