/**
 * What can be said of a recorded trace before its format is loaded, which takes longer than most commands.
 */

/** Over this a trace is refused, in bytes. */
export const MAX_TRACE_LENGTH = 32 << 20;

/** Whether a text is meant to be a trace: a JSON object that does not begin as a scenario or a variant does. */
export function looksLikeTrace(text: string): boolean {
  const first = /^\uFEFF?\s*\{\s*"(\w*)/.exec(text.slice(0, 4096))?.[1];
  return first !== undefined && !/^(?:name|about|source|file|setup|threads|expect|oracles|base)$/.test(first);
}
