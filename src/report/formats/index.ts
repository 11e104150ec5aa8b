/**
 * The formats, by the names that --reporter takes: the one place to enter a new one. Each says what kinds of result it
 * can write, and is loaded only where it is asked for.
 */
import type { Kind } from "../reporter.js";

/** Failing runs, and verdicts that may come with one. */
const JUDGED = ["run", "fuzz", "explore", "exploreForced", "repro"] as const;
const REAL = ["real", "realMatrix"] as const;
const EVERY = [
  ...JUDGED,
  ...REAL,
  ...([
    "matrix",
    "bisect",
    "backport",
    "conform",
    "record",
    "export",
    "check",
    "tree",
    "treeHistory",
    "list",
    "explain",
    "explainName",
    "campaign",
    "campaignFindings",
    "campaignRecheck",
  ] as const),
] as const;

export const FORMATS = {
  text: { kinds: EVERY, load: () => import("./text.js").then((made) => made.text) },
  json: { kinds: EVERY, load: () => import("./json.js").then((made) => made.json) },
  jsonl: {
    kinds: [...JUDGED, ...REAL, "matrix", "bisect", "conform", "record", "check"],
    load: () => import("./jsonl.js").then((made) => made.jsonl),
  },
  github: {
    kinds: [...JUDGED, "matrix", "check"],
    load: () => import("./github.js").then((made) => made.github),
  },
  html: {
    kinds: [...JUDGED, "matrix", "bisect"],
    load: () => import("./html.js").then((made) => made.html),
  },
  markdown: {
    kinds: ["matrix", "backport"],
    load: () => import("./markdown.js").then((made) => made.markdown),
  },
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
