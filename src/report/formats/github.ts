/**
 * Annotations for GitHub Actions: an error for whatever ends in exit status 1 or 128, a warning for what could not be
 * judged. Nothing is printed of what is as it should be.
 */
import {
  type Check,
  checkOfCell,
  checkOfFinding,
  checkOfForcedRun,
  checkOfReal,
  checkOfRun,
  checkOfTrace,
  checkOfWalk,
  checksOfBackport,
  checksOfBisect,
  checksOfExplored,
  checksOfFailure,
  checksOfForced,
  checksOfRepro,
} from "../ci-checks.js";
import type { Format } from "../reporter.js";

export const github: Format = {
  failure: (failure) =>
    annotations(checksOfFailure(failure).map((check) => ({ ...check, name: "stalemap" }))),
  pages: {
    run: { item: (result) => annotations([checkOfRun(result)]) },
    matrix: { item: (result) => annotations([checkOfCell(result)]) },
    fuzz: { item: (found) => annotations([checkOfFinding(found)]) },
    explore: { end: (explored) => annotations(checksOfExplored(explored)) },
    exploreForced: { end: (explored) => annotations(checksOfForced(explored)) },
    repro: { end: (reproduced) => annotations(checksOfRepro(reproduced)) },
    bisect: { end: (summary) => annotations(checksOfBisect(summary)) },
    backport: { end: (backported) => annotations(checksOfBackport(backported)) },
    conform: { item: (result) => annotations([checkOfTrace(result)]) },
    real: { item: (cell) => annotations([checkOfReal(cell)]) },
    realMatrix: { item: (cell) => annotations([checkOfReal(cell)]) },
    realWalk: { item: (walk) => annotations([checkOfWalk(walk)]) },
    realForced: { item: (report) => annotations([checkOfForcedRun(report)]) },
    record: {},
    check: {},
  },
};

function annotations(checks: readonly Check[]): string {
  return checks
    .filter(({ outcome }) => outcome === "fails" || outcome === "open")
    .map(annotation)
    .join("");
}

/** One workflow command. */
function annotation({ outcome, file, line, column, endColumn, name, message }: Check): string {
  const properties = Object.entries({ file, line, col: column, endColumn, title: name })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${outcome === "open" ? "warning" : "error"} ${properties.join(",")}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
