/**
 * Guards of the reductions of a search, each taken away or made weaker by a change of the source, with a program of which the search
 * then says something else (programs.ts), or which costs it more. `npm run accept -- search-mutants` tries them all.
 */
import { of, type SearchMutant } from "./mutant.js";
import { TRANSITION_MUTANTS } from "./transition-mutants.js";

export const MUTANTS: readonly SearchMutant[] = [
  ...of("plain-programs.ts", [
    ["--fine", "k.fine || ", ""],
    ["threads repeat", " || program.repeats !== undefined", ""],
    ["several blocks in a folio", "g.blocksPerPage !== 1 || ", "", "blocks-of-1k"],
    ["large folios", " || fixes.writeLargeFolios", "", "folio-of-two-pages"],
    [
      "faults",
      "  if (budget.some((n, choice) => n > 0 && choice !== Choice.EVICT)) return false;\n",
      "",
      "device-error",
    ],
    ["dontcache of the setup", "!setup.some(({ dontcache }) => dontcache)", "true", "goes-by-itself"],
    ["other operations", "PLAIN.has(op.kind) && ", ""],
    ["modifiers", "names.every((name) => op[name] === bare[name]) && ", "", "unreadable-source"],
    ["what is dirty over a hole at the start", "startsBacked(engine)", "true", "starts-dirty-over-hole"],
    ["writes past EOF", `(does.data === "none" || to <= size)`, "true"],
  ]),
  ...of("dead-values.ts", [
    [
      "any kworker has its bytes sent",
      " && isWritten(k.kworkers[i]!)) this.#sent",
      ") this.#sent",
      "ends-before-conversion",
    ],
    ["an ioend that grows is sent", "t.flags === 0 && ", "", "growing-ioend"],
    ["an ioend to be converted is sent", " && t.mapType === ExtentType.WRITTEN;", ";", "one-write"],
    [
      "uninitialised bytes are sent",
      "    for (let c = from; c < to; c++) if (folios.cell(c) === Value.UNINITIALISED) return;\n",
      "",
      "short-copy-sent",
    ],
    [
      "the disk below clean folios",
      "if ((s[folioFlags + p]! & FolioFlag.DIRTY) === 0) continue;",
      "",
      "clean-over-unwritten",
    ],
    [
      "a pass that got nowhere",
      "if (this.#remaps && !gives) t.iterPos = 0;",
      "t.iterPos = 0;",
      "stale-at-once",
    ],
    [
      "a pass that got nowhere and gives back",
      "this.#remaps && !gives",
      "this.#remaps",
      "gives-back-mid-block",
    ],
    ["a pass that ends when it got nowhere", "this.#remaps && !gives", "!gives", "stale-at-once"],
    [
      "maps that are not compared",
      "!k.fixes.validate || k.fixes.remapOnZeroProgress",
      "k.fixes.remapOnZeroProgress",
      "mapped-twice",
      "costs",
    ],
    [
      "a map that is not stale",
      "if (t.cookie !== Cookie.BUMPED || gives) return;",
      "if (gives) return;",
      "map-that-holds",
    ],
    [
      "a stale map that gives back",
      "if (t.cookie !== Cookie.BUMPED || gives) return;",
      "if (t.cookie !== Cookie.BUMPED) return;",
      "gives-back-mid-block",
    ],
    [
      "a copy that is not the last",
      "if (t.chunkEnd >= t.end || t.chunkEnd >= g.blockCell[t.mapEnd]!) {",
      "{",
      "gone-in-scan",
    ],
    [
      "the last copy under a map",
      " || t.chunkEnd >= g.blockCell[t.mapEnd]!) {",
      ") {",
      "stale-in-last-copy",
      "costs",
    ],
    ["the last copy of all", "t.chunkEnd >= t.end || ", "", "preempted", "costs"],
    [
      "a copy whose map is not stale",
      "if (t.cookie === Cookie.BUMPED && !givesBack(t)) t.mapType",
      "if (!givesBack(t)) t.mapType",
      "stale-in-last-copy",
    ],
    [
      "a copy whose stale map gives back",
      "if (t.cookie === Cookie.BUMPED && !givesBack(t)) t.mapType",
      "if (t.cookie === Cookie.BUMPED) t.mapType",
      "stale-before-copy",
      "costs",
    ],
    [
      "how far the last pass went",
      "    t.chunkEnd = 0;\n    t.mapStart = block;\n",
      "    t.mapStart = block;\n",
      "mapped-twice",
      "costs",
    ],
    [
      "a reservation that is not new",
      " && (t.mapFlags & IomapFlag.NEW) !== 0;",
      ";",
      "dirty-under-writeback",
      "costs",
    ],
    ["what a pass holds while reclaim can take more", "k.evictionsLeft > 0 || ", "", "held-by-a-pass"],
    [
      "what a pass holds while threads evict",
      " || this.#evicts) return;",
      ") return;",
      "evicted-under-a-pass",
    ],
    [
      "what a pass is at",
      "p < t.wbPage; p++) t.leaveBatch(p);",
      "p <= t.wbPage; p++) t.leaveBatch(p);",
      "one-pass",
    ],
  ]),
  ...TRANSITION_MUTANTS,
  ...of("frontier-search.ts", [
    ["order:", "const isFree = options.past === undefined && ", "const isFree = ", "ordered"],
    [
      "--preemptions",
      "options.past === undefined && options.preemptions === undefined;\n    const isReduced",
      "options.past === undefined;\n    const isReduced",
      "preempted",
    ],
    ["a shortest run", `isReduced && this.#goal !== "shortest"`, "isReduced", "ends-before-conversion"],
  ]),
];
