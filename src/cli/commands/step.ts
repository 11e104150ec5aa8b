/**
 * step: walks a run forwards and backwards on a terminal, with the state of the machine at each step; elsewhere it
 * prints all of them.
 */
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
import { threadText } from "../../scenario/language/print.js";
import { printQuantity } from "../../scenario/yaml/units.js";
import { Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { type CommonOptions, ONE_KERNEL } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { isDumb } from "../terminal/colour.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";
import { replay } from "./repro.js";
import { shownRun } from "./shown-run.js";
import { interactive } from "./step-keys.js";

export const stepCommand: CommandSpec = {
  options: [...ONE_KERNEL, "strategy", "depth", "judging", "reading"],
  reports: ["step"],
  run: step,
};

async function step(session: Session, options: CommonOptions, [x = ""]: readonly string[]): Promise<number> {
  const isText = options.json !== true && options.reporter === undefined;
  const canWalk = session.terminal.out.isTTY && process.stdin.isTTY && !isDumb(process.env);
  const report = isText && canWalk ? undefined : openReport(session, options, "step");
  const input = readInput(x, options);
  const walk = walkOf(await shown(session, input, options, x), options, x);
  if (report === undefined) await interactive(session, walk);
  else report.end(walk);
  return walk.lostAt > 0 ? EXIT.VIOLATION : EXIT.OK;
}

/** Of a file that pins no run the one that `run` shows, if there is one. */
async function shown(session: Session, input: Input, options: CommonOptions, x: string): Promise<Input> {
  const isOpen =
    !input.isPinned &&
    input.isLarge !== true &&
    input.file !== undefined &&
    (input.run.scenario.order?.length ?? 0) === 0;
  if (!isOpen || options.strategy !== undefined) return input;
  const pool = new Pool(1);
  try {
    const found = await shownRun(pool, input, options, x, () => session.interrupt.signal !== undefined);
    return found === undefined ? input : { ...input, run: found.run, isPinned: true };
  } finally {
    await pool.close();
  }
}

function walkOf(input: Input, options: CommonOptions, x: string): Walk {
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
