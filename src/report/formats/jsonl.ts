/**
 * One JSON object per line, as they come: a verdict, a finding, a trace, a cell. What gives one answer gives one line.
 */

import { MODEL } from "../../kernel/versions/model-version.js";
import { backportJson } from "../backport-json.js";
import { traceJson } from "../conform-json.js";
import {
  bisectJson,
  checkedJson,
  exploreForcedJson,
  failureJson,
  findingJson,
  fuzzCountsJson,
  line,
  reproJson,
  runResultJson,
  toldLine,
} from "../documents.js";
import { exploreJson } from "../explore-json.js";
import { forcedRunJson } from "../forced-outcome.js";
import { kernelWalkJson } from "../kernel-walk-json.js";
import { realCellJson, recordJson } from "../real-json.js";
import type { RealCell } from "../real-text.js";
import type { Format } from "../reporter.js";
import type { RunResult } from "../run-text.js";

export const jsonl: Format = {
  showsAll: true,
  failure: (failure) => line(failureJson(failure)),
  pages: {
    run: { item: verdictLine },
    matrix: { item: verdictLine },
    fuzz: { item: findingLine, end: (summary) => line(fuzzCountsJson(summary)) },
    explore: { end: (explored) => line(exploreJson(explored)) },
    exploreForced: { end: (explored) => line(exploreForcedJson(explored)) },
    repro: {
      end: (reproduced) =>
        reproduced.reported === undefined ? line(reproJson(reproduced)) : findingLine(reproduced.reported),
    },
    backport: { end: (backported) => line(backportJson(backported)) },
    bisect: { end: (summary) => line(bisectJson(summary)) },
    conform: {
      item: (result) => toldLine("stalemap/conform-trace/1", { model: MODEL, ...traceJson(result) }),
    },
    real: { item: cellLine },
    realMatrix: { item: cellLine },
    check: {
      item: (checked) => toldLine("stalemap/check-file/1", { model: MODEL, ...checkedJson(checked) }),
    },
    realForced: { item: (report) => line(forcedRunJson(report)) },
    realWalk: { item: (walk) => toldLine("stalemap/real-walk-kernel/1", kernelWalkJson(walk)) },
    record: { item: (recorded) => line(recordJson(recorded)) },
  },
};

function verdictLine(result: RunResult): string {
  return toldLine("stalemap/run-verdict/1", { model: MODEL, ...runResultJson(result) });
}

function findingLine(found: Parameters<typeof findingJson>[0]): string {
  return toldLine("stalemap/finding/1", { model: MODEL, ...findingJson(found) });
}

/** `model` is that of the kernel here. */
function cellLine(cell: RealCell): string {
  return toldLine("stalemap/real-cell/1", realCellJson(cell));
}
