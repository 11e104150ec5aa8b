/**
 * What the setup of a program did, call by call: the only trace that there is of a finding that needs no schedule.
 */
import { Pc } from "../../kernel/machine/labels.js";
import { stepNames } from "../../kernel/paths/step-names.js";
import { kernelOf } from "../../kernel/versions/variant.js";
import { Engine } from "../run/engine.js";
import type { Subject } from "../run/subject.js";

export interface SetupCall {
  readonly fn: string;
  /** Run by the worker of an ioend, not by setup itself. */
  readonly byKworker: boolean;
  readonly notes: readonly string[];
}

/** The kernel functions of setup that have something to say, in order; runs the setup once more. */
export function setupCalls({ compiled, variant }: Subject): SetupCall[] {
  const calls: { fn: string; byKworker: boolean; notes: string[] }[] = [];
  const fixes = kernelOf(variant);
  const names = stepNames(fixes);
  new Engine(compiled.program, fixes, false, {
    step: (_t, pc) => {
      calls.push({ fn: names[pc]!.fn, byKworker: pc >= Pc.C_ENDIO && pc <= Pc.C_FINISH, notes: [] });
    },
    note: (_t, text) => {
      calls.at(-1)?.notes.push(text);
    },
  });
  return calls.filter((call) => call.notes.length > 0);
}
