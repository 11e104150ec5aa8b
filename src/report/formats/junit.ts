/**
 * JUnit's XML, as Jenkins, GitLab and others show it: a suite per scenario, a case per verdict, its file as the class.
 * What could not be judged is an error; what nobody expects anything of is skipped.
 */
import type { Builder } from "junit-report-builder";
import * as made from "junit-report-builder";
import { allChecks, type Check, checksOfFailure } from "../ci-checks.js";
import type { Format } from "../reporter.js";

export const junit: Format = { failure: (failure) => xml(checksOfFailure(failure)), pages: allChecks(xml) };

// A CommonJS module whose types are those of an ES module.
const builder = made.default as unknown as Builder;

function xml(checks: readonly Check[]): string {
  const report = builder.newBuilder();
  for (const group of new Set(checks.map((check) => check.group))) {
    const suite = report.testSuite().name(plain(group));
    for (const check of checks.filter((one) => one.group === group)) {
      const { name, file, outcome, message, rule, detail } = check;
      const one = suite
        .testCase()
        .className(plain(file ?? `stalemap.${group}`))
        .name(plain(name));
      if (outcome === "fails") one.failure(plain(message), rule);
      if (outcome === "open") one.error(plain(message), rule);
      if (outcome === "unasked") one.skipped();
      if (detail !== undefined && outcome !== "holds") one.standardOutput(plain(detail));
    }
  }
  // The one attribute that the schema of Jenkins does not have.
  return `${report.build().replace(/(<testsuites[^>]*) skipped="\d+"/, "$1")}\n`;
}

/** XML has no place for most control characters, however they are written. */
function plain(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, "\u00b7");
}
