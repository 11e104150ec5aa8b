/**
 * Tokens: one run as text, `sm<model>.` and base64url of kernel, toggle differences by stable id, program, budgets,
 * choices and a checksum. What a token holds is checked like a file; a malformed or foreign one is refused with the
 * reason.
 */
import { FAULTS } from "../kernel/machine/choices.js";
import { MODIFIERS } from "../kernel/modifiers.js";
import type { OpInfo } from "../kernel/op-info.js";
import { OP_NAMES, OPS } from "../kernel/ops.js";
import { ORACLE_NAMES, oraclesIn } from "../kernel/oracle-table.js";
import { FIXES } from "../kernel/versions/fixes.js";
import { MODEL } from "../kernel/versions/model-version.js";
import type { KernelVariant } from "../kernel/versions/variant.js";
import { emptyBudget } from "./budget.js";
import { checksum, fromBase64Url, Reader, toBase64Url, Writer } from "./byte-stream.js";
import { parseScenario } from "./language/parse.js";
import { printScenario } from "./language/print.js";
import { MAX_OPS_PER_THREAD, MAX_THREADS, MOST_FAULTS, MOST_PER_BUDGET } from "./limits.js";
import { isWhole, modifiersOf } from "./op-bytes.js";
import { type ByteRange, NOTHING_STATED, type Op, type Scenario, type ThreadSpec, WHOLE } from "./types.js";

/** One run: what is run, on which kernel, under which choices. */
export interface RunSpec {
  readonly scenario: Scenario;
  readonly variant: KernelVariant;
  readonly choices: readonly number[];
}

export type Decoded<T> = { readonly run: T } | { readonly problem: string };

/** Thread names that take one byte: append only. */
const NAMES = [
  "writer",
  "mapper",
  "flusher",
  "reader",
  "evicter",
  "syncer",
  "truncater",
  "allocator",
  "a",
  "b",
  "c",
  "d",
];
/** Added to the number of its name: the thread has an open file description of its own. */
const OWN_FD = 64;
/** Added likewise: it repeats. */
const REPEATS = 128;
const MAX_CHOICES = 100_000;
const MAX_TOKEN = 20_000;

export function encodeToken(run: RunSpec): string {
  const w = new Writer();
  const { scenario, variant } = run;
  w.text(variant.base);
  for (const names of [variant.with, variant.without]) {
    w.number(names.length);
    for (const name of names) w.number(FIXES.find((f) => f.name === name)?.id ?? 0);
  }
  w.text(scenario.name);
  w.offset(scenario.file.size);
  w.number(Math.log2(scenario.file.block));
  w.number(Math.log2(scenario.file.page));
  writeOps(w, scenario.setup);
  w.number(scenario.threads.length);
  for (const t of scenario.threads) {
    const known = NAMES.indexOf(t.name);
    w.number(known + 1 + (t.ownFd === true ? OWN_FD : 0) + (t.repeats === true ? REPEATS : 0));
    if (known < 0) w.text(t.name);
    writeOps(w, t.ops);
  }
  for (const { key } of FAULTS) w.number(scenario.budget[key]);
  w.number((scenario.budget.faults ?? -1) + 1);
  w.number((scenario.oracles ?? []).reduce((m, o) => m | (1 << ORACLE_NAMES.indexOf(o)), 0));
  w.number(run.choices.length);
  let zeros = 0;
  for (const choice of run.choices) {
    if (choice === 0) zeros++;
    else {
      w.number(zeros);
      w.number(choice);
      zeros = 0;
    }
  }
  return `sm${MODEL}.${toBase64Url([...w.bytes, ...checksum(w.bytes)])}`;
}

/** Reads a token back; `problem` is a sentence that says why it cannot be. */
export function decodeToken(text: string): Decoded<RunSpec> {
  const match = /^sm(\d{1,9})\.[A-Za-z0-9_-]*$/.exec(text);
  if (match === null)
    return { problem: "it is neither a file, nor a case seed, nor a token (sm<model>.<text>)" };
  const [, model] = match;
  if (Number(model) !== MODEL) {
    return {
      problem: `it is of model ${model} and this is model ${MODEL}: the same choices would mean another run`,
    };
  }
  if (text.length > MAX_TOKEN) return { problem: `it is longer than ${MAX_TOKEN} characters` };
  const bytes = fromBase64Url(text.slice(text.indexOf(".") + 1));
  if (bytes.length < 5) return { problem: "it is cut short" };
  const body = bytes.subarray(0, -4);
  if (checksum(body).some((byte, i) => byte !== bytes[body.length + i]))
    return { problem: "its checksum is wrong: it is damaged or cut short" };
  try {
    const run = read(new Reader(body));
    // Numbers can be written longer than they need be, and the last letter has bits to spare.
    return encodeToken(run) === text ? checked(run) : { problem: "it is not written as tokens are" };
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}

/** What a token says goes through the same checks as a file. */
function checked(run: RunSpec): Decoded<RunSpec> {
  const result = parseScenario(printScenario(run.scenario), "token");
  if ("diagnostics" in result)
    return { problem: `its program is not valid: ${result.diagnostics[0]?.message}` };
  return { run: { ...run, scenario: result.scenario } };
}

function read(r: Reader): RunSpec {
  const base = r.text();
  const toggles = () => r.list(FIXES.length, () => fixName(r.number()));
  const variant = { base, with: toggles(), without: toggles() };
  if (new Set([...variant.with, ...variant.without]).size < variant.with.length + variant.without.length)
    throw new RangeError("it names a toggle twice");
  const name = r.text();
  const size = r.offset();
  const block = 2 ** r.below(20);
  const page = 2 ** r.below(20);
  const setup = readOps(r);
  const threads: ThreadSpec[] = r.list(MAX_THREADS, () => {
    const code = r.below(2 * REPEATS);
    const known = code % OWN_FD;
    const name = known === 0 ? r.text() : NAMES[known - 1];
    if (name === undefined) throw new RangeError("it names a thread that this version does not know");
    const ops = readOps(r);
    const ownFd = code % REPEATS >= OWN_FD ? ({ ownFd: true } as const) : {};
    return { name, ops, ...ownFd, ...(code >= REPEATS ? { repeats: true } : {}) };
  });
  const budget = emptyBudget();
  for (const { key } of FAULTS) budget[key] = r.below(MOST_PER_BUDGET + 1);
  const faults = r.below(MOST_FAULTS + 2);
  if (faults > 0) budget.faults = faults - 1;
  const mask = r.below(1 << ORACLE_NAMES.length);
  const choices: number[] = new Array(r.below(MAX_CHOICES)).fill(0);
  for (let at = 0; !r.done; at++) {
    at += r.number();
    if (at >= choices.length) throw new RangeError("its choices run past their end");
    choices[at] = r.number();
  }
  return {
    scenario: {
      name,
      file: { size, block, page },
      setup,
      threads,
      budget,
      oracles: mask === 0 ? undefined : oraclesIn(mask),
      ...NOTHING_STATED,
    },
    variant,
    choices,
  };
}

function fixName(id: number): string {
  const fix = FIXES.find((f) => f.id === id);
  if (fix === undefined) throw new RangeError(`it names fix number ${id}, which this version does not know`);
  return fix.name;
}

function writeOps(w: Writer, ops: readonly Op[]): void {
  w.number(ops.length);
  for (const op of ops) {
    const { code, takes, modifiers } = OPS[op.kind];
    w.number(code);
    if (takes === "range or whole") w.number(isWhole(op) ? 0 : 1);
    if (takes === "size" || takes === "length") w.offset(op.to);
    else if (takes !== "nothing" && !isWhole(op)) {
      w.offset(op.from);
      w.offset(op.to - op.from);
    }
    if (modifiers.length === 0) continue;
    w.number(modifiers.reduce((mask, name, i) => mask + (op[name] === undefined ? 0 : 2 ** i), 0));
    for (const [, value] of modifiersOf(op)) if (value !== true) w.offset(value);
  }
}

function readOps(r: Reader): Op[] {
  return r.list(MAX_OPS_PER_THREAD, (): Op => {
    const code = r.number();
    const kind = OP_NAMES.find((name) => OPS[name].code === code);
    if (kind === undefined) throw new RangeError("it holds an operation that this version does not know");
    const range = readRange(r, OPS[kind].takes);
    const { modifiers } = OPS[kind];
    const mask = modifiers.length === 0 ? 0 : r.number();
    const given = modifiers
      .filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1)
      .map((name) => [name, MODIFIERS[name].takes === "flag" ? true : r.offset()] as const);
    return { kind, ...range, ...Object.fromEntries(given) };
  });
}

function readRange(r: Reader, takes: OpInfo["takes"]): ByteRange {
  if (takes === "nothing" || (takes === "range or whole" && r.number() === 0)) return WHOLE;
  const from = r.offset();
  if (takes === "length") return { from: 0, to: from };
  return { from, to: takes === "size" ? from : from + r.offset() };
}
