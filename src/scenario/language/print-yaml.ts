/** Scalars and lists of YAML, quoted where they have to be. */

/** Words that a YAML 1.1 or 1.2 reader would take for something other than text. */
const NOT_PLAIN = /^(true|false|null|yes|no|on|off|y|n)$/i;

export function flow(parts: readonly string[]): string {
  return `{ ${parts.join(", ")} }`;
}

/** Plain where every YAML reader agrees on the text, else in double quotes. */
export function scalar(text: string): string {
  const isWord = /^[A-Za-z_][\w./+-]*$/.test(text) && !NOT_PLAIN.test(text);
  // Prose may hold more, but nothing that means something inside a flow map.
  const isProse =
    /^[A-Za-z](?:[\w ()./+;=-]*[\w)./+;=-])?$/.test(text) && !text.includes("--") && !NOT_PLAIN.test(text);
  return isWord || isProse ? text : JSON.stringify(text);
}
