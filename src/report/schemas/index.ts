/**
 * Every document that --json prints, by the name in its `schema` field, as a JSON Schema (2020-12). The folder
 * `schemas` of the package has them as files, which a test keeps up to date.
 */
import * as z from "zod";
import * as other from "./other-documents.js";
import * as judged from "./verdict-documents.js";

const ABOUT = {
  "run/1": ["Verdicts of run, matrix and judge", judged.runDocument],
  "fuzz/1": ["What a fuzz run came to", judged.fuzzDocument],
  "repro/1": ["One run, made again", judged.reproDocument],
  "explore/1": ["An exhaustive search", other.exploreDocument],
  "explore-realizable/1": ["Whether user space can force a failing run", other.exploreForcedDocument],
  "bisect/1": ["Which patch cures it", judged.bisectDocument],
  "backport/1": ["Which patches a kernel needs", judged.backportDocument],
  "explain/1": ["Why a run fails", other.explainDocument],
  "explain-name/1": ["What a name means", other.explainNameDocument],
  "step/1": ["A run, step by step", other.stepDocument],
  "conform/1": ["How far model and recorded traces agree", other.conformDocument],
  "real/1": ["What a real kernel did", judged.realDocument],
  "real-matrix/1": ["What real kernels did", judged.realDocument],
  "real-walk/1": ["How far kernels agree with their models in forced runs", other.realWalkDocument],
  "real-forced/1": ["A run of the model, forced on a real kernel", judged.realForcedDocument],
  "record/1": ["A trace that was recorded", judged.recordDocument],
  "export/1": ["A finding as a C program", judged.exportDocument],
  "check/1": ["Scenario files with nothing wrong", other.checkDocument],
  "tree/1": ["A kernel source tree as a variant", other.treeDocument],
  "tree-history/1": ["What commits of a source tree change", other.treeHistoryDocument],
  "list/1": ["What there is, by section", other.listDocument],
  "campaign/1": ["How a campaign stands", other.campaignDocument],
  "campaign-findings/1": ["What a campaign found", other.campaignFindingsDocument],
  "campaign-recheck/1": ["Whether findings of a campaign still fail", other.campaignRecheckDocument],
  "run-verdict/1": ["A verdict of run or matrix, on a line", judged.verdictLine],
  "finding/1": ["A finding of fuzz or repro, on a line", judged.findingLine],
  "fuzz-kinds/1": ["What a fuzz run came to, on a line behind its findings", judged.fuzzKindsLine],
  "conform-trace/1": ["How far model and one trace agree, on a line", other.traceLine],
  "check-file/1": ["A scenario file with nothing wrong, on a line", other.fileLine],
  "real-cell/1": ["What a real kernel did with one program, on a line", judged.cellLine],
  "real-walk-kernel/1": ["How far one kernel agrees with its model, on a line", other.walkLine],
  "error/1": ["In place of a result, where there is none", judged.errorDocument],
} as const satisfies Readonly<Record<string, readonly [title: string, document: z.ZodType]>>;

export type DocumentName = keyof typeof ABOUT;
export const DOCUMENT_NAMES = Object.keys(ABOUT) as DocumentName[];

/** The JSON Schema of a document. */
export function documentSchema(name: DocumentName): object {
  const [title, document] = ABOUT[name];
  const { $schema, ...rest } = z.toJSONSchema(document);
  return { $schema, $id: `stalemap/${name}`, title, ...rest };
}
