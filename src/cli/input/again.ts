/**
 * Command lines to try next carry all that a run depended on: what was given, or a token or file that holds it.
 */
import type { KernelVariant } from "../../kernel/versions/variant.js";
import type { ReportedFinding } from "../../report/finding-text.js";
import { dashed, OPTION_GROUPS, type SharedOption } from "./options.js";

const { kernels, judging, reading } = OPTION_GROUPS;
/** What a run of `x` depends on beside it. */
const RUN = [...kernels, "strategy", "realizable", "depth", ...judging, ...reading] as const;
/** What a search of the schedules of `x` depends on beside it. */
export const SEARCH = [...kernels, ...judging, ...reading] as const;

/** Options as they are written: `{ runs: 3, keepGoing: true, with: [] }` is `--runs 3 --keep-going`. */
export function flagsOf(options: { readonly [name: string]: unknown }): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
    return value === true ? [`--${dashed(name)}`] : [`--${dashed(name)}`, String(value)];
  });
}

/** The options of these names that were given, as they are written. */
export function givenFlags(
  options: { readonly [O in SharedOption]?: unknown },
  names: readonly SharedOption[] = RUN,
): string[] {
  return flagsOf(Object.fromEntries(names.map((name) => [name, options[name]])));
}

/** The options that name this kernel on a command line, word by word. */
export function kernelFlags({ base, with: added, without }: KernelVariant): string[] {
  return flagsOf({ kernel: base, with: added, without });
}

/** A path or name as an argument: one that begins with a dash would be taken for an option. */
export function operand(x: string): string {
  return x.startsWith("-") && x !== "-" ? `./${x}` : x;
}

/** What names exactly this run, if anything does. */
export function sameRun({ file, token }: ReportedFinding): string | undefined {
  return file === undefined ? token : operand(file);
}

/** This process's own command line, with more at its end. */
export function sameCommand(...more: readonly string[]): string[] {
  return [...process.argv.slice(2), ...more];
}
