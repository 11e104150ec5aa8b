/** What searches are tried on. */

import { makeSubject, type Subject } from "../../src/explore/run/subject.js";
import { makeRng, type Rng } from "../../src/explore/strategies/rng.js";
import { randomProgram } from "../../src/fuzz/random-program.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import type { KernelVariant } from "../../src/kernel/versions/variant.js";
import { isWhole } from "../../src/scenario/op-bytes.js";
import type { Op, Scenario } from "../../src/scenario/types.js";
import { scenario } from "../kernel/machine.js";

/**
 * A random program on a random kernel, now and then with two threads that do the same. Some are preallocated from end
 * to end, so that no extent comes or goes.
 */
export function randomSubject(seed: string): Subject {
  const rng = makeRng(seed);
  const drawn = randomProgram(rng, seed);
  const variant = randomKernel(rng, RELEASES[rng.below(RELEASES.length)]!.name);
  const twin = drawn.threads[rng.below(drawn.threads.length)]!;
  const threads =
    rng.chance(0.4) && drawn.threads.length < 4
      ? [...drawn.threads, { name: "twin", ops: twin.ops }]
      : drawn.threads;
  const program = rng.chance(0.3) ? preallocated(drawn) : drawn;
  return makeSubject({ ...program, threads }, variant);
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

function randomKernel(rng: Rng, base: string): KernelVariant {
  const toggled = rng.chance(0.5) ? FIX_NAMES.filter(() => rng.chance(0.15)) : [];
  const added = toggled.filter(() => rng.chance(0.5));
  return { base, with: added, without: toggled.filter((name) => !added.includes(name)) };
}

/** Most are plain programs, and races of writes with what cleans and drops pages; on a random kernel, often `cured`. */
export function plainSubject(seed: string): Subject {
  const rng = makeRng(seed);
  const pages = 1 + rng.below(3);
  const range = (): string => {
    const from = rng.below(2 * pages);
    const to = from + 1 + rng.below(2 * pages - from);
    return `${2 * from}k..${2 * to}k`;
  };
  const one = (kinds: readonly string[]): string => `{ ${kinds[rng.below(kinds.length)]}: ${range()} }`;
  const some = (most: number, kinds: readonly string[]): string =>
    Array.from({ length: rng.below(most + 1) }, () => one(kinds)).join(", ");
  const kinds = ["write", "write", "writeback", "writeback", "read", "fsync", "sync_file_range", "evict"];
  const threads = Array.from({ length: 2 + rng.below(3) }, (_, i) => {
    const more = some(1, kinds);
    return `  t${i}: [${one(i === 0 ? ["write"] : i === 1 ? ["writeback", "fsync"] : kinds)}${more && ", "}${more}]`;
  });
  if (rng.chance(0.3)) threads.push(threads[rng.below(threads.length)]!.replace("t", "twin"));
  const program = scenario(`
name: ${seed}
file: { size: ${4 * pages}k, block: 4k }
setup: [${some(3, ["fallocate", "write", "writeback", "fsync", "punch", "zero"])}]
budget: { evictions: ${rng.below(3)} }
threads:
${threads.join("\n")}
`);
  return makeSubject(
    program,
    randomKernel(rng, rng.chance(0.3) ? "cured" : RELEASES[rng.below(RELEASES.length)]!.name),
  );
}
