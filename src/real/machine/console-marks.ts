/** The marks that an init prints on the serial console, lines that begin with @@stalemap, and what was printed between them. */

import { kernelLabel, UNKNOWN_KERNEL } from "./running-kernel.js";
import { deathOf } from "./trouble-signs.js";

/** What every console says: which kernel, and whatever keeps the rest from being believed. */
export interface Marks {
  readonly kernel: string;
  readonly problems: readonly string[];
}

const MOST_PROBLEMS = 5;

/** A flood of them says no more than the first ones. */
export function firstOf(problems: readonly string[]): string[] {
  const few = problems.slice(0, MOST_PROBLEMS);
  return problems.length === few.length
    ? few
    : [...few, `and ${problems.length - few.length} more of the kind`];
}

/** More than any line of ours has; the rest of a longer one is dropped. */
const LINE_LENGTH = 2000;

/**
 * Gives each line of ours up to the one that says that init came to its end, with what was printed since the one
 * before. Those that every init prints are read here; so is the death of the kernel, and an end that did not come or
 * was not the end.
 */
export function readMarks(
  text: string,
  onMark: (what: string, rest: string, pending: readonly string[]) => void,
): Marks {
  const problems: string[] = [];
  let kernel: string | undefined;
  let isDone = false;
  let pending: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const line = text.slice(at, Math.min(end, at + LINE_LENGTH)).replace(/\r$/, "");
    at = end + 1;
    // kernel messages may stand before ours on one line
    const mark = /@@stalemap (\w+) ?(.*)$/.exec(line);
    if (mark === null) {
      pending.push(line);
      continue;
    }
    const [, what = "", rest = ""] = mark;
    if (isDone) problems.push(`a line after the end of init: ${what} ${rest.slice(0, 80)}`);
    else if (what === "kernel" && kernel !== undefined) problems.push("it booted more than once");
    else if (what === "kernel") kernel = kernelLabel(rest);
    else if (what === "problem") problems.push(rest);
    else if (what === "done") isDone = true;
    else onMark(what, rest, pending);
    pending = [];
  }
  const death = deathOf(text);
  if (death !== undefined) problems.push(death);
  if (!isDone) problems.push("init did not come to its end");
  const known = kernel ?? UNKNOWN_KERNEL;
  if (known === UNKNOWN_KERNEL) problems.push("the kernel did not say which it is");
  return { kernel: known, problems: firstOf(problems) };
}
