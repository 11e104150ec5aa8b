/**
 * How fast every state is looked at: the grid of the 2022 race on `cured`, beside SPIN's verifier on a hand-written
 * toy of the same race, and all witnesses on all kernels.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { search } from "../../explore/search/frontier-search.js";
import { boundariesOf } from "../../explore/search/prove.js";
import type { SearchOptions, SearchResult } from "../../explore/search/search.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { medianOf, subjectOn } from "./sampling.js";

const ROUNDS = 3;

export interface Searched {
  readonly states: number;
  /** Steps that were followed; 0 when nobody says. */
  readonly transitions: number;
  readonly seconds: number;
  readonly bytes: number;
}

/** How many boundaries of the kernel's paths a search of the file merges. */
export function mergedBoundaries(file: string, kernel: string) {
  return boundariesOf(subjectOn(file, kernel).engine.k);
}

/** Median of ROUNDS complete searches of a file on a kernel, reduced as `how` says. */
export function measureSearch(
  file: string,
  kernel: string,
  how: Pick<SearchOptions, "symmetry" | "reduced"> = {},
): Searched {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { engine } = subjectOn(file, kernel);
    const start = performance.now();
    const { states, transitions, bytes } = whole(file, search(engine, how));
    return { states, transitions, bytes, seconds: (performance.now() - start) / 1000 };
  });
  const { states, transitions, bytes } = rounds[0] ?? { states: 0, transitions: 0, bytes: 0 };
  return { states, transitions, bytes, seconds: medianOf(rounds.map((r) => r.seconds)) };
}

/** A search that is done; throws when it was cut short. */
function whole(file: string, result: SearchResult): SearchResult {
  if (result.cut === undefined) return result;
  throw new Error(`${file}: the search was cut short (${result.cut})`);
}

/** Seconds for every witness on every kernel, and how many states that were. */
export function measureWitnesses(folder: string): Searched {
  const start = performance.now();
  let states = 0;
  let transitions = 0;
  for (const name of readdirSync(folder).filter((f) => f.endsWith(".yaml"))) {
    const file = join(folder, name);
    for (const { name: kernel } of RELEASES) {
      const result = whole(file, search(subjectOn(file, kernel).engine, { goal: "all" }));
      states += result.states;
      transitions += result.transitions;
    }
  }
  return { states, transitions, seconds: (performance.now() - start) / 1000, bytes: 0 };
}

/** SPIN's compiled verifier without reduction on the toy with P pages, W writers, K flushers; undefined when it is not installed. */
export function measureSpin(p: number, w: number, k: number): Searched | undefined {
  const have = (tool: string): boolean => spawnSync(tool, ["-V"]).error === undefined;
  if (!have("spin") || !have("gcc")) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "stalemap-spin-"));
  try {
    copyFileSync("tools/peers/grid.pml", join(folder, "grid.pml"));
    const run = (tool: string, ...args: string[]) => spawnSync(tool, args, { cwd: folder, encoding: "utf8" });
    run("spin", "-a", `-DP=${p}`, `-DW=${w}`, `-DK=${k}`, "-DFIX=1", "grid.pml");
    run("gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
    const seconds: number[] = [];
    let states = 0;
    let transitions = 0;
    for (let i = 0; i < ROUNDS; i++) {
      const start = performance.now();
      const { stdout } = run("./pan", "-m1000000", "-w24");
      seconds.push((performance.now() - start) / 1000);
      states = Number(/([\d.e+]+) states, stored/.exec(stdout)?.[1] ?? Number.NaN);
      transitions = Number(/([\d.e+]+) transitions/.exec(stdout)?.[1] ?? 0);
    }
    return Number.isNaN(states) ? undefined : { states, transitions, seconds: medianOf(seconds), bytes: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
