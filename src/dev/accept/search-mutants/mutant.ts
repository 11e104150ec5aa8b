/** A guard of a reduction taken away or made weaker, as a change of the source. */
import type { PROGRAMS } from "./programs.js";

type Name = keyof typeof PROGRAMS;

export interface SearchMutant {
  readonly name: string;
  /** A file of src/explore/search that holds `is` once. */
  readonly file: string;
  readonly is: string;
  readonly becomes: string;
  /** Undefined: none is known, and the source says why the guard is there. */
  readonly program: Name | undefined;
  /** It says the same of every program, and there are more states or steps. */
  readonly costs?: true;
}

/** Of one file: name, what is there, what becomes of it, and the program; a row with "costs" at the end costs more. */
export const of = (
  file: string,
  rows: readonly (readonly [string, string, string, Name?, "costs"?])[],
): readonly SearchMutant[] =>
  rows.map(([name, is, becomes, program, costs]) => ({
    name,
    file,
    is,
    becomes,
    program,
    ...(costs === undefined ? {} : { costs: true }),
  }));
