/** Patterns of a shell as regular expressions. */

/** Signs of a pattern, as no name is longer. */
const MOST_PATTERN = 200;
/** With more, matching takes too long. */
const MOST_STARS = 4;

/** `inName`: for a word without folders. One of many stars is for nothing. */
export function patternOf(text: string, inName = true): string {
  if (text.length > MOST_PATTERN || text.split(/\*+/).length > MOST_STARS + 1) return "(?!)";
  const [one, many] = inName ? ["[^/]", "[^/]*"] : [".", ".*"];
  return text.replace(/\\(.)|(\*+)|(\?)|[.+^${}()|[\]\\]/gs, (sign, quoted, stars, any) =>
    quoted !== undefined
      ? escaped(quoted)
      : stars !== undefined
        ? many
        : any !== undefined
          ? one
          : escaped(sign),
  );
}

const escaped = (sign: string): string => sign.replace(/[.+^${}()|[\]\\*?/]/g, "\\$&");

/** Whether a pattern is for all of a text; undefined where only a shell knows. */
export function matches(text: string, pattern: string): boolean | undefined {
  if (pattern === "*") return true;
  const open = pattern.replace(/\\./gs, "");
  if (/[[\]\\]|[?*+@!]\(/.test(open) || pattern.length > MOST_PATTERN) return undefined;
  return new RegExp(`^${patternOf(pattern, false)}$`, "s").test(text);
}
