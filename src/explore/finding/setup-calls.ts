/**
 * What the setup of a program did, call by call: the only trace that there is of a finding that needs no schedule.
 */
import { FUNCTIONS } from "../../kernel/paths/index.js";
import { makeFixes } from "../../kernel/versions/fixes.js";
import { Engine } from "../run/engine.js";
import { fixesOf, type Subject } from "../run/subject.js";

export interface SetupCall {
  readonly fn: string;
  readonly notes: readonly string[];
}

/** The kernel functions of setup that have something to say, in order; runs the setup once more. */
export function setupCalls({ compiled, variant }: Subject): SetupCall[] {
  const calls: { fn: string; notes: string[] }[] = [];
  new Engine(compiled.program, makeFixes(fixesOf(variant)), false, {
    step: (_t, pc) => {
      calls.push({ fn: FUNCTIONS[pc] ?? "", notes: [] });
    },
    note: (_t, text) => {
      calls.at(-1)?.notes.push(text);
    },
  });
  return calls.filter((call) => call.notes.length > 0);
}
