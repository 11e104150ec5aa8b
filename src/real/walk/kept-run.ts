/**
 * What a kernel did with a run, written down in a line, to be held against models without the kernel: the program, the
 * moves, and who stood where after each. Of every move only what changed is written.
 */

import { parseScenario } from "../../scenario/language/parse.js";
import { printScenario } from "../../scenario/language/print.js";
import type { Scenario } from "../../scenario/types.js";
import { renderDiagnostics } from "../../scenario/yaml/diagnostic.js";
import type { Change, EndState, ForcedMove, Stand, Wait } from "../force/forced-moves.js";
import type { KernelRun } from "./compare-run.js";

export interface KeptRun {
  /** Label of the kernel: 6.1.192. */
  readonly kernel: string;
  readonly name: string;
  /** Of a walk; else a witness, whose run was chosen on a model. */
  readonly isWalk: boolean;
  readonly scenario: Scenario;
  readonly moves: readonly ForcedMove[];
  readonly did: KernelRun & { readonly end: EndState };
}

/** Where a task stands: `@FUNCTION`, `~WAIT`, the number of operations it has returned from, or "-" when it is gone. */
type Code = string | number;

interface Line {
  readonly kernel: string;
  readonly name: string;
  readonly isWalk: boolean;
  readonly scenario: string;
  readonly moves: readonly (readonly [ForcedMove, Readonly<Record<string, Code>>])[];
  readonly sent: KernelRun["sent"];
  readonly end: EndState;
}

export function keptLine({ kernel, name, isWalk, scenario, moves, did }: KeptRun): string {
  let before: Record<string, Code> = {};
  const changes = moves.map((move, i) => {
    const now = Object.fromEntries((did.stands[i] ?? []).map(({ who, stand }) => [who, codeOf(stand)]));
    const all = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    const changed = all.filter((who) => now[who] !== before[who]).map((who) => [who, now[who] ?? "-"]);
    before = now;
    return [move, Object.fromEntries(changed) as Record<string, Code>] as const;
  });
  const { sent, end } = did;
  const text = printScenario(scenario);
  const line: Line = { kernel, name, isWalk, scenario: text, moves: changes, sent, end };
  return JSON.stringify(line);
}

/** Throws what the scenario in it is not. */
export function readKeptLine(text: string): KeptRun {
  const { kernel, name, isWalk, scenario, moves, sent, end } = JSON.parse(text) as Line;
  const read = parseScenario(scenario, name);
  if ("diagnostics" in read) throw new Error(renderDiagnostics(read.diagnostics));
  const now = new Map<string, Stand>();
  const stands = moves.map(([, changes]): Change[] => {
    for (const [who, code] of Object.entries(changes)) {
      if (code === "-") now.delete(who);
      else now.set(who, standOf(code));
    }
    return [...now].map(([who, stand]) => ({ who, stand }));
  });
  return {
    kernel,
    name,
    isWalk,
    scenario: read.scenario,
    moves: moves.map(([move]) => move),
    did: { stands, sent, end },
  };
}

function codeOf(stand: Stand): Code {
  if (stand.is === "returned") return stand.ops;
  return stand.is === "at" ? `@${stand.fn}` : `~${stand.for}`;
}

function standOf(code: Code): Stand {
  if (typeof code === "number") return { is: "returned", ops: code };
  const word = code.slice(1);
  return code.startsWith("@")
    ? { is: "at", fn: word, byte: 0 }
    : { is: "waits", for: word as Wait, by: "", byte: 0 };
}
