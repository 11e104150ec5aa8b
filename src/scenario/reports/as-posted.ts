/**
 * Texts as archives of mail and web pages give them, turned back into what was sent: signs written as HTML entities, tags,
 * quoted-printable, colours, lines that end in CR alone. Lines keep their numbers, so that places in the file are right.
 */

import { withoutMark } from "../yaml/source.js";

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
const TAG =
  /<\/?(?:html|head|body|pre|code|tt|div|p|span|font|b|i|em|strong|a|td|tr|table)(?:\s[^<>\n]{0,400})?>/gi;
const ESCAPE = "\u001b";
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]{0,20}[mK]`, "g");
const PRINTABLE = /^content-transfer-encoding:\s*quoted-printable\s*$/im;
const BYTES = /(?:=[0-9A-F]{2})+/g;

/** What was sent; a text that is as it was sent comes back as it is. */
export function asPosted(given: string): string {
  const text = withoutMark(given);
  let sent = text.includes("\n") ? text : text.replaceAll("\r", "\n");
  if (PRINTABLE.test(sent) || /=3D|=20\r?\n/.test(sent)) sent = fromQuotedPrintable(sent);
  if (/&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);|<(?:pre|br)\b/i.test(sent))
    sent = sent
      .replace(/<br\s{0,4}\/?>(\r?\n)?/gi, "\n")
      .replace(TAG, "")
      .replace(ENTITY, (whole, decimal, hex, name) => fromEntity(decimal, hex, name) ?? whole);
  if (sent.includes(ESCAPE)) sent = sent.replace(COLOUR, "");
  return sent.replaceAll("\u00a0", " ");
}

function fromEntity(decimal?: string, hex?: string, name?: string): string | undefined {
  if (name !== undefined) return NAMED[name.toLowerCase()];
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A line that goes on in the next takes it in, and leaves an empty one behind. */
function fromQuotedPrintable(text: string): string {
  const lines = text.split("\n");
  let open = -1;
  for (const [i, line] of lines.entries()) {
    const isCut = /=\s{0,8}$/.test(line);
    const part = isCut ? line.replace(/=\s{0,8}$/, "") : line;
    if (open < 0) lines[i] = part;
    else {
      lines[open] += part;
      lines[i] = "";
    }
    open = !isCut ? -1 : open < 0 ? i : open;
  }
  return lines.join("\n").replace(BYTES, (bytes) => {
    try {
      return decodeURIComponent(bytes.replaceAll("=", "%"));
    } catch {
      return bytes;
    }
  });
}
