/**
 * From a failing run to what is shown of it: shrunk, with its token, cures and file.
 */
import { join } from "node:path";
import type { Finding } from "../../explore/finding/finding.js";
import { scheduleOf } from "../../explore/pin/pinned-schedule.js";
import { subjectOf } from "../../explore/run/subject.js";
import { variantName } from "../../kernel/versions/variant.js";
import { headline, type ReportedFinding } from "../../report/finding-text.js";
import { printScenario } from "../../scenario/language/print.js";
import { encodeToken, type RunSpec } from "../../scenario/token.js";
import type { Scenario } from "../../scenario/types.js";
import type { ShrinkResult } from "../../tasks/shrink-finding.js";
import { Stop } from "../exit.js";
import { renderStop, writeWhole } from "../input/files.js";
import { kernelFlags } from "../input/kernels.js";
import type { Session } from "../terminal/terminal.js";

/** A token that is longer does not fit a line of a mail; the file takes its place. */
const LONGEST_TOKEN = 200;

/** What is known of a finding when it is shrunk; `file` is the path to save it at. */
type Origin = Pick<ReportedFinding, "foundIn" | "caseSeed" | "caseFlags" | "file">;

/** Puts together what is known of a shrunk finding; saves it when it has a file. */
export function present(session: Session, shrunk: ShrinkResult, origin: Origin): ReportedFinding {
  const file = origin.file === undefined ? undefined : save(session, origin.file, shrunk, origin.caseSeed);
  return { ...shrunk, ...origin, token: tokenOf(shrunk.run), file };
}

/** Saves the finding; one that cannot be saved is still reported. */
function save(
  { terminal: { err } }: Session,
  file: string,
  { run, finding }: ShrinkResult,
  caseSeed: string | undefined,
): string | undefined {
  try {
    writeWhole(file, foundFile(run, finding, caseSeed));
    return file;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    err.write(renderStop(error, err.colours));
    return undefined;
  }
}

/** The token of a run, unless it is too long to be of use. */
export function tokenOf(run: RunSpec): string | undefined {
  const token = encodeToken(run);
  return token.length <= LONGEST_TOKEN ? token : undefined;
}

/** The scenario file of a finding: its program, its kernel and kind, and the schedule that shows it. */
function foundFile(run: RunSpec, finding: Finding, caseSeed: string | undefined): string {
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
    `Found by stalemap on ${variantName(run.variant)}${caseSeed === undefined ? "" : `, case ${caseSeed}`}.`,
    "npx stalemap repro THIS-FILE shows the race;",
    `npx stalemap run THIS-FILE ${kernelFlags(run.variant)} runs its schedule once.`,
  ];
  return printScenario(scenario, header);
}

function aboutText(finding: Finding): string {
  const what = headline(finding);
  if (finding.oracle === "results" || finding.oracle === "progress") return what;
  return `${what}: expected ${finding.expected}, found ${finding.actual}`;
}

/** A file name for a finding that depends on nothing but its case. */
export function foundPath(directory: string, kernel: string, finding: Finding, name: string): string {
  const plain = `${kernel}-${finding.oracle}-${name}`.replace(/[^\w.-]+/g, "-");
  return join(directory, `${plain}.yaml`);
}
