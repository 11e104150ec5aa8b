/**
 * A command from its options to its exit status, and what is said of whatever ends it otherwise.
 */
import type { CommanderError } from "commander";
import { commandLine, shellWord } from "../report/shell-words.js";
import { nextTurn, WorkerDied } from "../workers/pool.js";
import type { CommandSpec } from "./command.js";
import { COMMAND_NAMES } from "./command-table.js";
import { EXIT, isMissing, Stop, undecided, usage } from "./exit.js";
import { operand } from "./input/again.js";
import { exists, readAhead } from "./input/files.js";
import type { CommonOptions } from "./input/options.js";
import { checkDistinct } from "./input/output-files.js";
import { Interrupt } from "./terminal/interrupt.js";
import { loadFormats, refusal } from "./terminal/report.js";
import { renderStop } from "./terminal/stop-text.js";
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

/** Ends what was refused before a command ran: on stderr, and on stdout in the format that was asked for. */
export async function refuse(argv: readonly string[], error: unknown, terminal: Terminal): Promise<number> {
  const status = say(error, terminal);
  terminal.out.write(await refusal(argv, error));
  return status;
}

/** What is wrong with a command line by commander's words. */
export function misused(error: CommanderError, command = ""): Stop {
  const [message = "", ...hints] = error.message.replace(/^error: /, "").split("\n");
  const hint = hints.join(" ").replace(/^\(|\)$/g, "");
  const known = COMMAND_NAMES.includes(command) ? [command] : [];
  const [, option = ""] = /^unknown option '(.*)'$/s.exec(message) ?? [];
  if (option !== "" && (exists(option) || /\.(ya?ml|json|gz)$/.test(option)))
    return usage(message, `if the file is meant: ${shellWord(operand(option))}`);
  return usage(message, hint === "" ? `${commandLine([...known, "--help"])} shows what there is` : hint);
}

/** Prints an error as its kind deserves and gives the exit status. */
function say(error: unknown, { err }: Terminal): number {
  if (error instanceof Stop) {
    err.write(renderStop(error, err.colours));
    return error.code;
  }
  const text = error instanceof Error ? error.message : String(error);
  err.write(`${err.colours.red("internal error:")} ${text.split("\n")[0]}\n`);
  if (process.env.STALEMAP_DEBUG === "1" && error instanceof Error) err.write(`${error.stack}\n`);
  else err.write("  set STALEMAP_DEBUG=1 to see where, and please report it\n");
  return EXIT.INTERNAL;
}
