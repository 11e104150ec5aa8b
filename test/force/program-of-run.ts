import type { Subject } from "../../src/explore/run/subject.js";
import { movesOf } from "../../src/force/follow.js";
import { type Problems, type Realized, realize } from "../../src/force/program-of-moves.js";

/** The program of a run that user space can force; else why there is none. */
export function programOfRun(subject: Subject, choices: readonly number[]): Realized | Problems {
  const made = movesOf(subject, choices);
  if ("problem" in made) return { problems: [`${made.problem}.`] };
  return realize(subject.scenario, subject.variant, made.moves);
}
