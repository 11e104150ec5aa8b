/**
 * The two ways to pin an interleaving. `schedule:` lists who runs until where:
 *
 *     - writer until __iomap_write_begin@8k     # stops just before that step at offset 8k
 *     - kworker/1 end                           # to the end of its program
 *     - writer step 2
 *     - { choose: short-allocation=1 }          # the next choice of that kind
 *
 * `order:` lists happens-before constraints between first occurrences, and leaves the rest to the search:
 *
 *     - writer:__iomap_write_begin@8k < flusher:iomap_writepages
 */
import { isMap } from "yaml";
import type { OrderConstraint, ScheduleItem, StepRef } from "../types.js";
import { entries } from "../yaml/collections.js";
import { quoted } from "../yaml/diagnostic.js";
import { type Field, scalarField } from "../yaml/fields.js";
import { parsedAt } from "../yaml/number-fields.js";
import { Place } from "../yaml/place.js";
import { parseQuantity, printQuantity } from "../yaml/units.js";
import { checkWord } from "../yaml/word-fields.js";

/** Thread names a file may give: words, and those of background threads; see `isBornThread` for the model's own. */
export const THREAD_NAME = /^(?:[A-Za-z_][\w-]{0,39}|writeback\/[1-9]\d?)$/;
const STEP_NAME = /^[A-Za-z_][\w.-]{0,79}$/;
const CHOICE_NAME = /^[A-Za-z_][\w-]{0,79}$/;
const MOST_STEPS = 1_000_000;

/** `kworker/N` runs the Nth ioend. */
export function isBornThread(name: string): boolean {
  return /^kworker\/[1-9]\d{0,5}$/.test(name);
}

const ITEM = "a schedule entry: THREAD until STEP, THREAD end, THREAD step N or { choose: NAME=VALUE }";

/** One entry of `schedule:`. */
export const scheduleItem: Field<ScheduleItem> = {
  expected: ITEM,
  read(at) {
    if (isMap(at.node)) return readChoose(at);
    const source = at.scalar(ITEM);
    if (source === undefined) return undefined;
    const bad = () => at.fail(`expected ${ITEM}, found ${quoted(source)}`);
    const words = [...source.matchAll(/\S+/g)];
    const [first, second, third] = words;
    if (first === undefined || second === undefined || words.length > 3) return bad();
    const [thread] = first;
    const [verb] = second;
    const argument = third?.[0];
    if (!useThread(at, thread, first.index)) return undefined;
    const argumentAt = () => part(at, third?.index ?? 0, argument ?? "");
    if (verb === "end" && argument === undefined) return { kind: "end", thread };
    if (verb === "step") {
      const count = Number(argument ?? "1");
      if (argument !== undefined && !(/^[1-9]\d{0,9}$/.test(argument) && count <= MOST_STEPS)) {
        return argumentAt().fail(`expected a number of steps, found ${quoted(argument)}`);
      }
      return { kind: "step", thread, count };
    }
    if (verb === "until" && argument !== undefined) {
      const step = readStep(argumentAt(), argument);
      return step === undefined ? undefined : { kind: "until", thread, ...step };
    }
    return bad();
  },
  schema: () => ({
    anyOf: [
      { type: "string", pattern: "^\\S+ +(end|step( +[1-9][0-9]*)?|until +\\S+)$" },
      {
        type: "object",
        properties: { choose: { type: "string", pattern: "^[A-Za-z_][\\w-]*=(0|[1-9][0-9]*)$" } },
        required: ["choose"],
        additionalProperties: false,
      },
    ],
  }),
};

const ORDER = "an order such as writer:STEP@8k < flusher:STEP";

/** One entry of `order:`. */
export const orderConstraint: Field<OrderConstraint> = scalarField(
  ORDER,
  (source, at) => {
    const [left, right, ...more] = source.split("<");
    if (left === undefined || right === undefined || more.length > 0)
      return at.fail(`expected ${ORDER}, found ${quoted(source)}`);
    const before = readStepRef(at, left, 0);
    const after = readStepRef(at, right, left.length + 1);
    if (before === undefined || after === undefined) return undefined;
    if (printStepRef(before) === printStepRef(after)) return at.fail("expected two different steps around <");
    return { before, after };
  },
  () => ({ type: "string", pattern: "^\\s*\\S+:\\S+\\s*<\\s*\\S+:\\S+\\s*$" }),
);

/** `writer until __iomap_write_begin@8k` and so on; a choice prints as a flow map. */
export function printScheduleItem(item: ScheduleItem): string {
  switch (item.kind) {
    case "until":
      return `${item.thread} until ${printStep(item)}`;
    case "end":
      return `${item.thread} end`;
    case "step":
      return item.count === 1 ? `${item.thread} step` : `${item.thread} step ${item.count}`;
    case "choose":
      return `{ choose: ${item.choice}=${item.value} }`;
  }
}

/** `writer:__iomap_write_begin@8k < flusher:iomap_writepages`. */
export function printOrder({ before, after }: OrderConstraint): string {
  return `${printStepRef(before)} < ${printStepRef(after)}`;
}

function printStepRef(ref: StepRef): string {
  return `${ref.thread}:${printStep(ref)}`;
}

function printStep({ step, at }: { readonly step: string; readonly at?: number }): string {
  return at === undefined ? step : `${step}@${printQuantity(at)}`;
}

function readChoose(at: Place): ScheduleItem | undefined {
  const found = entries(at, ITEM);
  if (found === undefined) return undefined;
  const [entry] = found;
  if (entry === undefined || found.length !== 1 || entry.key !== "choose") return at.fail(`expected ${ITEM}`);
  const { valueAt } = entry;
  const source = valueAt.scalar("NAME=VALUE");
  if (source === undefined) return undefined;
  const [, choice, value] = /^([^=]*)=(0|[1-9]\d{0,8})$/.exec(source) ?? [];
  if (choice === undefined)
    return valueAt.fail(`expected NAME=VALUE with a whole number, found ${quoted(source)}`);
  const allowed = at.reading.vocabulary.choices ?? CHOICE_NAME;
  if (!checkWord(valueAt, choice, "the name of a choice", allowed)) return undefined;
  return { kind: "choose", choice, value: Number(value) };
}

function readStepRef(at: Place, side: string, offset: number): StepRef | undefined {
  const source = side.trim();
  const start = offset + side.length - side.trimStart().length;
  const colon = source.indexOf(":");
  if (colon < 1) return part(at, start, source).fail(`expected THREAD:STEP, found ${quoted(source)}`);
  const thread = source.slice(0, colon);
  if (!useThread(at, thread, start)) return undefined;
  const name = source.slice(colon + 1).trimStart();
  const step = readStep(part(at, start + source.length - name.length, name), name);
  return step === undefined ? undefined : { thread, ...step };
}

function readStep(at: Place, source: string): { step: string; at?: number } | undefined {
  const [step = "", offset, ...more] = source.split("@");
  const expected = "a step: the name of a kernel function, or FUNCTION@OFFSET";
  if (more.length > 0) return at.fail(`expected ${expected}, found ${quoted(source)}`);
  if (!checkWord(at, step, expected, at.reading.vocabulary.steps ?? STEP_NAME)) return undefined;
  if (offset === undefined) return { step };
  const byte = parsedAt(at, offset, parseQuantity(offset));
  return byte === undefined ? undefined : { step, at: byte };
}

function useThread(at: Place, name: string, offset: number): boolean {
  const here = part(at, offset, name);
  if (!THREAD_NAME.test(name) && !isBornThread(name)) {
    here.fail(`expected the name of a thread, found ${quoted(name)}`);
    return false;
  }
  at.reading.threadUses.push({ name, at: here });
  return true;
}

/** The place of a piece of a scalar. Only right where the scalar is written on one line without escapes; else the
 * whole scalar is the place. */
function part(at: Place, offset: number, piece: string): Place {
  const source = at.reading.report.text;
  const quote = source[at.start] === '"' || source[at.start] === "'" ? 1 : 0;
  const start = at.start + quote + offset;
  if (!source.startsWith(piece, start)) return at;
  return new Place(at.reading, at.node, start, start + Math.max(1, piece.length));
}
