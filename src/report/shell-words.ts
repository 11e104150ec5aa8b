/** Words of a command line that a person may paste into a shell: this is the one place where they are put together. */

/** The word as a POSIX shell reads it back; bash and zsh where it holds what a terminal would obey. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, (c) =>
    c === "\\" || c === "'" ? `\\${c}` : `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
  return `$'${escaped}'`;
}

export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

let program = "npx stalemap";

/** What this program is called where its suggestions are to work. */
export function callProgram(name: string): void {
  program = name;
}

/** A command in a form that works where it is printed. */
export function commandLine(words: readonly string[]): string {
  return `${program} ${shellWords(words)}`;
}

/** A command in a document that goes to others, to whom a path of this machine says nothing. */
export function commandForOthers(words: readonly string[]): string {
  return `${program.startsWith("node ") ? "stalemap" : program} ${shellWords(words)}`;
}
