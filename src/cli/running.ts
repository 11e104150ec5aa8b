/** A command from its options to its exit status. */
import { nextTurn, WorkerDied } from "../workers/pool.js";
import type { CommandSpec } from "./command.js";
import { EXIT, isMissing, undecided } from "./exit.js";
import { readAhead } from "./input/files.js";
import type { CommonOptions } from "./input/options.js";
import { checkDistinct } from "./input/output-checks.js";
import { say } from "./refusals.js";
import { Interrupt } from "./terminal/interrupt.js";
import { loadFormats } from "./terminal/report.js";
import type { Session, Terminal } from "./terminal/terminal.js";
import { runOnTree } from "./unknown-toggles.js";

const MORE = "fewer --jobs, or more memory: NODE_OPTIONS=--max-old-space-size=4096";

/** The files that a command writes are to be different from one another, and from what it reads. */
export function checkOutputs(
  name: string,
  options: CommonOptions & { log?: string; output?: string },
  args: readonly string[],
): void {
  const { reporter = [], log, output } = options;
  const own = (name === "export" || name === "shrink") && output !== "-" ? output : log;
  const outputs = [own, ...reporter.map(({ file }) => file)].filter((file) => file !== undefined);
  checkDistinct(outputs, [...args, ...inputsOf(options)]);
}

/** The files that options name and a command reads. */
function inputsOf({
  kernel = [],
  scenario = [],
  order,
}: CommonOptions & { scenario?: readonly string[]; order?: string }): string[] {
  return [...kernel, ...scenario, ...(order === undefined ? [] : [order])];
}

export async function runCommandWith(
  spec: CommandSpec,
  terminal: Terminal,
  options: CommonOptions,
  args: readonly string[],
): Promise<number> {
  if (options.color !== undefined) {
    terminal.out.choose(options.color);
    terminal.err.choose(options.color);
  }
  const interrupt = new Interrupt();
  const formats = spec.reports === undefined ? new Map() : await loadFormats(options);
  const session: Session = { terminal, isQuiet: options.quiet === true, interrupt, formats };
  try {
    await readAhead([...args, ...inputsOf(options)], interrupt);
    const done = await runOnTree(spec, session, options, args);
    // A signal that came while nothing could hear it counts.
    await nextTurn();
    const status = interrupt.status(done);
    session.report?.close(status);
    return options.invert === true ? inverted(status) : status;
  } catch (thrown) {
    const error =
      thrown instanceof WorkerDied && thrown.isOutOfMemory ? undecided(thrown.message, MORE) : thrown;
    if (isMissing(error)) throw error;
    session.report?.fail(error);
    const status = say(error, terminal);
    await nextTurn();
    return interrupt.status(status);
  }
}

function inverted(status: number): number {
  if (status === EXIT.OK) return EXIT.VIOLATION;
  return status === EXIT.VIOLATION ? EXIT.OK : status;
}
