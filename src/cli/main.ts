/**
 * The command line as a whole: finds the command, loads it and no other, and sees to the exit status. Only what --help
 * and --version need is loaded with this file.
 */
import { Command, CommanderError } from "commander";
import { callProgram } from "../report/shell-words.js";
import { hush, programWith, withHelp } from "./command-line.js";
import { COMMANDS } from "./command-table.js";
import { EXIT, isMissing } from "./exit.js";
import type { CommonOptions } from "./input/options.js";
import { programName } from "./program-name.js";
import { makeTerminal, statusOfOutput, type Terminal } from "./terminal/terminal.js";

/** Runs a command line; its result and all else go to `out` and `err`. */
export async function main(
  argv: readonly string[],
  out = process.stdout,
  err = process.stderr,
): Promise<void> {
  callProgram(programName(argv[1] ?? "", process.env, process.cwd()));
  const terminal = makeTerminal(out, err);
  process.exitCode = await statusOfOutput(terminal, await statusOf(argv, terminal));
}

async function statusOf(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (thrown) {
    // Commander has printed what was asked for.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.OK;
    // The last resort says what is not there.
    if (isMissing(thrown)) throw thrown;
    const { misused, refuse } = await import("./refusals.js");
    return await refuse(argv, thrown instanceof CommanderError ? misused(thrown, argv[2]) : thrown, terminal);
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const words = await unbroken(withHelp(argv));
  const state = { status: EXIT.OK as number };
  const program = programWith(terminal);
  for (const { name, args, about, isHidden, load } of COMMANDS) {
    const command = new Command(name).description(about);
    if (args !== undefined) command.argument(...args);
    hush(command, terminal);
    if (name === words[2]) await complete(command, load, terminal, state);
    program.addCommand(command, { hidden: isHidden === true });
  }
  if (argv.length <= 2) {
    terminal.err.write(program.helpInformation());
    return EXIT.USAGE;
  }
  await program.parseAsync(words);
  return state.status;
}

/** The command that is called gets its options and what it does. */
async function complete(
  command: Command,
  load: (typeof COMMANDS)[number]["load"],
  terminal: Terminal,
  state: { status: number },
): Promise<void> {
  const [{ addOptions }, spec] = await Promise.all([import("./command.js"), load()]);
  addOptions(command, spec);
  command.action(async (...params: unknown[]) => {
    const [{ checkOutputs, runCommandWith }, { checkTogether }] = await Promise.all([
      import("./running.js"),
      import("./input/together.js"),
    ]);
    const options = command.opts<CommonOptions>();
    checkTogether({ ...options }, (name) => command.getOptionValueSource(name) === "default");
    const args = params
      .slice(0, -2)
      .flatMap((param) => (param === undefined ? [] : (param as string | string[])));
    checkOutputs(command.name(), options, args);
    state.status = await runCommandWith(spec, terminal, options, args);
  });
}

/** A token that came in pieces is put together; loaded where there can be one. */
async function unbroken(argv: readonly string[]): Promise<string[]> {
  const broken = argv.some((word, i) => i > 3 && /^(?:["'`]?sm\d{1,9}\.|\d{1,9}:\S+:\d{1,16}$)/.test(word));
  const hasMore = argv.some((word, i) => i > 2 && /^["'`]?sm\d{1,9}\./.test(word) && i + 1 < argv.length);
  if (!broken && !hasMore) return [...argv];
  const { withOneToken } = await import("./input/pasted.js");
  return withOneToken(argv);
}
