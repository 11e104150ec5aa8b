/**
 * A shell script or the lines of a session as a mail has them: behind quote marks, in a patch, behind prompts. Every sign
 * keeps its place.
 */

import { hasSessions, withSessions } from "./typed-sessions.js";

const blank = (text: string): string => text.replace(/\S/g, " ");

const HUNK = /^\s{0,8}@@ -\d/;
/** What stands before a command that somebody typed; `#` is that of root, unless it begins a comment. */
const SIGN = String.raw`^([ \t]*(?:(?:\[?[\w.-]{1,40}@[\w.-]{1,60}[^\n$#%]{0,80}[$#%]|[$%+#]|(?:ba)?sh-[\d.]{1,6}[$#])[ \t]+))`;
const DONE = String.raw`[\w./-]*xfs_io|\$\{?XFS_IO_PROG|truncate|sync|wait|dd|fallocate|for|while|until|\w{1,40}=\S`;
const PROMPT = new RegExp(String.raw`${SIGN}(?=(?:${DONE})\b)`);
/** In a session these are typed, too; in a script such a line is a comment. */
const TYPED = new RegExp(
  String.raw`${SIGN}(?=(?:${DONE}|mkfs(?:\.\w+)?|umount|echo|rm|cp|mv|cat|od|xxd|hexdump|hd|md5sum|sha\w+sum|cmp|diff|head|tail|wc)\b)`,
);

export function fromMail(text: string): string {
  let lines = text
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .split("\n");
  lines = lines.map((line) => line.replace(/^(?:[ \t]{0,20}>)+(?![>&\d])/, blank));
  if (hasSessions(lines)) return withSessions(lines, typed);
  return typed(patched(lines)).join("\n");
}

/** Of a patch, what it adds and leaves. */
function patched(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HUNK.test(line))) return lines;
  let at = -1;
  return lines.map((line) => {
    if (HUNK.test(line)) at = line.search(/\S/);
    else if (/^\s{0,8}(?:diff --git|-- ?$)/.test(line)) at = -1;
    else if (at >= 0 && /^[+ ]?$/.test(line.charAt(at))) return `${line.slice(0, at)} ${line.slice(at + 1)}`;
    return blank(line);
  });
}

const count = (line: string, sign: RegExp): number => line.match(sign)?.length ?? 0;

/** Where something was typed behind prompts, only that. */
function typed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => PROMPT.test(line));
  const isScript =
    lines.slice(0, first).some((line) => /^\s*(?:\S*xfs_io|\$\{?XFS_IO_PROG\}?)\s/.test(line)) ||
    /^#!/.test(lines[0] ?? "");
  if (isScript || first < 0) return lines;
  let goesOn = false;
  /** Of loops, which go on in further lines. */
  let depth = 0;
  return lines.map((line) => {
    const prompt = TYPED.exec(line)?.[1];
    const isTyped = goesOn || depth > 0 || prompt !== undefined;
    goesOn = isTyped && /\\\s*$/.test(line);
    if (isTyped)
      depth = Math.max(
        0,
        depth + count(line, /(?:^|[\s;])(?:for|while|until)\s/g) - count(line, /(?:^|[\s;])done\b/g),
      );
    if (!isTyped) return blank(line);
    return prompt === undefined ? line : blank(prompt) + line.slice(prompt.length);
  });
}
