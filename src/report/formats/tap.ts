/**
 * The Test Anything Protocol, version 14: a line per verdict, with what is known of a failure as YAML below it. What
 * could not be judged is not ok.
 */
import { stringify } from "yaml";
import { allChecks, type Check, checksOfFailure } from "../ci-checks.js";
import type { Format } from "../reporter.js";

export const tap: Format = {
  failure: (failure) => lines(checksOfFailure(failure)),
  pages: allChecks(lines),
};

function lines(checks: readonly Check[]): string {
  return ["TAP version 14", `1..${checks.length}`, ...checks.flatMap(linesOf), ""].join("\n");
}

function linesOf({ outcome, name, message, rule, file, line, detail }: Check, n: number): string[] {
  const isOk = outcome === "holds" || outcome === "unasked";
  const skipped = outcome === "unasked" ? " # SKIP the file says nothing of this kernel" : "";
  const head = `${isOk ? "ok" : "not ok"} ${n + 1} - ${description(name)}${skipped}`;
  if (isOk) return [head];
  const block = { message, severity: outcome === "open" ? "undecided" : "fail", rule, file, line, detail };
  const text = stringify(block, { lineWidth: 0, keepUndefined: false }).trimEnd();
  return [head, "  ---", ...text.split("\n").map((one) => (one === "" ? one : `  ${one}`)), "  ..."];
}

/** A description ends at its line, and at a # with no backslash before it. */
function description(name: string): string {
  return name.replace(/[\\#]/g, "\\$&").replace(/\s+/g, " ");
}
