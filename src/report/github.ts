/**
 * A finding as a GitHub Actions annotation.
 */
import { variantName } from "../kernel/versions/variant.js";
import { headline, type ReportedFinding } from "./finding-text.js";

export function githubAnnotation(reported: ReportedFinding): string {
  const { finding, run, token, file, caseSeed } = reported;
  const title = `${run.scenario.name} on ${variantName(run.variant)}`;
  const message = `${headline(finding)} (${finding.kind}); npx stalemap repro ${token ?? file ?? caseSeed ?? ""}`;
  const where = file === undefined ? "" : `file=${property(file)},`;
  return `::error ${where}title=${property(title)}::${data(message)}`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
