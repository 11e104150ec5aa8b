/** A run as what step walks through: its states, its steps, and what its threads do next. */
import { traceRun } from "../../explore/finding/trace.js";
import { callOf } from "../../explore/pin/calls.js";
import { ThreadNames } from "../../explore/pin/thread-names.js";
import type { Engine } from "../../explore/run/engine.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { type Subject, subjectOf } from "../../explore/run/subject.js";
import type { Strategy } from "../../explore/strategies/strategy.js";
import { Pc } from "../../kernel/machine/labels.js";
import { LOCK_MODE_NAMES } from "../../kernel/objects/locks.js";
import { variantName } from "../../kernel/versions/variant.js";
import { headline } from "../../report/finding-text.js";
import { rowsOf } from "../../report/rows.js";
import { stateText } from "../../report/state-text.js";
import type { Walk } from "../../report/step-text.js";
import { beside } from "../../report/style.js";
import { threadText } from "../../scenario/language/print-ops.js";
import { printQuantity } from "../../scenario/yaml/units.js";
import type { CommonOptions } from "../input/options.js";
import type { Input } from "../input/run-input.js";
import { replay } from "./repro.js";

export function walkOf(input: Input, options: CommonOptions, x: string): Walk {
  const reported = replay(input, options, x);
  const subject = subjectOf(input.run);
  const { scenario, variant, choices } = input.run;
  const names = new ThreadNames(scenario.threads);
  const states: string[][] = [];
  const choose = new ReplayChoices(choices);
  const watching: Strategy = {
    name: "step",
    begin: () => choose.begin(),
    choose: (kind, count) => choose.choose(kind, count),
    next: (engine: Engine, last) => {
      names.observe(engine);
      states.push([...stateText(subject), ...threadsText(subject, names)]);
      return choose.next(engine, last);
    },
  };
  const trace = traceRun(subject.engine, watching);
  const kernel = variantName(variant);
  const what = reported === undefined ? "no violation" : headline(reported.finding);
  const setup: [string, string][] =
    scenario.setup.length > 0 ? [["setup", threadText({ ops: scenario.setup })]] : [];
  return {
    scenario: scenario.name,
    kernel,
    title: `${scenario.name} on ${kernel}: ${what}`,
    program: [
      ...setup,
      ...scenario.threads.map((thread): [string, string] => [thread.name, threadText(thread)]),
    ],
    rows: rowsOf(scenario, trace.steps),
    states: states.slice(0, trace.steps.length + 1),
    lostAt: reported?.finding.lostAt ?? 0,
  };
}

/** Where each thread stands, and which locks are held by whom. */
function threadsText({ engine }: Subject, names: ThreadNames): string[] {
  const { k } = engine;
  const stands: string[] = [];
  const locks: string[] = [];
  for (let i = 0; i < engine.reclaim; i++) {
    const t = engine.thread(i);
    const isWorker = i >= k.layout.programThreads;
    if (t.pc === Pc.DONE && isWorker) continue;
    const name = names.nameOf(engine, i);
    if (t.pc === Pc.DONE) stands.push(`${name} has ended`);
    else if (engine.rests(i)) stands.push(`${name} is between two laps`);
    else {
      const { fn, at } = callOf(k, t, t.pc);
      stands.push(`${name} ${engine.isEnabled(i) ? "before" : "waits in"} ${fn}@${printQuantity(at)}`);
    }
    const held = LOCK_MODE_NAMES.filter((_, bit) => (t.held & (1 << bit)) !== 0);
    if (held.length > 0) locks.push(`${held.join(", ")}: ${name}`);
  }
  return [
    ...beside("locks     ", 10, locks.join("; ") || "none held between steps"),
    ...stands.flatMap((text, i) => beside(i === 0 ? "threads   " : "          ", 10, text, "  ")),
  ];
}
