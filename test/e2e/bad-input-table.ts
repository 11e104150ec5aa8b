/**
 * Malformed flags, names, tokens, seeds and files, each with the first line on stderr and the exit status.
 */

export interface BadInput {
  readonly args: readonly string[];
  readonly status: number;
  /** First line on stderr. */
  readonly line: string;
  /** Files in the directory where it runs. */
  readonly files?: Readonly<Record<string, string>>;
}

