/** The keys that walk through a run, and what is seen there. */
import { wrap } from "../../report/style.js";

export const KEYS = "n next  p back  x lost  g G ends  12 Enter  / search  ? help  q quit";
const HELP: readonly (readonly [keys: string, what: string])[] = [
  ["n, right, down, space, Enter", "the next step"],
  ["p, left, up", "the step before"],
  ["x", "where the data is lost"],
  ["g, home / G, end", "the start, the end"],
  ["12 Enter", "step 12"],
  ["/text Enter", "the next step that has the text; / Enter looks for it again"],
  ["?", "this help; any key ends it"],
  ["q, Esc, Ctrl-C", "quit"],
];
const HELP_MARGIN = 31;
const ABOUT =
  "A step is what runs from one point at which another CPU can come in to the next; it is named by the kernel functions in it. * marks what the step changed. Lines below it: the size of the file, its extents, the folios in the page cache, the data in the cache and on disk by the operation that wrote it, the maps that writers hold (seq counts changes of the extents; NEW: just allocated), the locks, and what each thread does next.";

export function helpLines(columns: number): string[] {
  const keys = HELP.flatMap(([head, what]) =>
    wrap(what, Math.max(20, columns - HELP_MARGIN)).map(
      (line, i) => (i === 0 ? head : "").padEnd(HELP_MARGIN) + line,
    ),
  );
  return [...keys, "", ...wrap(ABOUT, columns)];
}
