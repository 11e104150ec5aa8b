/**
 * `accept -- walks FOLDER RUNS KERNEL...`: walks on kernels, as `real walk` makes them, whose runs are kept in FOLDER, a file
 * per kernel. It goes on behind what is there, so that a long walk can be made in pieces.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kernelOf } from "../../kernel/versions/variant.js";
import { playInBoots } from "../../real/force/play-all.js";
import { playOnGuest } from "../../real/force/play-guest.js";
import { pointsOf } from "../../real/force/points.js";
import { withCleanup } from "../../real/machine/cleanup.js";
import { workplaceIn } from "../../real/machine/image.js";
import { resolveKernel, versionOf } from "../../real/machine/kernel-package.js";
import { kernelLabel, neededModelFor } from "../../real/machine/running-kernel.js";
import { isSentApart } from "../../real/walk/compare-run.js";
import { drawRun } from "../../real/walk/draw-run.js";
import { keptLine } from "../../real/walk/kept-run.js";
import { walkPoints } from "../../real/walk/walked-run.js";

const PER_BOOT = 100;

/** A file of kept runs, and of what there is none of and why, a line each. */
export interface WalkLine {
  readonly n: number;
  readonly leftOut: readonly string[];
  readonly run?: string;
  readonly why?: string;
}

export async function forcedWalks(
  folder: string,
  runs: number,
  specs: readonly string[],
  seed = "walk",
): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  for (const spec of specs) await walkOne(folder, runs, spec, seed);
  return true;
}

function walkOne(folder: string, runs: number, spec: string, seed: string): Promise<void> {
  return withCleanup(async (scope) => {
    const place = workplaceIn(scope);
    const kernel = await resolveKernel(spec, place);
    const label = kernelLabel(versionOf(kernel));
    const variant = neededModelFor(label);
    const points = pointsOf(kernelOf(variant));
    const ground = { variant, pointAt: walkPoints(points) };
    const file = join(folder, `${label}.jsonl`);
    const first = linesIn(file).length;
    for (let from = first; from < first + runs; from += PER_BOOT) {
      const start = performance.now();
      const numbers = Array.from({ length: Math.min(PER_BOOT, first + runs - from) }, (_, i) => from + i);
      const drawn = numbers.map((n) => {
        const leftOut: string[] = [];
        return { n, run: drawRun(ground, seed, n, (why) => leftOut.push(why)), leftOut };
      });
      const plans = drawn.flatMap(({ n, run }) => (run === undefined ? [] : [{ name: `run-${n}`, ...run }]));
      const { answers, boots, trouble } = await playInBoots(plans, (left) =>
        playOnGuest(left, { kernel, hooks: points.hooks, place }),
      );
      const byName = new Map(answers.map((answer) => [answer.name, answer]));
      const lines = drawn.map(({ n, run, leftOut }): WalkLine => {
        const answer = byName.get(`run-${n}`);
        if (run === undefined) return { n, leftOut, why: "nothing was drawn" };
        if (answer?.problem !== undefined) return { n, leftOut, why: answer.problem };
        if (answer === undefined || !("stands" in answer) || answer.end === undefined)
          return { n, leftOut, why: "the kernel did not get to it" };
        if (isSentApart(run, answer)) return { n, leftOut, why: "sent in other pieces" };
        const { stands, sent, end } = answer;
        const moves = run.moves.map(({ move }) => move);
        const kept = { kernel: label, name: `${seed}-${n}`, isWalk: true, moves, did: { stands, sent, end } };
        return { n, leftOut, run: keptLine({ ...kept, scenario: run.scenario }) };
      });
      appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      const seconds = (performance.now() - start) / 1000;
      console.log(
        `${label}: ${numbers.at(-1)}, ${boots} boots, ${seconds.toFixed(0)} s ${trouble.join("; ")}`,
      );
    }
  });
}

export function linesIn(file: string): WalkLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as WalkLine);
}
