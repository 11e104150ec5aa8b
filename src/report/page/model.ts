/**
 * What a page shows, as plain data: it is made from results, rendered on the way out, and read back by the script in
 * the page. Offsets and sizes are bytes, ranges half-open.
 */
import type { FindingModel } from "./finding-model-types.js";

export interface PageModel {
  readonly title: string;
  /** One line over everything; its mark says it without colour. */
  readonly verdict: Verdict;
  /** Facts in words: what ran, how long, within which bounds. */
  readonly facts: readonly string[];
  readonly table?: VerdictTable | undefined;
  readonly heat?: HeatMap | undefined;
  readonly ladder?: Ladder | undefined;
  /** Lines as they stand on a terminal, by what they are about. */
  readonly texts?: readonly { readonly title: string; readonly text: string }[] | undefined;
  /** Who judged; the model of the kernel where it is not said. */
  readonly footer?: string | undefined;
  readonly findings: readonly FindingModel[];
  /** Findings that have no room here, with the command that shows each. */
  readonly others: readonly { readonly title: string; readonly command: string }[];
}

export interface Verdict {
  readonly mark: "ok" | "x" | "?";
  readonly text: string;
}

export interface VerdictTable {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly mark: Verdict["mark"]; readonly cells: readonly string[] }[];
}

export interface HeatMap {
  readonly kernels: readonly string[];
  /** Between each two columns: what came in with the right one. */
  readonly borders: readonly (readonly string[])[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly HeatCell[] }[];
}

export interface HeatCell {
  readonly word: string;
  readonly look: "ok" | "bad" | "open" | "none";
  readonly isUnmet: boolean;
}

export interface Ladder {
  readonly rungs: readonly Rung[];
  readonly answer: readonly string[];
}

export interface Rung {
  readonly mark: Verdict["mark"];
  readonly kernel: string;
  /** The patch that leads here, when it is one. */
  readonly patch?: string | undefined;
  readonly isDeciding: boolean;
  /** `necessary`, `sufficient`. */
  readonly marks: readonly string[];
}
