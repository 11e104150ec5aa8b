/**
 * What real kernels did, beside what their models say.
 */
import type { RealResult } from "../real/machine/program-verdict.js";
import type { RecordRequest } from "../real/record/recorder.js";
import { COLUMNS, type Palette, PLAIN, plural, wrap } from "./style.js";

/** One program on one kernel. */
export interface RealCell {
  readonly name: string;
  readonly block: number;
  /** Label of the kernel: 6.18.44. */
  readonly kernel: string;
  /** Name of the modelled kernel that stands for it. */
  readonly model: string | null;
  readonly expected: "right" | "lost" | null;
  /** Undefined when it could not be run there. */
  readonly result: RealResult | undefined;
  readonly problem: string | undefined;
}

/** A trace that was recorded, and the file that has it. */
export interface Recorded {
  readonly request: RecordRequest;
  readonly file: string;
}

/** Whether kernel and model agree; null when one of them says nothing. */
export function agrees({ expected, result }: RealCell): boolean | null {
  if (expected === null || result === undefined) return null;
  const { verdict } = result;
  return verdict === "right" || verdict === "lost" || verdict === "flaky" ? verdict === expected : null;
}

export const times = (runs: readonly string[], verdict: string): number =>
  runs.filter((r) => r === verdict).length;

/** A write that ends elsewhere on this kernel leaves bytes that such a program takes for a loss. */
const NO_MODEL = "no model of this kernel: the bytes expected are those of another's model";

/** One cell in a few lines, with the program's own words. */
export function realText(cell: RealCell, paint: Palette = PLAIN): string {
  const { name, block, kernel, expected, model, result } = cell;
  const where = `${name} on ${kernel}, ${block / 1024}k blocks`;
  if (result === undefined) return `${paint.yellow("?")} ${where}: ${cell.problem ?? "not run"}\n`;
  const { verdict, runs, problem } = result;
  const isBad = times(runs, "lost") > 0;
  const mark = isBad ? paint.red("x") : verdict === "right" ? paint.green("ok") : paint.yellow("?");
  const detail = result.output
    .trimEnd()
    .split("\n")
    .map((line) => `  ${paint.dim(line)}`);
  const told = (sign: string, text: string): string => {
    const [first, ...more] = wrap(`${where}: ${text}`, COLUMNS, "  ");
    return `${[`${sign} ${first}`, ...more, ...detail].join("\n")}\n`;
  };
  const all = plural(runs.length, "run");
  const seen = `lost in ${times(runs, "lost")} and right in ${times(runs, "right")} of ${all}`;
  if (problem !== undefined) return told(paint.yellow("?"), `cannot judge: ${problem}; ${seen}`);
  const data = verdict === "right" || verdict === "lost" ? `data ${verdict}` : verdict;
  const count = verdict === "flaky" ? seen : `${data} in ${all}`;
  const says = expected === null ? NO_MODEL : `the model of ${model} says ${expected}`;
  const agreed = agrees(cell);
  const verdictOnModel =
    agreed === null ? says : `${says}: ${agreed ? "they agree" : paint.red("they disagree")}`;
  return told(mark, `${count}; ${verdictOnModel}`);
}
