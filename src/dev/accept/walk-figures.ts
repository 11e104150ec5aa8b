/**
 * `accept -- walk-figures FOLDER`: what was kept of walks, held against the models as they are now: how far they agree, per
 * kernel and block size, and each kind of disagreement with its smallest run. Writes docs/walks.md.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moveText } from "../../real/force/forced-moves.js";
import { neededModelFor } from "../../real/machine/running-kernel.js";
import { type Parting, standText, WALK_ASPECTS, type WalkAspect } from "../../real/walk/compare-run.js";
import { judgeKept } from "../../real/walk/judge-kept.js";
import { type KeptRun, readKeptLine } from "../../real/walk/kept-run.js";
import { printScenario } from "../../scenario/language/print.js";
import { linesIn, type WalkLine } from "./forced-walks.js";

interface Judged {
  readonly kept: KeptRun;
  readonly parting: Parting | undefined;
  readonly aspects: ReadonlySet<WalkAspect>;
}

export function walkFigures(folder: string, file = "docs/walks.md"): boolean {
  const rows: string[] = [];
  const notes: string[] = [];
  let isGood = true;
  for (const name of readdirSync(folder).sort()) {
    const kernel = name.replace(/\.jsonl$/, "");
    const lines = linesIn(join(folder, name));
    const judged = lines.flatMap(({ run }) => (run === undefined ? [] : [judge(readKeptLine(run))]));
    for (const block of [4096, 1024]) {
      const some = judged.filter(({ kept }) => kept.scenario.file.block === block);
      const agree = WALK_ASPECTS.map((aspect) => some.filter(({ aspects }) => !aspects.has(aspect)).length);
      rows.push(`| ${[kernel, `${block / 1024}k`, some.length, movesIn(some), ...agree].join(" | ")} |`);
      isGood &&= agree.every((count) => count === some.length);
    }
    notes.push(`${kernel}: ${asideOf(lines)}. Seeds: ${seedsOf(judged).join(", ")}.`);
    tellKinds(kernel, judged);
  }
  writeFileSync(file, page(rows, notes));
  return isGood;
}

function judge(kept: KeptRun): Judged {
  const found = judgeKept(kept, neededModelFor(kept.kernel));
  return { kept, parting: found[0], aspects: new Set(found.map(({ aspect }) => aspect)) };
}

const movesIn = (judged: readonly Judged[]): number =>
  judged.reduce((sum, { kept }) => sum + kept.moves.length, 0);

const seedsOf = (judged: readonly Judged[]): string[] => [
  ...new Set(judged.map(({ kept }) => kept.name.replace(/-\d+$/, ""))),
];

/** What is not counted, and why. */
function asideOf(lines: readonly WalkLine[]): string {
  const counts = new Map<string, number>();
  const add = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const { why, leftOut } of lines) {
    if (why !== undefined) add(`not counted: ${why}`);
    for (const reason of leftOut) add(`left out when drawing: ${reason}`);
  }
  const said = [...counts].sort(([, a], [, b]) => b - a).map(([what, count]) => `${count} ${what}`);
  return [`${lines.length} runs drawn`, ...said].join("; ");
}

/** On the terminal, for whoever looks into them: the smallest of each kind, in full. */
function tellKinds(kernel: string, judged: readonly Judged[]): void {
  const kinds = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.parting === undefined) continue;
    const { aspect, model, kernel: theirs } = one.parting;
    const kind = aspect === "steps" ? `${model} / ${theirs}` : aspect;
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  for (const [kind, alike] of kinds) {
    const [least] = [...alike].sort((a, b) => a.kept.moves.length - b.kept.moves.length);
    if (least?.parting === undefined) continue;
    const { kept, parting } = least;
    console.log(`== ${kernel}, ${alike.length} of ${judged.length}: ${kind} (${kept.name})`);
    console.log(JSON.stringify(parting));
    console.log(printScenario(kept.scenario));
    for (const [i, move] of kept.moves.slice(0, parting.at + 1).entries()) {
      const stands = (kept.did.stands[i] ?? []).map(({ who, stand }) => `${who} ${standText(stand)}`);
      console.log(`  ${moveText(move).padEnd(14)} ${stands.join("; ")}`);
    }
  }
}

function page(rows: readonly string[], notes: readonly string[]): string {
  const head = ["kernel", "blocks", "runs", "moves", ...WALK_ASPECTS];
  return [
    "# Walks on real kernels",
    "",
    "Written by `npm run accept -- walk-figures FOLDER` from what `npm run accept -- walks FOLDER RUNS KERNEL...` kept: random programs",
    "under random schedules, each forced on the kernel and held against its model. A column counts the runs that agree in it:",
    "who stands, waits or has returned after each move; return values; i_size; extents; contents through the cache, and after eviction.",
    "",
    `| ${head.join(" | ")} |`,
    `|${head.map(() => "---|").join("")}`,
    ...rows,
    "",
    ...notes.flatMap((note) => [note, ""]),
  ].join("\n");
}
