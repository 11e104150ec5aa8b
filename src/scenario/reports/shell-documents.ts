/** Lines that commands are given: `<<END`, and files that a script writes with `cat > FILE <<END` for xfs_io to read later. */
import type { HereDoc, Redirection } from "unbash";
import { quoted } from "../yaml/diagnostic.js";
import type { Redirected } from "./shell-commands.js";
import type { Expander } from "./shell-expand.js";
import { isKnown, type ShellValues, shown } from "./shell-values.js";
import type { Word } from "./word-split.js";

/** The last of the documents or strings that a command is given; undefined when there is none. */
export function given(redirects: readonly Redirection[], expander: Expander): Word[] | undefined {
  const last = redirects.findLast(({ type }) => type !== "Redirect");
  if (last?.type === "HereDoc") return linesOf(last, expander);
  if (last?.type !== "HereString" || last.target === undefined) return undefined;
  const { pos: start, end } = last.target;
  return expander
    .text(last.target)
    .split("\n")
    .map((text) => ({ text, start, end }));
}

/** Each line with its place. What is in it is put in where the document's sign is not quoted. */
function linesOf({ body, delimiter, operator }: HereDoc, expander: Expander): Word[] {
  const isWhole = body.parts === undefined || delimiter?.quoted === true;
  const text = isWhole
    ? body.text
    : expander.text({
        type: "Word",
        text: body.text,
        value: body.text,
        pos: body.pos,
        end: body.end,
        parts: body.parts,
      });
  const places = body.text.split("\n");
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  let at = body.pos;
  if (text === "") return [];
  return lines.map((line, n) => {
    const place = places[n] ?? "";
    const start = at + Math.max(0, place.search(/\S/));
    const end = at + Math.max(1, place.length);
    at += place.length + (n < places.length - 1 ? 1 : 0);
    return { text: operator === "<<-" ? line.replace(/^\t+/, "") : line, start, end };
  });
}

/** Keeps what a command is given where its output goes to a file. */
export function keep(
  values: ShellValues,
  name: string,
  args: readonly string[],
  redirects: readonly Redirected[],
  input: readonly Word[] | undefined,
): void {
  const output = redirects.findLast(({ sign }) => /^>>?\|?$/.test(sign));
  const target = output?.target ?? (name === "tee" ? args[0] : undefined);
  if (target === undefined) return;
  const isCopied =
    input !== undefined && (name === "cat" || name === "tee") && args.every((arg) => arg === target);
  const before = output?.sign === ">>" ? values.documents.get(target) : [];
  if (isCopied && before !== undefined) values.documents.set(target, [...before, ...input]);
  else values.documents.delete(target);
}

/** What a call of xfs_io without commands reads: the lines, or what to say where they are not known. */
export function told(values: ShellValues, redirects: readonly Redirected[]): readonly Word[] | string {
  const file = redirects.findLast(({ sign }) => sign === "<")?.target;
  if (file === "/dev/null") return [];
  if (file === undefined) return "what xfs_io is told without -c";
  return values.documents.get(file) ?? `what xfs_io reads from ${quoted(file)}`;
}

/** Of lines for xfs_io: without what is around them. */
export const trimmed = (lines: readonly Word[]): readonly Word[] =>
  lines.flatMap((line) => {
    const text = shown(line.text).trim();
    return text === "" ? [] : [{ ...line, text }];
  });

/** Lines for `read`, where all of them are known. */
export const readable = (lines: readonly Word[]): string[] | undefined =>
  lines.every(({ text }) => isKnown(text)) ? lines.map(({ text }) => text) : undefined;
