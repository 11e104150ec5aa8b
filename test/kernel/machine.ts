/** Runs small scenarios written as text and shows the state in a form that tests can state. */

import { Engine } from "../../src/explore/run/engine.js";
import { ReplayChoices } from "../../src/explore/run/replay.js";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { type KernelVariant, kernelOf } from "../../src/kernel/versions/variant.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import type { Scenario } from "../../src/scenario/types.js";

export function scenario(text: string): Scenario {
  const result = parseScenario(text, "test.yaml");
  if ("diagnostics" in result) throw new Error(result.diagnostics.map((d) => d.message).join("; "));
  return result.scenario;
}

export function engineFor(text: string, variant: KernelVariant | string = "6.2", fine = false): Engine {
  const v = typeof variant === "string" ? { base: variant, with: [], without: [] } : variant;
  return new Engine(compile(scenario(text)).program, kernelOf(v), fine);
}

/** The file after `setup` (list of operations as YAML flow maps) on a file of `size`, on `kernel`. */
export function afterSetup(file: string, setup: readonly string[], kernel = "6.2", kept = "12k"): Engine {
  const list = setup.map((op) => `  - ${op}\n`).join("") || "  []\n";
  // The thread is never run; its load makes the model keep all pages of the file.
  const engine = engineFor(
    `name: t\nfile: ${file}\nsetup:\n${list}threads:\n  t: [{ load: 0..${kept} }]\n`,
    kernel,
  );
  engine.reset();
  return engine;
}

/** One letter per block: `-` hole, D, U, W. */
export function extents(e: Engine): string {
  let text = "";
  for (let b = 0; b < e.k.g.blocks; b++) text += "-DUW"[e.k.extents.type(b)];
  return text;
}

/** One letter per page: `.` absent, c/d uptodate clean/dirty, p/q partly uptodate clean/dirty. */
export function residency(e: Engine): string {
  let text = "";
  for (let p = 0; p < e.k.g.pages; p++) {
    const flags = e.k.folios.flags(p);
    const dirty = (flags & FolioFlag.DIRTY) !== 0;
    if ((flags & FolioFlag.PRESENT) === 0) text += ".";
    else if ((flags & FolioFlag.UPTODATE) !== 0) text += dirty ? "d" : "c";
    else text += dirty ? "q" : "p";
  }
  return text;
}

/** Values of cells of the cache, by cell. */
export function cache(e: Engine): number[] {
  return Array.from({ length: e.k.g.cells }, (_, c) => e.k.folios.cell(c));
}
export function disk(e: Engine): number[] {
  return Array.from({ length: e.k.g.cells }, (_, c) => e.k.throughExtents(c));
}

export function runDefault(e: Engine): void {
  e.run(new ReplayChoices([]));
}
