/**
 * What was typed behind prompts of xfs_io, made a part of the script around it: a call of xfs_io that does not say what to do
 * gets what follows it, and all other lines are calls of their own that go on in it. Every sign keeps its place, nearly.
 */
import { TYPED } from "./xfs-io-call.js";

const PROMPT = /^[ \t]*xfs_io>[ \t]+(?=\S)/;
const CALL = /(?:^|[\s/"'{$(`])(?:xfs_io|XFS_IO_PROG)\}?["']?(?=\s|$)/;
const HAS_COMMANDS = /\s-\w*[cC]|[<|]/;
/** Without prompts of a shell these are commands, and all else is what somebody says of them. */
const COMMAND =
  /^[ \t]*(?:[\w./-]*xfs_io\s+[-/.$\w]|\$\{?XFS_IO_PROG|truncate\s+-|fallocate\s+-|dd\s+\w+=|sync\s*$)/;

export const hasSessions = (lines: readonly string[]): boolean => lines.some((line) => PROMPT.test(line));

/** `rest` reads the lines that are none of a session; where it finds no prompt of a shell they come back as they are. */
export function withSessions(
  lines: readonly string[],
  rest: (lines: readonly string[]) => readonly string[],
): string {
  const others = lines.map((line) => (PROMPT.test(line) ? "" : line));
  const read = rest(others);
  const isPlain = read.every((line, i) => line === others[i]);
  const shown = read.map((line) => (isPlain && !COMMAND.test(line) ? line.replace(/\S/g, " ") : line));
  const isFollowed = followed(lines, shown);
  let text = "";
  /** What comes belongs to a call that has nothing else to do. */
  let isOwned = false;
  for (const [i, line] of lines.entries()) {
    const prompt = PROMPT.exec(line)?.[0];
    const other = shown[i] ?? "";
    const isBlank = other.trim() === "";
    if (prompt === undefined && !isBlank)
      isOwned = CALL.test(other) && !HAS_COMMANDS.test(other) && isFollowed[i] === true;
    const joins = isOwned && (prompt !== undefined || (isBlank && isFollowed[i] === true));
    if (i > 0) text += joins ? " " : "\n";
    text += prompt === undefined ? other : session(prompt, line.slice(prompt.length), isOwned);
  }
  return text;
}

/** A command of a session: an option of the call that it goes with, or a call of its own. */
function session(prompt: string, line: string, isOwned: boolean): string {
  if (!isOwned) return `${"xfs_io".padEnd(prompt.length - 1)}${TYPED}${line}`;
  const command = line.trimEnd();
  const quote = command.includes("'") ? '"' : "'";
  return `${" ".repeat(prompt.length - 5)}-C ${quote}${command}${quote}${line.slice(command.length)}`;
}

/** For each line whether the next that is not blank is one of a session. */
function followed(lines: readonly string[], shown: readonly string[]): readonly boolean[] {
  const all: boolean[] = [];
  let isNext = false;
  for (let i = lines.length - 1; i >= 0; i--) {
    all[i] = isNext;
    if (PROMPT.test(lines[i] ?? "")) isNext = true;
    else if ((shown[i] ?? "").trim() !== "") isNext = false;
  }
  return all;
}
