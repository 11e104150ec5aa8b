/**
 * What can be said of a recorded trace before its format is loaded, which takes longer than most commands.
 */

/** Over this a trace is refused, in bytes. */
export const MAX_TRACE_LENGTH = 32 << 20;

/** Whether a text is meant to be a trace: a JSON object. */
export function looksLikeTrace(text: string): boolean {
  return /^\uFEFF?\s*\{\s*"/.test(text.slice(0, 4096));
}
