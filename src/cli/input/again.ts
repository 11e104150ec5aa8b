/**
 * Command lines to try next carry all that a run depended on: what was given, or a token or file that holds it.
 */
import type { ReportedFinding } from "../../report/finding-text.js";
import type { SharedOption } from "./options.js";

/** What a run of `x` depends on beside it. */
const RUN = [
  "kernel",
  "tree",
  "with",
  "without",
  "strategy",
  "realizable",
  "depth",
  "faults",
  "evictions",
  "oracle",
] as const;

type Given = { readonly [O in SharedOption]?: unknown };

/** The options of these names that were given, as they are written. */
export function givenFlags(options: Given, names: readonly SharedOption[] = RUN): string[] {
  return names.flatMap((name) => {
    const value: unknown = options[name];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
}

/** A path or name as an argument: one that begins with a dash would be taken for an option. */
export function operand(x: string): string {
  return x.startsWith("-") ? `./${x}` : x;
}

/** What names exactly this run, if anything does. */
export function sameRun({ file, token }: ReportedFinding): string | undefined {
  return file === undefined ? token : operand(file);
}

/** This process's own command line, with more at its end. */
export function sameCommand(...more: readonly string[]): string[] {
  return [...process.argv.slice(2), ...more];
}
