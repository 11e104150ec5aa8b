/**
 * The digest of a replayed token: every step's thread, functions by their oldest names, and notes, and the last state. It
 * changes when replay compatibility breaks.
 */

import { traceRun } from "../explore/finding/trace.js";
import { ReplayChoices } from "../explore/run/replay.js";
import { subjectOf } from "../explore/run/subject.js";
import { decodeToken } from "../scenario/token.js";

/** FNV-1a over the trace text, as 8 hex digits; the reason when the token cannot be read. */
export function digestOfToken(token: string): string {
  const decoded = decodeToken(token);
  if ("problem" in decoded) return decoded.problem;
  const { run } = decoded;
  const subject = subjectOf(run);
  const trace = traceRun(subject.engine, new ReplayChoices(run.choices));
  const text = trace.steps
    .map(
      (s) => `${s.thread}/${s.worker}:${s.calls.map((c) => `${c.oldest}(${c.notes.join(";")})`).join(",")}`,
    )
    .join("\n");
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ subject.engine.verdict.found, 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}
