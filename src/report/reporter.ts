/**
 * What commands tell, and how a format writes it. A command hands over items as they come and the whole at the end; a
 * format is a table of pure functions, one entry per kind of result that it can write. What it has no entry for, it
 * refuses.
 */
import type { CampaignFinding } from "../campaign/kept-kinds.js";
import type { Rechecked } from "../campaign/recheck.js";
import type { CampaignStatus } from "../campaign/status.js";
import type { RunSpec } from "../scenario/token.js";
import type { Scenario } from "../scenario/types.js";
import type { Diagnostic } from "../scenario/yaml/diagnostic.js";
import type { Backported } from "./backport-text.js";
import type { BisectTold } from "./bisect-line.js";
import type { BisectSummary } from "./bisect-text.js";
import type { ConformResult } from "./conform-verdict.js";
import type { Explained, NameExplained } from "./explain-text.js";
import type { Explored } from "./explore-text.js";
import type { Exported } from "./export-text.js";
import type { ReportedFinding } from "./finding-text.js";
import type { ForcedReport } from "./forced-outcome.js";
import type { ExploredForced } from "./forced-text.js";
import type { FuzzSummary } from "./fuzz-text.js";
import type { KernelWalk } from "./kernel-walk-text.js";
import type { ListSection } from "./list-text.js";
import type { Matrix } from "./matrix-cells.js";
import type { RealCell, Recorded } from "./real-text.js";
import type { RunResult } from "./run-text.js";
import type { Walk } from "./step-text.js";
import type { Palette } from "./style.js";
import type { TreeCommit, TreeHistory } from "./tree-history-text.js";
import type { ReadTreeResult } from "./tree-text.js";

/** Per kind of result: what comes one after the other, and what it all came to. */
export interface Results {
  readonly run: { readonly item: RunResult; readonly whole: readonly RunResult[] };
  readonly matrix: { readonly item: RunResult; readonly whole: Matrix };
  readonly fuzz: {
    readonly item: ReportedFinding & { readonly count?: number };
    readonly whole: FuzzSummary;
  };
  readonly campaign: { readonly item: never; readonly whole: CampaignStatus };
  readonly campaignFindings: { readonly item: never; readonly whole: readonly CampaignFinding[] };
  readonly campaignRecheck: { readonly item: Rechecked; readonly whole: readonly Rechecked[] };
  readonly explore: { readonly item: never; readonly whole: Explored };
  readonly exploreForced: { readonly item: never; readonly whole: ExploredForced };
  readonly step: { readonly item: never; readonly whole: Walk };
  readonly explain: { readonly item: never; readonly whole: Explained };
  readonly explainName: { readonly item: never; readonly whole: readonly NameExplained[] };
  readonly repro: { readonly item: never; readonly whole: Reproduced };
  readonly bisect: { readonly item: BisectTold; readonly whole: BisectSummary };
  readonly backport: { readonly item: never; readonly whole: Backported };
  readonly conform: { readonly item: ConformResult; readonly whole: readonly ConformResult[] };
  readonly real: { readonly item: RealCell; readonly whole: readonly RealCell[] };
  readonly realMatrix: { readonly item: RealCell; readonly whole: readonly RealCell[] };
  readonly realWalk: { readonly item: KernelWalk; readonly whole: readonly KernelWalk[] };
  readonly realForced: { readonly item: ForcedReport; readonly whole: readonly ForcedReport[] };
  readonly record: { readonly item: Recorded; readonly whole: readonly Recorded[] };
  readonly export: { readonly item: never; readonly whole: Exported };
  readonly check: { readonly item: Checked; readonly whole: readonly Checked[] };
  readonly tree: { readonly item: never; readonly whole: ReadTreeResult };
  readonly treeHistory: { readonly item: TreeCommit; readonly whole: TreeHistory };
  readonly list: { readonly item: never; readonly whole: readonly ListSection[] };
}

export type Kind = keyof Results;

/** A scenario file with nothing wrong. */
export interface Checked {
  readonly file: string;
  readonly scenario: Scenario;
  /** The program as it was read, as a scenario file. */
  readonly shown?: string;
}

/** One run, made again. */
export interface Reproduced {
  readonly run: RunSpec;
  /** Undefined when nothing is wrong with it. */
  readonly reported: ReportedFinding | undefined;
  /** The scenario file that it comes from. */
  readonly file?: string | undefined;
}

/** How a format writes one kind of result. Texts end in a line end, or are empty. */
export interface Pages<K extends Kind> {
  /** Before anything is known. */
  readonly begin?: (paint: Palette) => string;
  readonly item?: (item: Results[K]["item"], paint: Palette) => string;
  readonly end?: (whole: Results[K]["whole"], paint: Palette) => string;
  /** How to read it: for the reader at the terminal, beside the result. */
  readonly legend?: string;
}

/** Why there is no result, or none of use. */
export interface Failure {
  /** Exit status. */
  readonly exit: number;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** What is wrong with input files, place by place; empty when it is not about them. */
  readonly problems: readonly Problem[];
}

/** A diagnostic, or something about a file that has no place in it. */
export type Problem = Pick<Diagnostic, "message"> & {
  readonly [F in keyof Diagnostic]?: Diagnostic[F] | undefined;
};

export interface Format {
  /** Whether it shows every failing run with its finding, those that were expected too. */
  readonly showsAll?: boolean;
  /** Written where the result would be; a format without it leaves that to stderr. */
  readonly failure?: (failure: Failure) => string;
  readonly pages: { readonly [K in Kind]?: Pages<K> };
}
