/**
 * The run of a program that `run` shows, made small: what explains it or walks through it is about the same one.
 */
import { oracleMask } from "../../explore/finding/finding.js";
import { unpinned } from "../../scenario/unpinned.js";
import type { Shrunk } from "../../shrink/shrink.js";
import { drive, type Pool, unless } from "../../workers/pool.js";
import type { CommonOptions } from "../input/options.js";
import type { Input } from "../input/run-input.js";
import { taskOf, workOf } from "./run.js";

/** Undefined where the search of `run` finds none, or `stop` says so. */
export async function shownRun(
  pool: Pool,
  { run: { scenario, variant }, file }: Input,
  options: CommonOptions,
  x: string,
  stop: () => boolean,
): Promise<Shrunk | undefined> {
  const work = workOf(taskOf({ file: file ?? x, scenario }, variant, options), options);
  const { failure } = await drive(pool, work, stop, () => {});
  if (failure === undefined) return undefined;
  const run = { scenario: unpinned(scenario), variant, choices: failure.choices };
  return await unless(pool, { kind: "shrink", run, mask: oracleMask(scenario.oracles) }, stop);
}
