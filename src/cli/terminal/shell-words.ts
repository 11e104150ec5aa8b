/** Words of a command line that a person may paste into a shell. */

/** The word as a POSIX shell reads it back. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** This process's own command line, with more at its end. */
export function sameCommand(...more: readonly string[]): string {
  return [...process.argv.slice(2), ...more].map(shellWord).join(" ");
}
