/** A thread has the registers that its operations can use: the spare ones under the views that it lacks stay zero. */

import { expect, it } from "vitest";
import { Engine } from "../../src/explore/run/engine.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { FIX_NAMES, makeFixes } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { compile } from "../../src/scenario/compile.js";
import { LABEL_NAMES } from "./label-names.js";

const STEPS = 100_000;

it("no step uses a register that its thread lacks", () => {
  let steps = 0;
  const labels = new Set<number>();
  const complaints = new Set<string>();
  for (let seed = 0; steps < STEPS; seed++) {
    const rng = makeRng(`touches${seed}`);
    const { program } = compile(randomProgram(rng, "t"));
    const on = new Set(RELEASES[rng.below(RELEASES.length)]!.fixes);
    if (rng.chance(0.5)) {
      for (const name of FIX_NAMES) if (rng.chance(0.2)) on.has(name) ? on.delete(name) : on.add(name);
    }
    const engine = new Engine(program, makeFixes(on, "6.2"));
    const { k } = engine;
    for (let round = 0; round < 6; round++) {
      engine.reset();
      const chooser = { choose: (_kind: number, options: number) => rng.below(options) };
      for (;;) {
        const enabled: number[] = [];
        for (let i = 0; i <= engine.reclaim; i++) if (engine.isEnabled(i)) enabled.push(i);
        if (enabled.every((i) => i === engine.reclaim)) break;
        const thread = enabled[rng.below(enabled.length)]!;
        const { pc } = k.threads[thread]!;
        engine.step(thread, chooser);
        steps++;
        labels.add(pc);
        for (let e = k.layout.spare; e < k.layout.size; e++) {
          if (k.s[e] !== 0) complaints.add(`${LABEL_NAMES[pc]} uses a register it has not`);
        }
      }
    }
  }
  expect([...complaints]).toEqual([]);
  expect(labels.size).toBeGreaterThan(30);
});
