/**
 * How fast every state is looked at: the grid of the 2022 race on `cured`, beside SPIN's verifier on a hand-written
 * toy of the same race, and all witnesses on all kernels.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Boundaries, boundariesOf } from "../../explore/run/boundaries.js";
import { makeSubject } from "../../explore/run/subject.js";
import { search } from "../../explore/search/frontier-search.js";
import { RELEASES } from "../../kernel/versions/releases.js";
import { parseScenario } from "../../scenario/language/parse.js";
import type { Scenario } from "../../scenario/types.js";
import { medianOf } from "./sampling.js";

const ROUNDS = 3;

export interface Searched {
  readonly states: number;
  readonly seconds: number;
  readonly bytes: number;
}

function scenarioOf(file: string): Scenario {
  const parsed = parseScenario(readFileSync(file, "utf8"), file);
  if ("diagnostics" in parsed) throw new Error(`${file} is not valid`);
  return parsed.scenario;
}

/** How many boundaries of the kernel's paths a search of the file merges. */
export function mergedBoundaries(file: string, kernel: string): Boundaries {
  const { k } = makeSubject(scenarioOf(file), { base: kernel, with: [], without: [] }).engine;
  return boundariesOf(k.fixes, k.fine);
}

/** Median of ROUNDS complete searches of a file on a kernel. */
export function measureSearch(file: string, kernel: string, symmetry = true): Searched {
  const scenario = scenarioOf(file);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { engine } = makeSubject(scenario, { base: kernel, with: [], without: [] });
    const start = performance.now();
    const result = search(engine, { symmetry });
    if (result.cut !== undefined) throw new Error(`${file}: the search was cut short (${result.cut})`);
    return { states: result.states, seconds: (performance.now() - start) / 1000, bytes: result.bytes };
  });
  return { ...rounds[0]!, seconds: medianOf(rounds.map((r) => r.seconds)) };
}

/** Seconds for every witness on every kernel, and how many states that were. */
export function measureWitnesses(folder: string): Searched {
  const start = performance.now();
  let states = 0;
  for (const name of readdirSync(folder).filter((f) => f.endsWith(".yaml"))) {
    const scenario = scenarioOf(join(folder, name));
    for (const { name: base } of RELEASES) {
      const result = search(makeSubject(scenario, { base, with: [], without: [] }).engine, { goal: "all" });
      if (result.cut !== undefined) throw new Error(`${name}: the search was cut short (${result.cut})`);
      states += result.states;
    }
  }
  return { states, seconds: (performance.now() - start) / 1000, bytes: 0 };
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
    for (let i = 0; i < ROUNDS; i++) {
      const start = performance.now();
      const { stdout } = run("./pan", "-m1000000", "-w24");
      seconds.push((performance.now() - start) / 1000);
      states = Number(/([\d.e+]+) states, stored/.exec(stdout)?.[1] ?? Number.NaN);
    }
    return Number.isNaN(states) ? undefined : { states, seconds: medianOf(seconds), bytes: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
