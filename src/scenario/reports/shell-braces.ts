/** Braces of a shell's words: `{0..3}`, `{0..64..4}`, `{a..c}` and `{1,2,4}`. */

/** More are no report. */
const MOST = 4096;

/** What stands in its place, one after the other, as it is written; undefined for what is not read. */
export function alternatives(text: string): readonly string[] | undefined {
  const inside = text.slice(1, -1);
  const [, from, to, by] = /^(-?\d+|[a-z])\.\.(-?\d+|[a-z])(?:\.\.(-?\d+))?$/i.exec(inside) ?? [];
  if (from === undefined || to === undefined) return inside.includes(",") ? parts(inside) : undefined;
  const isNumber = /\d/.test(from) && /\d/.test(to);
  if (!isNumber && (/\d/.test(from) || /\d/.test(to))) return undefined;
  // Zeros in front make all of one width.
  const width = [from, to].some((one) => /^-?0\d/.test(one)) ? Math.max(from.length, to.length) : 0;
  const printed = (at: number): string =>
    `${at < 0 ? "-" : ""}${String(Math.abs(at)).padStart(at < 0 ? width - 1 : width, "0")}`;
  const code = (one: string): number => (isNumber ? Number(one) : one.charCodeAt(0));
  const step = Math.abs(Number(by ?? 1)) || 1;
  const [first, last] = [code(from), code(to)];
  const found: string[] = [];
  for (let at = first; first <= last ? at <= last : at >= last; at += first <= last ? step : -step) {
    if (found.push(isNumber ? printed(at) : String.fromCharCode(at)) > MOST) break;
  }
  return found;
}

/** Apart at commas that stand in no braces, quotes or expansions of their own. */
function parts(inside: string): readonly string[] | undefined {
  if (/['"`\\]|\$[({]/.test(inside)) return undefined;
  const found = [""];
  let depth = 0;
  for (const sign of inside) {
    if (sign === "{") depth++;
    if (sign === "}") depth--;
    if (sign === "," && depth === 0) found.push("");
    else found.push(`${found.pop() ?? ""}${sign}`);
  }
  return depth === 0 ? found : undefined;
}
