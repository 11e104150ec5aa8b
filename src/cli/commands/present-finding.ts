/**
 * From a failing run to what is shown of it: shrunk, with its token, cures and file.
 */
import { join } from "node:path";
import { examine, type Finding } from "../../explore/finding/finding.js";
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { subjectOf } from "../../explore/run/subject.js";
import { canForce } from "../../force/follow.js";
import { variantName } from "../../kernel/versions/variant.js";
import { headline, type ReportedFinding } from "../../report/finding-text.js";
import { shellWords } from "../../report/shell-words.js";
import { printScenario } from "../../scenario/language/print.js";
import { encodeToken, type RunSpec } from "../../scenario/token.js";
import type { Scenario } from "../../scenario/types.js";
import { type Pictures, picturesOf } from "../../tasks/pictures.js";
import { kernelFlags } from "../input/again.js";

/** A token that is longer does not fit a line of a mail; the file takes its place. */
const LONGEST_TOKEN = 200;

/** Where the file of a finding is kept; gives its path, if it has one. */
interface Keeper {
  put(text: string): string | undefined;
}

/** For editors: the schema that `stalemap schema` prints, beside the file. */
export const SCHEMA_LINE = "yaml-language-server: $schema=stalemap.schema.json";

/** What is shown of a failing run beside where it comes from. */
type Shown = Pick<ReportedFinding, "run" | "finding" | "realizable" | "before" | "curedBy">;

/** What is known of a finding beside its run. */
type Origin = Pick<ReportedFinding, "foundIn" | "caseSeed" | "caseFlags">;

/** A failing run as it was found, not shrunk. */
export function asFound(run: RunSpec, mask: number): Shown {
  const subject = subjectOf(run);
  const finding = examine(subject, run.choices, mask);
  if (finding === undefined) throw new Error("a failing run does not fail when it is replayed");
  return { run, finding, realizable: canForce(subject, finding.choices) };
}

/** Puts together what is known of a finding; saves it where it is kept. */
export function present(found: Shown, origin: Origin = {}, kept?: Keeper): ReportedFinding {
  const file = kept?.put(foundFile(found, origin));
  return { ...found, ...origin, token: tokenOf(found.run), file, pictures: picturesFor(found) };
}

/** Makes the pictures of a finding once, when somebody asks for them. */
export function picturesFor({ run, finding, curedBy }: Shown): () => Pictures {
  let made: Pictures | undefined;
  return () => {
    made ??= picturesOf(run, finding, curedBy);
    return made;
  };
}

/** The token of a run, unless it is too long to be of use. */
export function tokenOf(run: RunSpec): string | undefined {
  const token = encodeToken(run);
  return token.length <= LONGEST_TOKEN ? token : undefined;
}

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
