/**
 * The formats, by the names that --reporter takes: the one place to enter a new one. Each says what kinds of result it
 * can write, and is loaded only where it is asked for.
 */
import type { Kind } from "../reporter.js";

/** Failing runs, and verdicts that may come with one. */
const JUDGED = ["run", "fuzz", "explore", "exploreForced", "repro"] as const;

/** What continuous integration counts. */
const CHECKED = [
  ...JUDGED,
  "real",
  "realMatrix",
  "matrix",
  "bisect",
  "backport",
  "conform",
  "realWalk",
  "realForced",
  "record",
  "check",
] as const;

/** What people read in full. */
const READ = [...CHECKED, "explain", "explainName"] as const;

const EVERY = [
  ...READ,
  "export",
  "tree",
  "treeHistory",
  "list",
  "step",
  "campaign",
  "campaignFindings",
  "campaignRecheck",
] as const;

export const FORMATS = {
  text: { kinds: EVERY, load: () => import("./text.js").then((made) => made.text) },
  json: { kinds: EVERY, load: () => import("./json.js").then((made) => made.json) },
  jsonl: {
    kinds: CHECKED,
    load: () => import("./jsonl.js").then((made) => made.jsonl),
  },
  github: {
    kinds: CHECKED,
    load: () => import("./github.js").then((made) => made.github),
  },
  junit: { kinds: CHECKED, load: () => import("./junit.js").then((made) => made.junit) },
  tap: { kinds: CHECKED, load: () => import("./tap.js").then((made) => made.tap) },
  sarif: { kinds: CHECKED, load: () => import("./sarif.js").then((made) => made.sarif) },
  markdown: { kinds: READ, load: () => import("./markdown.js").then((made) => made.markdown) },
  svg: {
    kinds: ["run", "explore", "exploreForced", "repro"],
    load: () => import("./svg.js").then((made) => made.svg),
  },
  dot: { kinds: ["explore", "exploreForced"], load: () => import("./dot.js").then((made) => made.dot) },
  perfetto: { kinds: JUDGED, load: () => import("./perfetto.js").then((made) => made.perfetto) },
  itf: {
    kinds: ["explore", "exploreForced", "repro"],
    load: () => import("./itf.js").then((made) => made.itf),
  },
  html: { kinds: READ, load: () => import("./html.js").then((made) => made.html) },
} as const;
export type FormatName = keyof typeof FORMATS;

/** The formats that can write all of these kinds. */
export function formatsFor(kinds: readonly Kind[]): FormatName[] {
  const names = Object.keys(FORMATS) as FormatName[];
  return names.filter((name) => {
    const known: readonly Kind[] = FORMATS[name].kinds;
    return kinds.every((kind) => known.includes(kind));
  });
}
