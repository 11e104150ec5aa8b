/** A word of a shell script or of what it is given, with its place. */
export interface Word {
  readonly text: string;
  /** `[start, end)` of the script. */
  readonly start: number;
  readonly end: number;
}
