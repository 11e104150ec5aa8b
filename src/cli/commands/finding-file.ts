/** The file of a finding: a scenario that says how it was found. */
import { join } from "node:path";
import type { Finding } from "../../explore/finding/finding.js";
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { subjectOf } from "../../explore/run/subject.js";
import { variantName } from "../../kernel/versions/variant.js";
import { headline, type ReportedFinding } from "../../report/finding-text.js";
import { shellWords } from "../../report/shell-words.js";
import { printScenario } from "../../scenario/language/print.js";
import type { Scenario } from "../../scenario/types.js";
import { kernelFlags } from "../input/again.js";

/** For editors: the schema that `stalemap schema` prints, beside the file. */
export const SCHEMA_LINE = "yaml-language-server: $schema=stalemap.schema.json";

/** What is shown of a failing run beside where it comes from. */
export type Shown = Pick<ReportedFinding, "run" | "finding" | "realizable" | "before" | "curedBy">;

/** What is known of a finding beside its run. */
export type Origin = Pick<ReportedFinding, "foundIn" | "caseSeed" | "caseFlags">;

/** The scenario file of a finding: its program, its kernel and kind, and the schedule that shows it. */
export function foundFile({ run, finding, before }: Shown, { caseSeed, caseFlags = [] }: Origin): string {
  const { base, with: added, without } = run.variant;
  const isPlain = added.length === 0 && without.length === 0;
  const verdict = { expect: "mismatch" as const, kind: finding.kind };
  const scenario: Scenario = {
    ...run.scenario,
    about: aboutText(finding),
    expect: isPlain ? [{ kernel: base, ...verdict }] : [],
    variants: isPlain ? [] : [{ base, with: added, without, ...verdict }],
    schedule: scheduleOf(subjectOf(run), run.choices),
  };
  const header = [
    SCHEMA_LINE,
    `Found by stalemap on ${variantName(run.variant)}${caseSeed === undefined ? "" : `, case ${shellWords([caseSeed, ...caseFlags])}`}.`,
    ...(before === undefined ? ["As it was found, not shrunk."] : []),
    "stalemap repro THIS-FILE shows the race;",
    `stalemap run THIS-FILE ${shellWords(kernelFlags(run.variant))} runs its schedule once.`,
  ];
  return printScenario(scenario, header);
}

function aboutText(finding: Finding): string {
  const what = headline(finding);
  if (finding.oracle === "results" || finding.oracle === "progress") return what;
  return `${what}: expected ${finding.expected}, found ${finding.actual}`;
}

/** A file name for a finding that depends on nothing but its case; of two that come to the same one gets a number. */
export function foundPath(directory: string, kernel: string, finding: Finding, name: string): string {
  const plain = `${kernel}-${finding.oracle}-${name}`.replace(/[^\w.+-]+/g, "-");
  return join(directory, `${plain}.yaml`);
}
