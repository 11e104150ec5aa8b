/**
 * The scenario as a whole: its keys, and what must hold between them. Every key is defined once, here or in the
 * file of its part, for the parser and the JSON Schema alike.
 */

import { isMap } from "yaml";
import { FAULTS, type FaultName } from "../../kernel/machine/choices.js";
import { emptyBudget } from "../budget.js";
import {
  DEFAULT_BLOCK,
  DEFAULT_PAGE,
  MAX_OPS_PER_THREAD,
  MAX_PAGES_TOUCHED,
  MAX_THREADS,
  MOST_FAULTS,
  MOST_PER_BUDGET,
  pagesTouched,
  tooManyCells,
} from "../limits.js";
import { allOps, callNames, rangesOf } from "../op-bytes.js";
import { type Budget, NOTHING_STATED, type Op, type Scenario, type ThreadSpec } from "../types.js";
import { list, type Places, record, type Values } from "../yaml/collections.js";
import { quoted } from "../yaml/diagnostic.js";
import { type Field, text } from "../yaml/fields.js";
import { nearestWord } from "../yaml/nearest.js";
import { count, powerOfTwo, quantity } from "../yaml/number-fields.js";
import type { Place } from "../yaml/place.js";
import { printQuantity } from "../yaml/units.js";
import { word } from "../yaml/word-fields.js";
import { op } from "./operations.js";
import { isBornThread, orderConstraint, scheduleItem } from "./schedule.js";
import { threads } from "./thread-spec.js";
import { checkCalls, checkStated, expectations, oracleSet, variants } from "./verdicts.js";

const MOST_AMBIENT_THREADS = 8;

/** The form of a scenario's name, which also names files. */
export const SCENARIO_NAME = /^[A-Za-z0-9][\w.+-]{0,79}$/;

const file = record({
  what: "file",
  fields: { size: quantity, block: powerOfTwo(512, 65536), page: powerOfTwo(4096, 65536) },
  required: ["size"],
  about: {
    size: "the file is truncated to this size before setup: all hole",
    block: "block size of the file system, at most the page size (4k unless said)",
    page: "page size (4k unless said)",
  },
  build({ size = 0, block = DEFAULT_BLOCK, page = DEFAULT_PAGE }, places) {
    if (block > page) places.block?.fail(`expected a block of at most the page size, ${printQuantity(page)}`);
    return { size, block, page };
  },
});

const times = count(MOST_PER_BUDGET);

/** A record with a value for each fault. */
function perFault<T>(value: (fault: (typeof FAULTS)[number]) => T): { [N in FaultName]: T } {
  return Object.fromEntries(FAULTS.map((fault) => [fault.name, value(fault)])) as { [N in FaultName]: T };
}

const budget = record({
  what: "budget",
  fields: { ...perFault(() => times), faults: count(MOST_FAULTS) },
  about: {
    ...perFault(({ about }) => about),
    faults: "how many of all these there may be together, evictions apart",
  },
  build(values) {
    const result: Budget = emptyBudget();
    if (values.faults !== undefined) result.faults = values.faults;
    for (const { key, name } of FAULTS) result[key] = values[name] ?? 0;
    return result;
  },
});

const background = record({
  what: "background",
  fields: { writeback: count(MOST_AMBIENT_THREADS), evictions: times },
  about: {
    ...perFault(({ about }) => about),
    writeback: "how many ambient threads make one writeback pass over the whole file each",
  },
  build: ({ writeback = 0, evictions = 0 }) => ({ writeback, evictions }),
});

const ops = list(op, { most: MAX_OPS_PER_THREAD, what: "operations" });
const windowName = word("the name of a window", /^[A-Za-z_][\w-]{0,79}$/, (known) => known.windows);

const FIELDS = {
  name: word("a name: letters, digits and . _ + -", SCENARIO_NAME),
  about: text("a text that says what the scenario is about", 4000),
  source: text("a text that says where the scenario comes from", 4000),
  file,
  setup: ops,
  threads,
  budget,
  background,
  oracles: oracleSet,
  expect: expectations,
  variants,
  reached: list(windowName, { most: 64, what: "windows", lone: true }),
  schedule: list(scheduleItem, { most: 4096, what: "schedule entries" }),
  order: list(orderConstraint, { most: 64, what: "constraints" }),
};

/** The root of a scenario file. */
export const scenario: Field<Scenario> = record({
  what: "a scenario",
  fields: FIELDS,
  required: ["name", "file"],
  about: {
    name: "a short name, also used for files",
    about: "what the scenario is about, in a sentence",
    source: "where it comes from",
    file: "the file under test",
    setup: "runs alone, in order, and waits for everything it starts",
    threads: "the threads that race, each with its operations in order",
    budget: "what may go wrong by a choice of the environment, and how often",
    background: "threads and evictions to add, each with how many: { writeback: 1, evictions: 2 }",
    oracles: "what is judged; all oracles unless said",
    expect: "the verdict per kernel",
    variants: "the verdict of kernels with fixes added or removed",
    reached: "windows that must have been entered, or a clean run says nothing",
    schedule: "an exact interleaving",
    order: "happens-before constraints; the rest is left to the search",
  },
  build,
});

function build(values: Values<typeof FIELDS>, places: Places<typeof FIELDS>, at: Place): Scenario {
  const { name = "", setup = [], background = { writeback: 0, evictions: 0 }, ...given } = values;
  const { file = { size: 0, block: DEFAULT_BLOCK, page: DEFAULT_PAGE }, budget = emptyBudget() } = values;
  checkSize({ setup, threads: given.threads ?? [], file }, background.writeback, places, at);
  const kinds = new Set(allOps({ setup, threads: given.threads ?? [] }).map((op) => op.kind));
  checkStated(at.reading.stated, given.oracles, places.oracles, kinds);
  checkCalls(at.reading.calls, callNames(given.threads ?? []));
  const threads = withWriteback(file, setup, given.threads ?? [], background.writeback, places.background);
  if (threads.length > 0 && threads.every(({ repeats }) => repeats))
    (places.threads ?? at).fail(
      "expected a thread that does not repeat: laps go on for as long as one does",
      {
        remedy: "write one as a list, NAME: [{ write: 0..4k }]",
      },
    );
  const ambient = Math.min(MOST_PER_BUDGET, budget.evictions + background.evictions);
  if (ambient > 0 && threads.some((thread) => thread.name === "reclaim")) {
    const where = budget.evictions > 0 ? places.budget : places.background;
    where?.fail("expected no evictions beside a thread named reclaim: both would be called reclaim", {
      remedy: "rename the thread",
    });
  }
  if (places.threads === undefined || given.threads !== undefined) checkThreadUses(at, threads);
  return {
    ...NOTHING_STATED,
    ...given,
    name,
    file,
    setup,
    threads,
    budget: { ...budget, evictions: ambient },
  };
}

/** The threads of the file and those of its background: each makes one writeback pass over the whole file. */
function withWriteback(
  file: Scenario["file"],
  setup: readonly Op[],
  threads: readonly ThreadSpec[],
  more: number,
  where: Place | undefined,
): readonly ThreadSpec[] {
  const ops = allOps({ setup, threads });
  const to = Math.max(1, file.size, ...ops.flatMap(rangesOf).map((bytes) => bytes.to));
  const added = Array.from({ length: more }, (_, i) => ({
    name: `writeback/${i + 1}`,
    ops: [{ kind: "writeback" as const, from: 0, to }],
  }));
  if (threads.length + more > MAX_THREADS) where?.fail(`expected at most ${MAX_THREADS} threads in all`);
  if (added.some(({ name }) => threads.some((thread) => thread.name === name)))
    where?.fail("expected no thread of the file to be named as one of the background");
  return [...threads, ...added];
}

function checkSize(
  program: Pick<Scenario, "setup" | "threads" | "file">,
  ambient: number,
  places: Places<typeof FIELDS>,
  at: Place,
): void {
  const pages = pagesTouched(allOps(program), program.file.page, program.file.size);
  if (pages > MAX_PAGES_TOUCHED) {
    const where = places.threads ?? places.setup ?? at;
    where.fail(`expected operations to touch at most ${MAX_PAGES_TOUCHED} pages, found ${pages}`, {
      remedy:
        "make ranges shorter: only near their ends do pages differ; command lines of xfs_io may touch more",
    });
  }
  const where = places.threads ?? places.setup ?? at;
  const cells = pages > MAX_PAGES_TOUCHED ? undefined : tooManyCells(program);
  if (cells !== undefined) where.fail(`expected ${cells}`);
  // What could not be read has been reported, such as operations under a misspelt key.
  const isToldAlready = where === at ? hasUnknownKey(at) : at.reading.report.failed;
  const isEmpty = ambient === 0 && allOps(program).length === 0 && !isToldAlready;
  if (isEmpty) where.fail("expected at least one operation, in setup or in threads");
}

function hasUnknownKey({ node }: Place): boolean {
  return isMap(node) && node.items.some(({ key }) => !Object.hasOwn(FIELDS, String(key)));
}

function checkThreadUses(at: Place, threads: readonly ThreadSpec[]): void {
  const names = threads.map((thread) => thread.name);
  const known = ["setup", "reclaim", ...names];
  for (const use of at.reading.threadUses) {
    if (isBornThread(use.name) || known.includes(use.name)) continue;
    const message = `expected a thread of this file, setup, reclaim or kworker/N; found ${quoted(use.name)}`;
    use.at.fail(message, { nearest: nearestWord(use.name, known) });
  }
}
