/** What real walk prints with --json. Its fields are promised to scripts: add, never rename. */
import { MODEL } from "../kernel/versions/model-version.js";
import { moveText } from "../real/force/forced-moves.js";
import { standText } from "../real/walk/compare-run.js";
import { printScenario } from "../scenario/language/print.js";
import type { KernelWalk } from "./kernel-walk-text.js";

export function kernelWalkJson({ kernel, model, seed, walked, trouble }: KernelWalk) {
  const { runs, moves, agree, disagreements, problems, apart, undrawn, leftOut } = walked;
  return {
    kernel,
    model,
    seed,
    runs,
    moves,
    agree,
    undrawn,
    leftOut,
    apart,
    trouble,
    problems,
    disagreements: disagreements.map(({ n, alike, isShrunk, run, partings, kernel: theirs }) => ({
      run: n,
      alike,
      isShrunk,
      scenario: printScenario(run.scenario),
      moves: run.moves.map(({ move, stands }, i) => ({
        move: moveText(move),
        model: textsOf(stands),
        kernel: theirs.stands[i] === undefined ? null : textsOf(theirs.stands[i]),
      })),
      differences: partings,
      end: { model: run.end, kernel: theirs.end ?? null },
    })),
  };
}

export function kernelWalksJson(walks: readonly KernelWalk[]) {
  return { schema: "stalemap/real-walk/1", model: MODEL, walks: walks.map(kernelWalkJson) };
}

type Stands = KernelWalk["walked"]["disagreements"][number]["run"]["moves"][number]["stands"];

function textsOf(stands: Stands): Record<string, string> {
  return Object.fromEntries(stands.map(({ who, stand }) => [who, standText(stand)]));
}
