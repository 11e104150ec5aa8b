/** What searches are tried on. */

import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { isWhole } from "../../src/scenario/op-bytes.js";
import type { Op, Scenario } from "../../src/scenario/types.js";

/**
 * A random program on a random kernel, now and then with two threads that do the same. Some are preallocated from end
 * to end, so that no extent comes or goes.
 */
export function randomSubject(seed: string): Subject {
  const rng = makeRng(seed);
  const drawn = randomProgram(rng, seed);
  const base = RELEASES[rng.below(RELEASES.length)]!.name;
  const toggled = rng.chance(0.5) ? FIX_NAMES.filter(() => rng.chance(0.15)) : [];
  const added = toggled.filter(() => rng.chance(0.5));
  const twin = drawn.threads[rng.below(drawn.threads.length)]!;
  const threads =
    rng.chance(0.4) && drawn.threads.length < 4
      ? [...drawn.threads, { name: "twin", ops: twin.ops }]
      : drawn.threads;
  const program = rng.chance(0.3) ? preallocated(drawn) : drawn;
  return makeSubject(
    { ...program, threads },
    { base, with: added, without: toggled.filter((name) => !added.includes(name)) },
  );
}

const PAGE = 4096;

function preallocated(program: Scenario): Scenario {
  const ops = [...program.setup, ...program.threads.flatMap((t) => t.ops)];
  const end = Math.max(program.file.size, ...ops.map(endOf));
  const first: Op = { kind: "fallocate", from: 0, to: Math.ceil(end / PAGE) * PAGE, keepSize: true };
  return { ...program, setup: [first, ...program.setup] };
}

function endOf(op: Op): number {
  return isWhole(op) ? 0 : op.to;
}
