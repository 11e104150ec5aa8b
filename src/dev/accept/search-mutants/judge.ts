/** What each mutant is bundled with: a program's outcome, and how many states and transitions it took. */
import { makeSubject } from "../../../explore/run/subject.js";
import { search } from "../../../explore/search/frontier-search.js";
import { parseScenario } from "../../../scenario/language/parse.js";
import type { GuardedProgram } from "./guarded-program.js";
import { outcomeText } from "./outcome.js";

/** Of a search of the program: all that it says, and what it costs. */
export interface Judged {
  readonly says: string | undefined;
  readonly work: number;
}

export function judged(
  name: string,
  { kernel, text, with: on = [], without = [], preemptions }: GuardedProgram,
  reduced: boolean,
): Judged {
  const parsed = parseScenario(`name: ${name}\n${text}`, name);
  if ("diagnostics" in parsed) throw new Error(parsed.diagnostics.map(({ message }) => message).join("; "));
  const subject = makeSubject(parsed.scenario, { base: kernel, with: on, without });
  const says = outcomeText(subject, { reduced, preemptions });
  const { states, transitions } = search(subject.engine, { reduced, goal: "all" });
  return { says, work: states + transitions };
}
