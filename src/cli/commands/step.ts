/**
 * step: walks a trace forwards and backwards on a terminal, with the state of the machine at each step; elsewhere it
 * prints the trace with those states.
 */

import { on } from "node:events";
import { emitKeypressEvents, type Key } from "node:readline";
import { traceRun } from "../../explore/finding/trace.js";
import type { Engine } from "../../explore/run/engine.js";
import { ReplayChoices } from "../../explore/run/replay.js";
import { subjectOf } from "../../explore/run/subject.js";
import type { Strategy } from "../../explore/strategies/strategy.js";
import { variantName } from "../../kernel/versions/variant.js";
import { headline } from "../../report/finding-text.js";
import { type Row, rowsOf } from "../../report/rows.js";
import { stateText } from "../../report/state-text.js";
import { beside } from "../../report/style.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import type { CommonOptions } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { isDumb } from "../terminal/colour.js";
import type { Session } from "../terminal/terminal.js";
import { replay } from "./repro.js";

export const stepCommand: CommandSpec = {
  options: ["kernels", "strategy", "depth", "judging", "reading"],
  run: step,
};

interface Walk {
  readonly title: string;
  readonly rows: readonly Row[];
  /** State before the first step, and after each. */
  readonly states: readonly (readonly string[])[];
  readonly lostAt: number;
}

async function step(session: Session, options: CommonOptions, [x = ""]: readonly string[]): Promise<number> {
  const input = readInput(x, options);
  const walk = walkOf(input, options, x);
  const { out } = session.terminal;
  if (out.isTTY && process.stdin.isTTY && !isDumb(process.env)) await interactive(session, walk);
  else {
    out.line(walk.title);
    for (const i of walk.states.keys()) out.write(`\n${page(session, walk, i).join("\n")}\n`);
  }
  return walk.lostAt > 0 ? EXIT.VIOLATION : EXIT.OK;
}

function walkOf(input: Input, options: CommonOptions, x: string): Walk {
  const reported = replay(input, options, x);
  const subject = subjectOf(input.run);
  const { scenario, variant, choices } = input.run;
  const states: string[][] = [];
  const choose = new ReplayChoices(choices);
  const watching: Strategy = {
    name: "step",
    begin: () => choose.begin(),
    choose: (kind, count) => choose.choose(kind, count),
    next: (engine: Engine, last) => {
      states.push(stateText(subject));
      return choose.next(engine, last);
    },
  };
  const trace = traceRun(subject.engine, watching);
  const what = reported === undefined ? "no violation" : headline(reported.finding);
  return {
    title: `${scenario.name} on ${variantName(variant)}: ${what}`,
    rows: rowsOf(scenario, trace.steps),
    states: states.slice(0, trace.steps.length + 1),
    lostAt: reported?.finding.lostAt ?? 0,
  };
}

/** What is shown at a position: 0 is the state after setup. */
function page(session: Session, walk: Walk, at: number): string[] {
  const { colours } = session.terminal.out;
  const row = walk.rows[at - 1];
  const lines: string[] = [];
  if (row === undefined) lines.push(colours.bold("  0 after setup"));
  else {
    const mark = row.i === walk.lostAt ? "x" : " ";
    const lost = row.i === walk.lostAt ? "   <- the data is lost here" : "";
    lines.push(colours.bold(`${mark} ${row.i} ${row.thread}${lost}`));
    if (row.begins !== undefined) lines.push(colours.dim(`    (${row.begins})`));
    for (const { fn, notes } of row.calls)
      lines.push(...beside("    ", 4, `${fn} ${notes.join("; ")}`.trim(), "  "));
  }
  const before = walk.states[at - 1];
  for (const line of walk.states[at] ?? []) {
    const isNew = before !== undefined && !before.includes(line);
    lines.push(`  ${isNew ? "*" : " "} ${isNew ? colours.yellow(line) : colours.dim(line)}`);
  }
  return lines;
}

async function interactive(session: Session, walk: Walk): Promise<void> {
  const { out } = session.terminal;
  const { stdin } = process;
  const last = walk.states.length - 1;
  let at = 0;
  const draw = (): void => {
    const keys = "n next   p back   x where it is lost   g first   G last   q quit";
    const lines = [
      out.colours.bold(walk.title),
      "",
      ...page(session, walk, at),
      "",
      out.colours.dim(`${at} of ${last}   ${keys}`),
    ];
    out.control("\x1b[2J\x1b[H");
    out.write(`${lines.join("\n")}\n`);
  };
  // Also when something ends the process: a second signal, an error that nobody caught.
  const giveBack = (): void => {
    process.off("exit", giveBack);
    out.control("\x1b[?25h\x1b[?1049l");
    stdin.setRawMode(false);
    stdin.pause();
  };
  process.on("exit", giveBack);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  out.control("\x1b[?1049h\x1b[?25l");
  try {
    draw();
    // A terminal that has gone away ends its input, with an error or without.
    const keys = on(stdin, "keypress", { close: ["end", "close", "error"] }) as AsyncIterator<[unknown, Key]>;
    for await (const [, key] of session.interrupt.until(keys)) {
      if (isQuit(key)) break;
      at = target(key, at, last, Math.min(last, walk.lostAt));
      draw();
    }
  } finally {
    giveBack();
  }
}

function isQuit({ name = "", ctrl }: Key): boolean {
  return name === "q" || name === "escape" || (ctrl === true && /^[cd]$/.test(name));
}

/** The position in `[0, last]` that a key leads to from `at`. */
function target({ name = "", shift }: Key, at: number, last: number, lostAt: number): number {
  if (/^(right|down|n|space|return|j)$/.test(name)) return Math.min(last, at + 1);
  if (/^(left|up|p|k)$/.test(name)) return Math.max(0, at - 1);
  if (name === "end" || (name === "g" && shift === true)) return last;
  if (name === "home" || name === "g") return 0;
  return name === "x" ? lostAt : at;
}
