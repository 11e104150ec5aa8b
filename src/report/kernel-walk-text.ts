/**
 * Walks on real kernels: how many runs agree with the model, and each kind of run that does not, in two columns.
 */
import { moveText } from "../real/force/forced-moves.js";
import { type Parting, standText, WALK_ASPECTS, type WalkAspect } from "../real/walk/compare-run.js";
import type { Disagreement, Walked } from "../real/walk/walk-kernel.js";
import { programRows } from "./program-rows.js";
import { beside, COLUMNS, grouped, type Palette, PLAIN, plural, wrap } from "./style.js";

/** A walk on one kernel. */
export interface KernelWalk {
  /** Label of the kernel: 6.1.192. */
  readonly kernel: string;
  /** Name of the modelled kernel beside it. */
  readonly model: string;
  readonly seed: string;
  readonly walked: Walked;
  /** What the kernel said of trouble of its own. */
  readonly trouble: readonly string[];
}

const ABOUT: Readonly<Record<WalkAspect, string>> = {
  steps: "who stands, waits or has returned after each move",
  returns: "return values and errno",
  size: "i_size",
  extents: "extents, before anything is written back",
  cached: "contents through the cache",
  disk: "contents after eviction",
};

/** Columns: who moves, the model, the kernel. */
const WHO = 13;
const SIDE = Math.floor((COLUMNS - WHO - 5) / 2);

export function kernelWalkText({ kernel, model, seed, walked, trouble }: KernelWalk, paint = PLAIN): string {
  const { runs, moves, agree, disagreements, problems, apart, undrawn, leftOut } = walked;
  const title = `walk on ${kernel}, with the model of ${model}, seed ${seed}: ${plural(runs, "run")}, ${grouped(moves)} moves`;
  const lines = [
    ...wrap(title, COLUMNS, "  ").map(paint.bold),
    ...WALK_ASPECTS.map((aspect) => {
      const line = `  ${`${grouped(agree[aspect])} of ${grouped(runs)}`.padStart(14)}  ${ABOUT[aspect]}`;
      return agree[aspect] === runs ? line : paint.yellow(line);
    }),
    ...trouble.flatMap((text) => wrap(`the kernel: ${text}`, COLUMNS, "  ").map(paint.red)),
    ...(apart === 0
      ? []
      : wrap(
          `  ${plural(apart, "run")} not counted: the data went to the device in other pieces`,
          COLUMNS,
          "  ",
        )),
    ...(undrawn === 0 ? [] : [`  ${plural(undrawn, "number")} of the seed gave no run that can be forced`]),
    ...leftOutLines(leftOut),
    ...problems.flatMap(({ n, problem }) => wrap(`run ${n} says nothing: ${problem}`, COLUMNS, "  ")),
    ...disagreements.flatMap((one, i) => ["", ...disagreementLines(one, i, disagreements.length, paint)]),
  ];
  return `${lines.join("\n")}\n`;
}

function leftOutLines(leftOut: Walked["leftOut"]): string[] {
  const counts = Object.entries(leftOut).sort(([, a], [, b]) => b - a);
  if (counts.length === 0) return [];
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const why = counts.map(([reason, count]) => `${grouped(count)} ${reason}`).join(", ");
  return wrap(`  ${plural(all, "program")} left out when drawing: ${why}`, COLUMNS, "  ");
}

function disagreementLines(one: Disagreement, i: number, of: number, paint: Palette): string[] {
  const { n, alike, isShrunk, run, partings } = one;
  const { block } = run.scenario.file;
  const what = `disagreement ${i + 1} of ${of}: run ${n}${isShrunk ? ", shrunk" : ""}; ${plural(alike, "run")} of the kind; ${block / 1024}k blocks`;
  return [
    ...wrap(what, COLUMNS, "  ").map(paint.yellow),
    ...programRows(run.scenario).flatMap(([name, text]) => beside(`  ${name.padEnd(WHO)}`, WHO + 2, text)),
    "",
    paint.bold(`  ${"".padEnd(WHO)}${"model".padEnd(SIDE)} kernel`),
    ...moveLines(one, paint),
    ...partings.filter(({ aspect }) => aspect !== "steps").flatMap((parting) => endLines(parting, paint)),
  ];
}

/** A line per task that moved, the first of a move with what was let happen. */
function moveLines({ run, kernel, partings }: Disagreement, paint: Palette): string[] {
  const partsAt = partings.find(({ aspect }) => aspect === "steps")?.at ?? run.moves.length;
  return run.moves.slice(0, partsAt + 1).flatMap(({ move, moved, stands }, at) => {
    const there = kernel.stands[at];
    const differing = stands.filter(({ who, stand }) => {
      const theirs = there?.find((one) => one.who === who)?.stand;
      return at === partsAt && standText(stand) !== standText(theirs);
    });
    const names = [...new Set([...moved, ...differing.map(({ who }) => who)])];
    const rows = names.map((who) => {
      const [mine, theirs] = [stands, there].map((side) => side?.find((one) => one.who === who)?.stand);
      const [left, right] = [standText(mine), there === undefined ? "did not get there" : standText(theirs)];
      const mark = at === partsAt ? paint.red : (text: string) => text;
      return `${who.padEnd(WHO)}${cut(left).padEnd(SIDE)} ${mark(cut(right))}`;
    });
    const head = move.do === "go" ? [] : [moveText(move)];
    return [...head, ...rows].map((line, i) => `${i === 0 ? "> " : "  "}${line}`.trimEnd());
  });
}

const cut = (text: string): string => (text.length > SIDE ? `${text.slice(0, SIDE - 1)}~` : text);

function endLines({ aspect, what, model, kernel }: Parting, paint: Palette): string[] {
  const lines = [`${aspect}, ${what}`, `  model   ${model}`, `  kernel  ${kernel}`];
  return lines.flatMap((line) => wrap(line, COLUMNS - 2, "    ")).map((line) => paint.red(`  ${line}`));
}
