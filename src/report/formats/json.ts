/**
 * One JSON document per command, with a `schema` field; of a recording one per trace, of forced runs one per kernel.
 */
import { backportJson } from "../backport-json.js";
import { campaignFindingsJson, campaignJson, recheckJson } from "../campaign-documents.js";
import { conformJson } from "../conform-json.js";
import {
  bisectJson,
  checkJson,
  exploreForcedJson,
  failureJson,
  fuzzJson,
  listJson,
  pretty,
  reproJson,
  runJson,
} from "../documents.js";
import { explainJson, nameJson } from "../explain-json.js";
import { exploreJson } from "../explore-json.js";
import { forcedRunJson } from "../forced-outcome.js";
import { kernelWalksJson } from "../kernel-walk-json.js";
import { resultsOfMatrix } from "../matrix-cells.js";
import { exportJson, realJson, recordJson } from "../real-json.js";
import type { Format } from "../reporter.js";
import { walkJson } from "../step-text.js";
import { treeHistoryJson, treeJson } from "../tree-documents.js";

export const json: Format = {
  showsAll: true,
  failure: (failure) => pretty(failureJson(failure)),
  pages: {
    run: { end: (results) => pretty(runJson(results)) },
    matrix: { end: (matrix) => pretty(runJson(resultsOfMatrix(matrix))) },
    fuzz: { end: (summary) => pretty(fuzzJson(summary)) },
    campaign: { end: (status) => pretty(campaignJson(status)) },
    campaignFindings: { end: (findings) => pretty(campaignFindingsJson(findings)) },
    campaignRecheck: { end: (all) => pretty(recheckJson(all)) },
    explore: { end: (explored) => pretty(exploreJson(explored)) },
    exploreForced: { end: (explored) => pretty(exploreForcedJson(explored)) },
    step: { end: (walk) => pretty(walkJson(walk)) },
    explain: { end: (explained) => pretty(explainJson(explained)) },
    explainName: { end: (names) => pretty(nameJson(names)) },
    repro: { end: (reproduced) => pretty(reproJson(reproduced)) },
    bisect: { end: (summary) => pretty(bisectJson(summary)) },
    backport: { end: (backported) => pretty(backportJson(backported)) },
    conform: { end: (results) => pretty(conformJson(results)) },
    real: { end: (cells) => pretty(realJson(cells, "stalemap/real/1")) },
    realForced: { item: (report) => pretty(forcedRunJson(report)) },
    realMatrix: { end: (cells) => pretty(realJson(cells, "stalemap/real-matrix/1")) },
    realWalk: { end: (walks) => pretty(kernelWalksJson(walks)) },
    record: { item: (recorded) => pretty(recordJson(recorded)) },
    export: { end: (exported) => pretty(exportJson(exported)) },
    check: { end: (files) => pretty(checkJson(files)) },
    tree: { end: (read) => pretty(treeJson(read)) },
    treeHistory: { end: (history) => pretty(treeHistoryJson(history)) },
    list: { end: (sections) => pretty(listJson(sections)) },
  },
};
