/**
 * SARIF 2.1.0, which code scanning reads: a result per violation, with its place in the scenario file and the run that
 * shows it as a flow. The types are the public schema's, and so is the test; a builder would add nothing to them.
 */
import type { Log, ReportingDescriptor, Result, ThreadFlowLocation } from "sarif";
import { ORACLES } from "../../kernel/oracle-table.js";
import { MODEL } from "../../kernel/versions/model-version.js";
import { allChecks, type Check, checksOfFailure } from "../ci-checks.js";
import { pretty } from "../documents.js";
import type { ReportedFinding } from "../finding-text.js";
import type { Format } from "../reporter.js";
import { findingRows } from "../rows.js";

export const sarif: Format = {
  failure: (failure) => pretty(log(checksOfFailure(failure))),
  pages: allChecks((checks) => pretty(log(checks))),
};

const RULES: readonly (readonly [id: string, about: string])[] = [
  ...ORACLES.map(({ name, about }) => [name, about] as const),
  ["expectation", "a scenario does what its file expects"],
  ["undecided", "a scenario can be judged"],
  ["backport", "a series makes no kernel in between worse, and cures what it is for"],
  ["agreement", "model and kernel agree"],
  ["real", "a real kernel keeps the data, and does what its model says"],
  ["input", "files can be read"],
];

function log(checks: readonly Check[]): Log {
  const told = checks.filter(({ outcome }) => outcome === "fails" || outcome === "open");
  const rules = RULES.map(([id, text]): ReportingDescriptor => ({ id, shortDescription: { text } }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "stalemap", version: `model ${MODEL}`, rules } },
        columnKind: "utf16CodeUnits",
        results: told.map(resultOf),
      },
    ],
  };
}

function resultOf(check: Check): Result {
  const { rule, outcome, name, message, reported } = check;
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(([id]) => id === rule),
    level: outcome === "open" ? "warning" : "error",
    message: { text: name === message ? message : `${name}: ${message}` },
    locations: check.file === undefined ? [] : [locationOf(check, check.file)],
    ...(reported === undefined
      ? {}
      : {
          partialFingerprints: { "stalemap/kind": `${check.group} ${reported.finding.kind}` },
          codeFlows: [{ threadFlows: threadFlows(reported) }],
        }),
  };
}

function locationOf({ line, column, endColumn }: Check, file: string) {
  const region = {
    startLine: line ?? 1,
    ...(column === undefined ? {} : { startColumn: column }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) }, region } };
}

/** The run, a flow per thread, in the order of its steps. */
function threadFlows({ run, finding }: ReportedFinding) {
  const rows = findingRows(run.scenario, finding);
  return [...new Set(rows.map(({ thread }) => thread))].map((id) => ({
    id,
    locations: rows
      .filter(({ thread }) => thread === id)
      .map(({ i, calls }): ThreadFlowLocation => {
        const text = calls.map(({ fn, notes }) => [fn, ...notes].join(" ")).join("; ");
        return { executionOrder: i, location: { message: { text: text === "" ? id : text } } };
      }),
  }));
}
