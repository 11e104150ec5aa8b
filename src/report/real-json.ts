/**
 * What real, real record and export print with --json. Their fields are promised to scripts: add, never rename.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import type { Exported } from "./export-text.js";
import { agrees, type RealCell, type Recorded, times } from "./real-text.js";

export function realCellJson(cell: RealCell) {
  return {
    name: cell.name,
    block: cell.block,
    kernel: cell.kernel,
    verdict: cell.result?.verdict ?? null,
    lost: times(cell.result?.runs ?? [], "lost"),
    runs: cell.result?.runs.length ?? 0,
    model: cell.model,
    expected: cell.expected,
    agrees: agrees(cell),
    problem: cell.problem ?? null,
    output: cell.result?.output ?? null,
  };
}

export function realJson(cells: readonly RealCell[], schema: "stalemap/real/1" | "stalemap/real-matrix/1") {
  return { schema, model: MODEL, results: cells.map(realCellJson) };
}

export function recordJson({ request, file }: Recorded) {
  return { schema: "stalemap/record/1", ...request, file };
}

export function exportJson({ name, kernel, block, verdict, kind, note, output, source }: Exported) {
  return {
    schema: "stalemap/export/1",
    name,
    kernel,
    block,
    model: verdict,
    kind: kind ?? null,
    note: note ?? null,
    output: output ?? null,
    ...(output === undefined ? { source } : {}),
  };
}
