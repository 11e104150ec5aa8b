/** Where texts say how fsx was called, and how large pages and blocks were. */
import { parseQuantity } from "../yaml/units.js";

/** The options behind the word fsx on a command line that stands in a text, perhaps quoted. */
export function commandIn(line: string): string | undefined {
  const at =
    /(?:^|[\s/"'`$+>|])fsx(?:-linux)?["']?((?:\s+["']?-{1,2}\w[^\s"']*["']?(?:\s+[^\s-]\S*)?){1,60})/.exec(
      line,
    );
  return at?.[1]?.replace(/["'`]/g, "");
}

/** What a line says of sizes, in bytes: `# page 64k`, `# block size: 1k`, and the options that mkfs got. */
export function sizesIn(line: string): { page?: number; block?: number } {
  const sizes: { page?: number; block?: number } = {};
  if (!line.includes("#") && !line.includes("MKFS_OPTIONS")) return sizes;
  const mkfs = /MKFS_OPTIONS\s*(?:--|=).*-b\s*(?:size=)?(\d{1,6}k?)\b/.exec(line);
  const said = /^[\s>+|]{0,20}#\s*(.*)/.exec(line)?.[1] ?? "";
  const pairs = [...said.matchAll(/\b(page|block)(?:[ _-]?size)?\s{0,4}[:=]?\s{0,4}(\d\w{0,8})\b/gi)];
  for (const [, what, text] of [...(mkfs === null ? [] : [["", "block", mkfs[1] ?? ""]]), ...pairs]) {
    const size = parseQuantity(text ?? "");
    if (size.ok) sizes[what?.toLowerCase() === "page" ? "page" : "block"] = size.value;
  }
  return sizes;
}

/** The options in a comment of an operation file: `# fsx -e 1`, `# options: -e 1`. */
export function optionsIn(comment: string): string | undefined {
  return commandIn(` ${comment.trim()}`) ?? /^\s*(?:options?\s*:?\s*)?(-[A-Za-z].*)$/.exec(comment)?.[1];
}
