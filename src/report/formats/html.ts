/**
 * One HTML file that needs nothing else: each finding as a diagram to walk through, verdicts as a table, a matrix as a
 * heat map, a bisection as a ladder.
 */
import { bisectPage } from "../page/bisect-page.js";
import { explainPage } from "../page/explain-page.js";
import { matrixPage } from "../page/matrix-page.js";
import { namesPage } from "../page/names-page.js";
import {
  documentWith,
  explorePage,
  failurePage,
  forcedPage,
  fuzzPage,
  reproPage,
  runPage,
} from "../page/pages.js";
import { documentOf } from "../page/render.js";
import type { Format } from "../reporter.js";
import * as tabled from "../tabled.js";

export const html: Format = {
  showsAll: true,
  failure: (failure) => documentOf(failurePage(failure)),
  pages: {
    run: { end: runPage },
    matrix: { end: (matrix) => documentOf(matrixPage(matrix)) },
    fuzz: { end: fuzzPage },
    explore: { end: explorePage },
    exploreForced: { end: forcedPage },
    repro: { end: reproPage },
    explain: { end: explainPage },
    explainName: { end: namesPage },
    backport: {
      end: (backported) =>
        documentWith(
          tabled.backportTable(backported),
          backported.reported === undefined ? [] : [backported.reported],
        ),
    },
    conform: { end: (results) => documentWith(tabled.conformTable(results)) },
    real: { end: (cells) => documentWith(tabled.realTable(cells)) },
    realMatrix: { end: (cells) => documentWith(tabled.realMatrixTable(cells)) },
    realWalk: { end: (walks) => documentWith(tabled.walksTable(walks)) },
    realForced: { end: (reports) => documentWith(tabled.forcedTable(reports)) },
    record: { end: (recorded) => documentWith(tabled.recordedTable(recorded)) },
    check: { end: (files) => documentWith(tabled.filesTable(files)) },
    bisect: { end: (summary) => documentOf(bisectPage(summary)) },
  },
};
