/**
 * Exit codes, and the one error that commands throw to end with one of them and a sentence on stderr.
 */

import { beyondModel, noneOf } from "../scenario/beyond-model.js";
import type { Diagnostic } from "../scenario/yaml/diagnostic.js";
import { nearestWord } from "../scenario/yaml/nearest.js";

/** What the exit status says; all are safe under `git bisect run`. */
export const EXIT = {
  OK: 0,
  VIOLATION: 1,
  UNDECIDED: 125,
  INVALID: 128,
  USAGE: 129,
  INTERNAL: 134,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Ends the command: the message is for the user and carries no stack. */
export class Stop extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** What to do about it; printed below the message. */
    readonly remedy?: string,
    /** What is wrong with input files; printed instead of the message. */
    readonly problems: readonly (Diagnostic | Stop)[] = [],
  ) {
    super(message);
  }
}

/** All that is wrong with input files, as one error. */
export function faulty(problems: readonly (Diagnostic | Stop)[]): Stop {
  const [first, ...more] = problems;
  if (first === undefined || more.length > 0)
    return new Stop(EXIT.INVALID, `${problems.length} errors in what was given`, undefined, problems);
  return first instanceof Stop ? first : new Stop(EXIT.INVALID, first.message, undefined, problems);
}

/** Whether a module of the program or of a package is not there. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "ERR_MODULE_NOT_FOUND";
}

export function usage(message: string, remedy?: string): Stop {
  return new Stop(EXIT.USAGE, message, remedy);
}

export function invalid(message: string, remedy?: string): Stop {
  return new Stop(EXIT.INVALID, message, remedy);
}

export function undecided(message: string, remedy?: string): Stop {
  return new Stop(EXIT.UNDECIDED, message, remedy);
}

/** The remedy for a word that there is none of: what the model has instead, the nearest that there is, else the given one. */
export function didYouMean(word: string, known: readonly string[], otherwise?: string): string | undefined {
  const beyond = beyondModel(word);
  if (beyond !== undefined) return `${noneOf(beyond)}; ${beyond.instead}`;
  const near = nearestWord(word, known);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** The status over many results: 1 beats 125 beats 0. */
export function worst(codes: Iterable<number>): number {
  const all = new Set(codes);
  if (all.has(EXIT.VIOLATION)) return EXIT.VIOLATION;
  if (all.has(EXIT.INTERNAL)) return EXIT.INTERNAL;
  return all.has(EXIT.UNDECIDED) ? EXIT.UNDECIDED : EXIT.OK;
}
