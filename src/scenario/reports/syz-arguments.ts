/** Arguments of calls as programs of syzkaller have them. */

/** Bytes that a value takes whose type the text does not say. */
const WORD = 8;

/** Bytes of the data that a text begins with: none where the call fills it. */
export function bytesOf(text: string): number {
  const hex = /^"([0-9a-f]*)"(\/\d+)?/.exec(text);
  if (hex !== null) return (hex[1] ?? "").length / 2;
  const quoted = /^'((?:[^'\\]|\\.)*)'/.exec(text);
  if (quoted !== null) return (quoted[1] ?? "").replace(/\\x[0-9a-f]{2}|\\./g, "?").length;
  return text.startsWith("nil") ? 0 : WORD;
}

/** 0 for what is no number. */
export function number(text = ""): number {
  return /^(0x[0-9a-f]{1,16}|\d{1,16})$/i.test(text) ? Number(text) : 0;
}

/** The number that a pointer points to, `&(0x7f...)=0x1000`; undefined where it points to none. */
export function pointedTo(argument = ""): number | undefined {
  const found = /=(0x[0-9a-f]+|\d+)$/i.exec(argument)?.[1];
  return found === undefined ? undefined : number(found);
}

/** The path in `&(0x7f...)='./file0\x00'`. */
export function pathIn(argument: string): string | undefined {
  return /='([^']*?)(?:\\x00)?'/.exec(argument)?.[1];
}

/** The arguments: what stands between commas that are in no bracket or quotes. */
export function split(inside: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let from = 0;
  let quote = "";
  for (let i = 0; i < inside.length; i++) {
    const sign = inside.charAt(i);
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'" || sign === "`") quote = sign;
    else if ("([{<".includes(sign)) depth++;
    else if (")]}>".includes(sign)) depth--;
    else if (sign === "," && depth === 0) {
      args.push(inside.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...args, inside.slice(from).trim()];
}

/** What syzkaller is to find: addresses nobody else uses, and the lengths of what stands before them. */
export function withoutAuto(line: string): string {
  if (!line.includes("AUTO")) return line;
  return line
    .replaceAll("&AUTO=", "&(0x7f00ffff0000)=")
    .replace(
      /=("[^"]*"(?:\/(\d+))?|'[^']*'), AUTO\b/g,
      (_, data, size) => `=${data}, ${size ?? bytesOf(data)}`,
    );
}
