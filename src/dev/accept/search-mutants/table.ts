/**
 * Guards of the reductions of a search, each taken away or made weaker by a change of the source, with a program of which the search
 * then says something else (programs.ts), or which costs it more. `npm run accept -- search-mutants` tries them all.
 */
import type { PROGRAMS } from "./programs.js";

type Name = keyof typeof PROGRAMS;

export interface SearchMutant {
  readonly name: string;
  /** A file of src/explore/search that holds `is` once. */
  readonly file: string;
  readonly is: string;
  readonly becomes: string;
  /** Undefined: none is known, and the source says why the guard is there. */
  readonly program: Name | undefined;
  /** It says the same of every program, and there are more states or steps. */
  readonly costs?: true;
}

/** Of one file: name, what is there, what becomes of it, and the program; a row with "costs" at the end costs more. */
const of = (
  file: string,
  rows: readonly (readonly [string, string, string, Name?, "costs"?])[],
): readonly SearchMutant[] =>
  rows.map(([name, is, becomes, program, costs]) => ({
    name,
    file,
    is,
    becomes,
    program,
    ...(costs === undefined ? {} : { costs: true }),
  }));

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
  ...of("transitions.ts", [
    [
      "no step looks at clean folios",
      "  for (const pc of [Pc.W_FAULT_IN, Pc.W_LOCK]) table[pc] = Looks.AT_ONE;",
      "  table.fill(Looks.AT_NONE);",
      "read-again",
    ],
    [
      "reads do not look at folios",
      "  for (const pc of [Pc.W_FAULT_IN,",
      "  for (const pc of [Pc.R_IOLOCK, Pc.R_PAGE, Pc.R_PAGE_NEXT]) table[pc] = Looks.AT_NONE;\n  for (const pc of [Pc.W_FAULT_IN,",
      "read-again",
    ],
    [
      "evictions do not look at folios",
      "  for (const pc of [Pc.W_FAULT_IN,",
      "  table[Pc.E_PAGE] = Looks.AT_NONE;\n  for (const pc of [Pc.W_FAULT_IN,",
      "evicted-between",
    ],
    [
      "cleanups do not look at folios",
      "  for (const pc of [Pc.W_FAULT_IN,",
      "  table.fill(Looks.AT_NONE, Pc.P_BEGIN, Pc.P_PUNCH_REST + 1);\n  for (const pc of [Pc.W_FAULT_IN,",
      "gone-in-scan",
    ],
    [
      "a write's way to the lock does not",
      "[Pc.W_FAULT_IN, Pc.W_LOCK]",
      "[Pc.W_LOCK]) table[pc] = Looks.AT_ONE;\n  for (const pc of [Pc.W_FAULT_IN]) table[pc] = Looks.AT_NONE;\n  for (const pc of [Pc.W_LOCK]",
      "evicted-before-lock",
    ],
    [
      "a write's lock does not",
      "[Pc.W_FAULT_IN, Pc.W_LOCK]) table[pc] = Looks.AT_ONE",
      "[Pc.W_LOCK]) table[pc] = Looks.AT_NONE;\n  table[Pc.W_FAULT_IN] = Looks.AT_ONE",
      "stale-before-lock",
    ],
    [
      "ioends that could end alone do not",
      "alone === Alone.NOTHING ? Pc.C_FINISH : Pc.DONE",
      "Pc.C_FINISH",
      "one-write",
    ],
    [
      "reclaim is not let in where any folio is looked at",
      "      if (LOOKS[pc] === Looks.AT_ANY) return Alone.ALL;\n",
      "",
      "read-again",
    ],
    [
      "what waits for I/O does not count",
      "return waits ? Alone.ENDS : Alone.NOTHING;",
      "return Alone.NOTHING;",
      "held-by-a-pass",
    ],
    [
      "what will wait for I/O does not count",
      "  if (pc >= Pc.FS_START && pc <= Pc.SF_RETURN) return true;\n",
      "",
    ],
    ["a pass that waits does not count", "(t.wbFlags & WbFlag.SYNC_ALL) !== 0;", "false;", "held-by-a-pass"],
    ["no thread left", "alive === 0 || ", "", "one-write"],
    ["one thread left", " || (alive === 1 && this.#mayBeLast(last))", "", "two-passes"],
    [
      "a kworker's step may be the last",
      "if (thread >= k.layout.programThreads) return true;",
      "if (thread >= k.layout.programThreads) return false;",
      "read-again",
    ],
    [
      "operations are left",
      "    if (t.op + 1 < k.opCount(t)) return false;\n",
      "",
      "evicted-before-lock",
      "costs",
    ],
    ["the last copy", "return t.chunkEnd >= t.end;", "return false;", "last-copy"],
    [
      "a copy that is not the last of the last operation",
      "return t.chunkEnd >= t.end;",
      "return true;",
      "mapped-twice",
      "costs",
    ],
    [
      "a map that is stale at once",
      "return t.cookie === Cookie.BUMPED && !k.fixes.remapOnZeroProgress;",
      "return false;",
      "last-is-stale",
    ],
    [
      "a map that is not stale at once",
      "return t.cookie === Cookie.BUMPED && !k.fixes.remapOnZeroProgress;",
      "return !k.fixes.remapOnZeroProgress;",
      "growing-ioend",
      "costs",
    ],
    [
      "any other step may be the last",
      "return pc !== Pc.W_IOLOCK && pc !== Pc.W_BEGIN_NEXT && pc !== Pc.W_COOKIE;",
      "return false;",
      "two-passes",
    ],
    [
      "an ioend that ends by itself comes late, too",
      "    if (!endsLate && (flags & FolioFlag.WRITEBACK) !== 0) return false;\n",
      "",
      "dirty-again-beside-a-wait",
      "costs",
    ],
    [
      "reclaim that can take no more comes late",
      "k.evictionsLeft > 0 && this.#isEvictable(page, flags)",
      "this.#isEvictable(page, flags)",
      "short-copy-sent",
      "costs",
    ],
    [
      "reclaim comes before any lock",
      "k.evictionsLeft > 0 && this.#isEvictable(page, flags)",
      "k.evictionsLeft > 0",
      "dirty-under-writeback",
    ],
    [
      "reclaim comes before an ioend that goes on",
      "    if (!this.#canEnd(page)) return false;\n    k.folios.clear",
      "    k.folios.clear",
      "preempted",
      "costs",
    ],
    [
      "reclaim takes what is held",
      "    const isEvictable = k.isEvictable(page);\n    k.folios.set(page",
      "    const isEvictable = true;\n    k.folios.set(page",
      "stale-before-lock",
      "costs",
    ],
    [
      "an ioend ends before a pass finds a clean folio",
      "FolioFlag.DIRTY | FolioFlag.WRITEBACK;\n    return",
      "FolioFlag.WRITEBACK;\n    return",
      "stale-before-lock",
      "costs",
    ],
    [
      "an ioend ends before a pass waits for a lock",
      " && !k.folios.isLocked(page) && this.#canEnd",
      " && this.#canEnd",
      "locked-again",
      "costs",
    ],
    [
      "an ioend that goes on ends late",
      "isLocked(page) && this.#canEnd(page);",
      "isLocked(page);",
      "not-sent-yet",
    ],
    [
      "none ends before a pass begins",
      "pc === Pc.B_START || pc === Pc.B_NEXT",
      "pc === Pc.B_NEXT",
      "dirty-again",
    ],
    [
      "none ends before a pass goes on",
      "pc === Pc.B_NEXT || pc === Pc.B_LOCK ?",
      "pc === Pc.B_LOCK ?",
      "dirty-again-behind",
    ],
    ["none ends before a pass that waited for a lock", " || pc === Pc.B_LOCK ?", " ?"],
    [
      "an ioend goes on to its end",
      "if (isSent && k.s[pcAt[transition]!] !== Pc.DONE)",
      "while (isSent && k.s[pcAt[transition]!] !== Pc.DONE)",
      "ends-before-conversion",
    ],
  ]),
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
