/**
 * Agreement with recorded traces as text: a line per trace, where kernel and model part first, and the shares of all.
 */
import { modelOf } from "../kernel/versions/releases.js";
import type { Conformance } from "../real/traces/agreement.js";
import { ASPECTS, type Aspect, type Counts } from "../real/traces/aspects.js";
import type { Start } from "../real/traces/recording-session.js";
import { type ConformResult, conformTotal, percent } from "./conform-verdict.js";
import { disagreementLines } from "./disagreement-lines.js";
import { COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

const NAME_WIDTH = 23;
const MODEL_WIDTH = 8;

export const CONFORM_HEADER = `${"trace".padEnd(NAME_WIDTH)} ${"model".padEnd(MODEL_WIDTH)}${"ops".padStart(6)}  ${ASPECTS.map((a) => a.padStart(width(a))).join(" ")}`;

function width(aspect: Aspect): number {
  return Math.max(6, aspect.length);
}

function row(name: string, model: string, ops: number, agree: Counts): string {
  const shares = ASPECTS.map((a) => percent(agree[a], ops).padStart(width(a))).join(" ");
  return `${name.padEnd(NAME_WIDTH)} ${fitted(model, MODEL_WIDTH)}${grouped(ops).padStart(6)}  ${shares}`;
}

/** A variant's name is told in full below its line. */
function fitted(model: string, columns: number): string {
  return (model.length < columns ? model : `${model.slice(0, columns - 2)}…`).padEnd(columns);
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
  const left = wrap(
    `${grouped(kernel)} bytes were uninitialised on the kernels and ${grouped(model)} on the model; they are not compared.`,
    COLUMNS,
  );
  return `${[total, ...left].join("\n")}\n`;
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
