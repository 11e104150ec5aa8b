/**
 * From a failing run to what is shown of it: shrunk, with its token, cures and file.
 */
import { examine } from "../../explore/finding/finding.js";
import { subjectOf } from "../../explore/run/subject.js";
import { canForce } from "../../force/follow.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { encodeToken, type RunSpec } from "../../scenario/token.js";
import { type Pictures, picturesOf } from "../../tasks/pictures.js";
import { foundFile, type Origin, type Shown } from "./finding-file.js";

/** A token that is longer does not fit a line of a mail; the file takes its place. */
const LONGEST_TOKEN = 200;

/** Where the file of a finding is kept; gives its path, if it has one. */
interface Keeper {
  put(text: string): string | undefined;
}

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
