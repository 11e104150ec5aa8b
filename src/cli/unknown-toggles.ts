/**
 * A command on a source tree of which text does not tell every toggle: its verdict counts when it is the same with
 * each of them on and off.
 */

import { Writable } from "node:stream";
import { fixesOf } from "../kernel/versions/variant.js";
import { commandLine } from "../report/shell-words.js";
import { unusual } from "../report/tree-text.js";
import type { CommandSpec } from "./command.js";
import { Stop, undecided } from "./exit.js";
import { operand } from "./input/again.js";
import { nearestTo, openToggles } from "./input/kernels.js";
import type { CommonOptions } from "./input/options.js";
import { readDirectory } from "./input/source-trees.js";
import { openReport } from "./terminal/report.js";
import { makeTerminal, noteWrapped, type Session } from "./terminal/terminal.js";

/** Kernels that are tried: all with up to five unknown toggles. */
const MOST_KERNELS = 32;

/** Runs the command; 125 where its verdict depends on an unknown toggle, and which. */
export async function runOnTree(
  spec: CommandSpec,
  session: Session,
  options: CommonOptions,
  args: readonly string[],
): Promise<number> {
  const open = openOrNone(session, options);
  const [first, ...others] = settings(options, open);
  if (spec.isVerdict !== true || open.length === 0 || first === undefined)
    return spec.run(session, options as never, args);
  const verdict = await verdictOf(spec, session, first.options, args);
  for (const { options: tried, changed } of others) {
    if (session.interrupt.signal !== undefined) break;
    if ((await verdictOf(spec, session, tried, args)) === verdict) continue;
    fail(`the verdict depends on whether the tree has ${changed.join(", ")}, which its text does not tell`);
  }
  if (2 ** open.length > MOST_KERNELS)
    fail(`the tree does not tell whether it has ${open.join(", ")}: too many to try them all`);
  noteWrapped(session, `unknown, with one verdict for both values: ${open.join(", ")}`);
  return spec.run(session, first.options as never, args);

  function fail(problem: string): never {
    const [kind] = spec.reports ?? [];
    if (kind !== undefined) openReport(session, options, kind);
    throw undecided(
      problem,
      `${commandLine(["tree", operand(options.tree ?? "")])} says why; decide with --with or --without`,
    );
  }
}

/** The open toggles; says what of the tree is not in the model. */
function openOrNone(session: Session, options: CommonOptions): string[] {
  const { tree } = options;
  if (tree === undefined) return [];
  try {
    const beyond = unusual(readDirectory(tree)).map(({ name, usual }) => `${usual ? "-" : "+"}${name}`);
    if (beyond.length > 0) noteWrapped(session, `not in the model, which goes without: ${beyond.join(" ")}`);
    return openToggles(options);
  } catch (error) {
    // The command says it, in the format that was asked for.
    if (error instanceof Stop) return [];
    throw error;
  }
}

/** Each way to decide the open toggles: as the nearest release has them, then with few of them otherwise. */
function settings(options: CommonOptions, open: readonly string[]) {
  const { with: added = [], without: removed = [] } = options;
  const usual: ReadonlySet<string> = open.length > 0 ? fixesOf(nearestTo(options)) : new Set();
  let sets: string[][] = [[]];
  for (const name of open) {
    if (2 * sets.length > MOST_KERNELS) sets.push([name]);
    else sets = sets.flatMap((set) => [set, [...set, name]]);
  }
  sets.sort((a, b) => a.length - b.length);
  return sets.map((changed) => {
    const on = open.filter((name) => usual.has(name) !== changed.includes(name));
    const off = open.filter((name) => !on.includes(name));
    return { changed, options: { ...options, with: [...added, ...on], without: [...removed, ...off] } };
  });
}

/** Exit status and verdicts of the command, run where nobody sees it and nothing is saved. */
async function verdictOf(
  spec: CommandSpec,
  { interrupt, formats }: Session,
  options: CommonOptions,
  args: readonly string[],
): Promise<string> {
  let text = "";
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  // A stream of a process has more, which is for terminals only.
  const unseen = out as Writable as NodeJS.WriteStream;
  const session: Session = { terminal: makeTerminal(unseen, unseen), isQuiet: true, interrupt, formats };
  const silent = { ...options, json: true, reporter: undefined, out: undefined };
  try {
    const status = await spec.run(session, silent as never, args);
    session.report?.close(status);
    return `${status} ${[...text.matchAll(/"verdict": *"\w+"/g)].join(" ")}`;
  } catch (error) {
    if (error instanceof Stop) return String(error.code);
    throw error;
  }
}
