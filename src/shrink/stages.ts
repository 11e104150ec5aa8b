/** The passes of the shrinker, in the order in which they are tried. */
import type { Candidate, Effort, Run } from "./best-run.js";
import { dropFaults } from "./passes/drop-faults.js";
import { dropOperations, dropPairs, dropStretches, dropThreads } from "./passes/drop-operations.js";
import { fewerSwitches } from "./passes/fewer-switches.js";
import { mergeThreads, moveToSetup, reorderThreads } from "./passes/merge-threads.js";
import { cutOut, roundOffsets, shrinkFile } from "./passes/move-bytes.js";
import { shortenChoices } from "./passes/shorten-choices.js";
import { shrinkGeometry } from "./passes/shrink-geometry.js";
import { shrinkRanges } from "./passes/shrink-ranges.js";
import { simplerOperations } from "./passes/simpler-operations.js";

/** All candidates that a pass sees in a run, best first. */
type Pass = (run: Run) => readonly Candidate[];

export interface Stage {
  readonly passes: readonly Pass[];
  readonly effort?: Effort;
}

const SCHEDULE: readonly Pass[] = [shortenChoices, fewerSwitches];
const SHAPE: readonly Pass[] = [
  cutOut,
  shrinkGeometry,
  shrinkRanges,
  shrinkFile,
  roundOffsets,
  simplerOperations,
  mergeThreads,
  moveToSetup,
  reorderThreads,
];
const LITTLE: Effort = { departures: 2, bounded: 150, near: 60, random: 150 };
const MUCH: Effort = { departures: 3, bounded: 400, near: 150, random: 400 };
/** Schedules tried to find one with fewer departures from the default, once nothing else helps. */
export const FEWER = 2500;

/** Each stage starts when all before it are stuck. */
export const STAGES: readonly Stage[] = [
  { passes: [dropStretches] },
  { passes: [dropThreads, dropOperations, dropFaults] },
  { passes: SCHEDULE },
  { passes: [dropThreads, dropOperations, dropFaults, cutOut], effort: LITTLE },
  { passes: SHAPE },
  { passes: [dropThreads, dropOperations, dropPairs, dropFaults, cutOut, shrinkGeometry], effort: MUCH },
];
