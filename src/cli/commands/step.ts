/**
 * step: walks a run forwards and backwards on a terminal, with the state of the machine at each step; elsewhere it
 * prints all of them.
 */
import { Pool } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { type CommonOptions, ONE_KERNEL } from "../input/options.js";
import { type Input, readInput } from "../input/run-input.js";
import { isDumb } from "../terminal/colour.js";
import { openReport } from "../terminal/report.js";
import type { Session } from "../terminal/terminal.js";
import { shownRun } from "./shown-run.js";
import { interactive } from "./step-keys.js";
import { walkOf } from "./step-walk.js";

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
