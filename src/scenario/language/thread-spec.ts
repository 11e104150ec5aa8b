/**
 * The threads of a scenario: each a list of operations, or a map that says more of it: of its open file description, and whether
 * it does them again and again.
 */
import { isMap } from "yaml";
import { isFloating } from "../floating-ops.js";
import { MAX_OPS_PER_THREAD, MAX_THREADS } from "../limits.js";
import type { Op, ThreadSpec } from "../types.js";
import { entries, list, record } from "../yaml/collections.js";
import { quoted } from "../yaml/diagnostic.js";
import type { Field } from "../yaml/fields.js";
import { choice, word } from "../yaml/word-fields.js";
import { op } from "./operations.js";
import { THREAD_NAME } from "./schedule.js";

const RESERVED_NAMES = ["setup", "kworker", "writeback", "drain"];

const SOME = { least: 1, most: MAX_OPS_PER_THREAD, what: "operations" } as const;
const program = list(op, SOME);
const lap = list<Op>(
  {
    ...op,
    read(at) {
      const found = op.read(at);
      if (found === undefined || !isFloating(found)) return found;
      return at.fail(`expected no ${found.kind} in a thread that repeats: where its bytes go has no end`);
    },
  },
  SOME,
);
const threadName = word(
  "the name of a thread: letters, digits, _ and -, not beginning with a digit",
  THREAD_NAME,
);

/** A list of operations, or a map that says more of the thread. */
const thread: Field<Omit<ThreadSpec, "name">> = {
  expected: program.expected,
  read(at) {
    if (isMap(at.node)) return threadRecord.read(at);
    const list = program.read(at);
    return list === undefined ? undefined : { ops: list };
  },
  schema: (vocabulary) => ({ anyOf: [program.schema(vocabulary), recordSchema(vocabulary)] }),
};

const threadRecord = record({
  what: "a thread",
  fields: { fd: choice("own or shared", ["own", "shared"]), ops: program, repeat: lap },
  about: {
    fd: "own: it opened the file itself and is told of each writeback error; shared (unless said): it uses the setup's",
    ops: "the operations of the thread, in order",
    repeat: "the same, again and again for as long as others go on",
  },
  build({ fd, ops, repeat }, places, at): Omit<ThreadSpec, "name"> | undefined {
    const { ops: once, repeat: again } = places;
    if (once !== undefined && again !== undefined) again.fail("expected ops or repeat, found both");
    const isMissing = once === undefined && again === undefined && !at.reading.report.failed;
    if (isMissing) return at.fail('expected a thread to have the key "ops" or "repeat"');
    return {
      ops: ops ?? repeat ?? [],
      ...(fd === "own" ? { ownFd: true } : {}),
      ...(once === undefined ? { repeats: true } : {}),
    };
  },
});

const recordSchema: (typeof threadRecord)["schema"] = (vocabulary) => ({
  ...(threadRecord.schema(vocabulary) as object),
  oneOf: [{ required: ["ops"] }, { required: ["repeat"] }],
});

export const threads: Field<ThreadSpec[]> = {
  expected: "a map from thread names to lists of operations",
  read(at) {
    const found = entries(at, threads.expected);
    if (found !== undefined && found.length > MAX_THREADS) {
      at.fail(`expected at most ${MAX_THREADS} threads, found ${found.length}`);
    }
    return found?.flatMap(({ key, keyAt, valueAt }) => {
      const name = threadName.read(keyAt);
      if (RESERVED_NAMES.includes(key))
        keyAt.fail(`expected another name for the thread: ${quoted(key)} is reserved`);
      const of = thread.read(valueAt);
      return name === undefined || of === undefined ? [] : [{ name, ...of }];
    });
  },
  schema: (vocabulary) => ({
    type: "object",
    maxProperties: MAX_THREADS,
    propertyNames: { pattern: THREAD_NAME.source, not: { enum: RESERVED_NAMES } },
    additionalProperties: thread.schema(vocabulary),
  }),
};
