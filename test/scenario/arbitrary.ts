/**
 * Random scenarios: everything that a scenario file can say, without the limits being exceeded.
 */
import fc from "fast-check";
import { MODIFIERS } from "../../src/kernel/modifiers.js";
import { OP_NAMES, OPS, type OpName } from "../../src/kernel/ops.js";
import { ORACLE_NAMES } from "../../src/kernel/oracle-table.js";
import { isFloating } from "../../src/scenario/floating-ops.js";
import {
  type Budget,
  type ByteRange,
  type Expectation,
  type Op,
  type Scenario,
  type ScheduleItem,
  type StepRef,
  type ThreadSpec,
  type Variant,
  WHOLE,
} from "../../src/scenario/types.js";

const LAST_OFFSET = 64 * 4096;
const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,9}$/);
const kernel = fc.oneof(
  fc.constantFrom("6.0", "6.1.192", "cured", "true", "1e3"),
  fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,6}$/),
);
const offset = fc.oneof(
  fc.integer({ min: 0, max: 256 }).map((k) => k * 1024),
  fc.integer({ min: 0, max: LAST_OFFSET }),
);
const prose = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }),
    fc.string({ minLength: 1, maxLength: 60 }),
  )
  .map((text) => text.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, "").trim())
  .filter((text) => text !== "");

const rangeOf = (at: fc.Arbitrary<number>): fc.Arbitrary<ByteRange> =>
  fc
    .tuple(at, at)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

/** What is not undefined of a record; the parser leaves absent keys out. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}

const fraction = fc.option(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { nil: undefined });

const write = (range: fc.Arbitrary<ByteRange>): fc.Arbitrary<Op> =>
  fc.tuple(range, fraction, fraction, fc.boolean()).map(([{ from, to }, fault, short, uncached]) => {
    const at = (least: number, part: number) => least + Math.floor(part * (to - least));
    return present({
      kind: "write" as const,
      from,
      to,
      faultAt: fault === undefined ? undefined : at(from, fault),
      shortCopy: short === undefined || to === from + 1 ? undefined : at(from + 1, short),
      dontcache: uncached ? (true as const) : undefined,
    });
  });

/** An operation with what the table says that it takes, but for offsets beside it. */
function plainOp(kind: OpName, offset: fc.Arbitrary<number>): fc.Arbitrary<Op> {
  const { takes, modifiers } = OPS[kind];
  const range = rangeOf(offset);
  const sizes = offset.map((size) => ({ from: size, to: size }));
  const lengths = range.map(({ from, to }) => ({ from: 0, to: to - from }));
  const ranges = takes === "range or whole" ? fc.option(range, { nil: WHOLE }) : range;
  if (takes === "nothing") return fc.constant({ kind, ...WHOLE });
  if (modifiers.includes("target"))
    return range
      .filter(({ from, to }) => to - from > 1)
      .chain(({ from, to }) => {
        const half = Math.floor((to - from) / 2);
        const [low, high] = [
          { kind, from, to: from + half, target: from + half },
          { kind, from: from + half, to: from + 2 * half, target: from },
        ];
        return fc.constantFrom(low, high);
      });
  const flags = modifiers.filter((name) => MODIFIERS[name].takes === "flag");
  return fc
    .tuple(takes === "size" ? sizes : takes === "length" ? lengths : ranges, fc.subarray(flags))
    .map(([range, given]) => ({ kind, ...range, ...Object.fromEntries(given.map((name) => [name, true])) }));
}

const opOf = (kinds: readonly OpName[], at: fc.Arbitrary<number>): fc.Arbitrary<Op> =>
  fc.oneof(write(rangeOf(at)), ...kinds.filter((kind) => kind !== "write").map((kind) => plainOp(kind, at)));

/** One operation within the first 64 pages of 4k, which acts where it says, and there alone. */
export const anyOp: fc.Arbitrary<Op> = opOf(
  OP_NAMES.filter((kind) => {
    const { moves, takes, copies } = OPS[kind];
    return moves === undefined && takes !== "length" && !copies;
  }),
  offset,
);
/** Any operation, in a file of few pieces. */
const smallOp = opOf(
  OP_NAMES,
  fc.integer({ min: 0, max: 32 }).map((n) => n * 256),
);

const expectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.constantFrom("ok", "mismatch"),
  fc.uniqueArray(fc.constantFrom(...ORACLE_NAMES), { minLength: 1 }),
);

/** A verdict, with the kind of a bad one. */
const judgement = fc
  .tuple(expectation, fc.option(prose, { nil: undefined }))
  .map(([expect, kind]) => ({ expect, kind: expect === "ok" ? undefined : kind }));

const few = fc.integer({ min: 0, max: 255 });
const counts = fc.record({
  shortAllocation: few,
  allocationFailure: fc.constant(0),
  reservationFailure: few,
  deviceError: few,
  shortCopy: few,
  fatalSignal: few,
  evictions: fc.oneof(fc.constant(0), few),
});
const budget: fc.Arbitrary<Budget> = fc
  .tuple(counts, fc.option(fc.integer({ min: 0, max: 249 }), { nil: undefined }))
  .map(([rest, faults]) => (faults === undefined ? rest : { ...rest, faults }));

const stepOf = (thread: fc.Arbitrary<string>): fc.Arbitrary<StepRef> =>
  fc
    .record({ thread, step: word, at: fc.option(fc.maxSafeNat(), { nil: undefined }) })
    .map((ref) => present(ref) as StepRef);

function scheduleItem(thread: fc.Arbitrary<string>): fc.Arbitrary<ScheduleItem> {
  return fc.oneof(
    stepOf(thread).map((ref) => ({ kind: "until" as const, ...ref })),
    thread.map((name) => ({ kind: "end" as const, thread: name })),
    fc
      .tuple(thread, fc.integer({ min: 1, max: 1000 }))
      .map(([name, count]) => ({ kind: "step" as const, thread: name, count })),
    fc.tuple(word, few).map(([choice, value]) => ({ kind: "choose" as const, choice, value })),
  );
}

const fixNames = fc.uniqueArray(kernel, { maxLength: 3 });
const RESERVED = ["setup", "reclaim", "kworker", "writeback", "drain"];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Verdicts of oracles that the scenario does not judge are of any; of a plain kernel there is one. */
function withJudgedVerdicts(scenario: Scenario): Scenario {
  const { oracles } = scenario;
  const settled = <T extends { readonly expect: Expectation }>(one: T): T =>
    oracles === undefined ||
    typeof one.expect === "string" ||
    one.expect.every((name) => oracles.includes(name))
      ? one
      : { ...one, expect: "mismatch" };
  const expect = scenario.expect.map(settled);
  const isPlain = ({ base, with: added, without }: Variant) =>
    added.length + without.length === 0 && expect.some(({ kernel }) => kernel === base);
  const variants = scenario.variants.filter((one) => !isPlain(one)).map(settled);
  return { ...scenario, expect, variants };
}

/** A thread; one that repeats does nothing whose bytes could go ever further. */
function threadOf(name: string, anyOp: fc.Arbitrary<Op>, mayRepeat: boolean): fc.Arbitrary<ThreadSpec> {
  const ops = fc.array(anyOp, { minLength: 1, maxLength: 4 });
  const ownFd = fc.constantFrom(undefined, undefined, true as const);
  return fc.tuple(ops, ownFd, ownFd).map(([ops, ownFd, again]) => {
    const repeats = mayRepeat && !ops.some(isFloating) ? again : undefined;
    return present({ name, ops, ownFd, repeats });
  });
}

const scenarioOf = (anyOp: fc.Arbitrary<Op>, size: fc.Arbitrary<number>): fc.Arbitrary<Scenario> =>
  fc
    .uniqueArray(
      word.filter((name) => !RESERVED.includes(name)),
      { maxLength: 4 },
    )
    .chain((names) => {
      const thread = fc.constantFrom("setup", "reclaim", "kworker/1", "kworker/12", ...names);
      const variant = fc
        .record({ base: kernel, with: fixNames, without: fixNames, judged: judgement })
        .map(({ judged, without, ...rest }) =>
          present({ ...rest, without: without.filter((fix) => !rest.with.includes(fix)), ...judged }),
        );
      return fc
        .record({
          name: fc.stringMatching(/^[A-Za-z0-9][\w.+-]{0,20}$/),
          about: maybe(prose),
          source: maybe(prose),
          file: fc.record({
            size,
            block: fc.constantFrom(512, 1024, 4096),
            page: fc.constantFrom(4096, 16384, 65536),
          }),
          setup: fc.array(anyOp, { minLength: names.length === 0 ? 1 : 0, maxLength: 4 }),
          threads: fc.tuple(...names.map((name, i) => threadOf(name, anyOp, i > 0))),
          budget,
          oracles: maybe(fc.uniqueArray(fc.constantFrom(...ORACLE_NAMES), { minLength: 1 })),
          expect: fc
            .uniqueArray(kernel, { maxLength: 5 })
            .chain((kernels) =>
              fc.tuple(...kernels.map((k) => judgement.map((judged) => present({ kernel: k, ...judged })))),
            ),
          variants: fc.uniqueArray(variant, {
            maxLength: 3,
            // One verdict per kernel: one with no toggles is the plain one, which `expect` may have.
            selector: ({ base, with: added = [], without = [] }) =>
              JSON.stringify([base, added.toSorted(), without.toSorted()]),
          }),
          reached: fc.array(word, { maxLength: 3 }),
          schedule: maybe(fc.array(scheduleItem(thread), { maxLength: 6 })),
          order: maybe(
            fc.array(
              fc
                .record({ before: stepOf(thread), after: stepOf(thread) })
                .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
              { maxLength: 3 },
            ),
          ),
        })
        .map((scenario) => withJudgedVerdicts(present(scenario) as Scenario));
    });

/** Any scenario that the language can express. */
export const anyScenario: fc.Arbitrary<Scenario> = fc.oneof(
  { weight: 3, arbitrary: scenarioOf(anyOp, fc.maxSafeNat()) },
  {
    weight: 1,
    arbitrary: scenarioOf(
      smallOp,
      fc.nat({ max: 32 }).map((n) => n * 256),
    ),
  },
);
