/**
 * One JSON object per line, as they come: a verdict, a finding, a trace, a cell. What gives one answer gives one line.
 */

import { traceJson } from "../conform-json.js";
import {
  bisectJson,
  checkedJson,
  exploreForcedJson,
  failureJson,
  findingJson,
  fuzzCountsJson,
  line,
  runResultJson,
} from "../documents.js";
import { exploreJson } from "../explore-json.js";
import { forcedRunJson } from "../forced-outcome.js";
import { kernelWalkJson } from "../kernel-walk-json.js";
import { realCellJson, recordJson } from "../real-json.js";
import type { Format } from "../reporter.js";

export const jsonl: Format = {
  showsAll: true,
  failure: (failure) => line(failureJson(failure)),
  pages: {
    run: { item: (result) => line(runResultJson(result)) },
    matrix: { item: (result) => line(runResultJson(result)) },
    fuzz: { item: (found) => line(findingJson(found)), end: (summary) => line(fuzzCountsJson(summary)) },
    explore: { end: (explored) => line(exploreJson(explored)) },
    exploreForced: { end: (explored) => line(exploreForcedJson(explored)) },
    repro: { end: ({ reported }) => (reported === undefined ? "" : line(findingJson(reported))) },
    bisect: { end: (summary) => line(bisectJson(summary)) },
    conform: { item: (result) => line(traceJson(result)) },
    real: { item: (cell) => line(realCellJson(cell)) },
    realMatrix: { item: (cell) => line(realCellJson(cell)) },
    check: { item: (checked) => line(checkedJson(checked)) },
    realForced: { item: (report) => line(forcedRunJson(report)) },
    realWalk: { item: (walk) => line(kernelWalkJson(walk)) },
    record: { item: (recorded) => line(recordJson(recorded)) },
  },
};
