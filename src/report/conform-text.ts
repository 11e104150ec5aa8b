/**
 * Agreement with recorded traces as text: a line per trace, where kernel and model part first, and the shares of all.
 */
import { modelOf } from "../kernel/versions/releases.js";
import type { Conformance, Disagreement, Side } from "../real/traces/agreement.js";
import { ASPECTS, type Aspect, type Counts } from "../real/traces/aspects.js";
import type { Start } from "../real/traces/recording-session.js";
import { COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

export interface ConformResult {
  readonly file: string;
  readonly start: Start;
  readonly conformance: Conformance;
}

/** Steps of the model that are printed; --json has them all. */
const MOST_STEPS = 40;
const NAME_WIDTH = 23;

export function conformTotal(results: readonly ConformResult[]) {
  const sum = (of: (c: Conformance) => number): number => results.reduce((n, r) => n + of(r.conformance), 0);
  return {
    ops: sum((c) => c.ops),
    unsaid: sum((c) => c.unsaid),
    agree: Object.fromEntries(ASPECTS.map((a) => [a, sum((c) => c.agree[a])])) as unknown as Counts,
    uninitialised: {
      kernel: sum((c) => c.uninitialised.kernel),
      model: sum((c) => c.uninitialised.model),
    },
  };
}

/** Share of operations whose extents must agree; all else must agree throughout. */
const EXTENTS_SHARE = 0.995;

/** Whether kernels and models agree; `?` where not all contents were recorded, or there is no trace. */
export function conformVerdict(results: readonly ConformResult[]): "ok" | "x" | "?" {
  const { ops, agree, unsaid } = conformTotal(results);
  const isWhole = agree.ret === ops && agree.size === ops && agree.contents === ops - unsaid;
  if (!isWhole || agree.extents < EXTENTS_SHARE * ops) return "x";
  return unsaid > 0 || results.length === 0 ? "?" : "ok";
}

/** `100`, `99.52`: a share in percent that is never rounded up to 100; `-` of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "-";
  if (part === whole) return "100";
  return (Math.floor((10_000 * part) / whole) / 100).toFixed(2);
}

export const CONFORM_HEADER = `${"trace".padEnd(NAME_WIDTH)} ${"model".padEnd(8)}${"ops".padStart(6)}  ${ASPECTS.map((a) => a.padStart(width(a))).join(" ")}`;

function width(aspect: Aspect): number {
  return Math.max(6, aspect.length);
}

function row(name: string, model: string, ops: number, agree: Counts): string {
  const shares = ASPECTS.map((a) => percent(agree[a], ops).padStart(width(a))).join(" ");
  return `${name.padEnd(NAME_WIDTH)} ${model.padEnd(8)}${grouped(ops).padStart(6)}  ${shares}`;
}

/** One trace: its line, and its first disagreement. */
export function conformText({ file, start, conformance }: ConformResult, palette: Palette = PLAIN): string {
  const { ops, agree, model, firstDisagreement, stuck } = conformance;
  const isWhole = firstDisagreement === undefined && stuck === undefined;
  const line = row(shortName(file), model, ops, agree);
  const lines = [isWhole ? line : palette.yellow(line)];
  if (start.kind === "assumed")
    for (const text of wrap(assumptionText(start), COLUMNS - 2)) lines.push(palette.dim(`  ${text}`));
  for (const text of saidOf(conformance).flatMap((said) => wrap(said, COLUMNS - 2)))
    lines.push(palette.yellow(`  ${text}`));
  if (firstDisagreement !== undefined) lines.push(...disagreementLines(firstDisagreement, palette));
  if (stuck !== undefined) lines.push(`  ${palette.red("the model cannot go on:")} ${stuck}`);
  return `${lines.join("\n")}\n`;
}

/** What keeps the shares from meaning what they seem to mean. */
function saidOf({ kernel, model, ops, unsaid }: Conformance): string[] {
  return [
    ...(unsaid === 0 ? [] : [`contents were not recorded after ${unsaid} of ${plural(ops, "operation")}`]),
    ...(modelOf(kernel) === model ? [] : [`recorded on ${kernel}, replayed on another kernel: ${model}`]),
  ];
}

function assumptionText({ busy }: Start): string {
  const blocks = busy.map(([from, to]) => `${from}..${to}`).join(", ");
  return `busy on disk at the start is not recorded, and assumed: ${blocks || "nothing"}`;
}

export function conformSummary(results: readonly ConformResult[], palette: Palette = PLAIN): string {
  const { ops, agree, uninitialised } = conformTotal(results);
  const { kernel, model } = uninitialised;
  const total = palette.bold(row(`total of ${plural(results.length, "trace")}`, "", ops, agree));
  return (
    `${total}\n${grouped(kernel)} bytes were uninitialised on the kernels and ` +
    `${grouped(model)} on the model; they are not compared.\n`
  );
}

/** The last two parts of a path: kernel and name. */
function shortName(file: string): string {
  const name = file
    .split("/")
    .slice(-2)
    .join("/")
    .replace(/\.json(\.gz)?$/, "");
  return name.length <= NAME_WIDTH ? name : `…${name.slice(1 - NAME_WIDTH)}`;
}

function disagreementLines(d: Disagreement, palette: Palette): string[] {
  const shown = d.steps.slice(0, MOST_STEPS);
  const more = d.steps.length - shown.length;
  return [
    `  first at operation ${d.i}, ${d.op}: ${d.aspects.join(", ")}`,
    ...sideLines("kernel", d.kernel),
    ...sideLines("model", d.model),
    palette.dim("  what the model did:"),
    ...shown.map((step) => palette.dim(`    ${step}`)),
    ...(more > 0 ? [palette.dim(`    and ${grouped(more)} more`)] : []),
  ];
}

function sideLines(name: string, side: Side): string[] {
  const lines = Object.entries(side).map(([key, value]) => `${key} ${valueText(value)}`);
  return lines.map((line, i) => `    ${(i === 0 ? name : "").padEnd(7)} ${line}`);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    const extents = value as readonly (readonly [number, number, string])[];
    return extents.length === 0
      ? "none"
      : extents.map(([at, n, type]) => `${at}..${at + n} ${type}`).join(", ");
  }
  if (typeof value !== "object" || value === null) return String(value);
  const { at, value: byte } = value as { at: number; value: number };
  return `at ${at} is ${byte}`;
}
