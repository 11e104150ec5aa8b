/**
 * The command line as a whole: commands, the exit status of whatever happens in them, and nothing on stderr that is
 * not meant for a person.
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { shellWord } from "../report/shell-words.js";
import { quoted } from "../scenario/yaml/diagnostic.js";
import { nextTurn, WorkerDied } from "../workers/pool.js";
import { type CommandSpec, commanderOf } from "./command.js";
import { bisectCommand } from "./commands/bisect.js";
import { campaignCommand } from "./commands/campaign.js";
import { checkCommand } from "./commands/check.js";
import { conformCommand } from "./commands/conform.js";
import { demoCommand } from "./commands/demo.js";
import { exploreCommand } from "./commands/explore.js";
import { exportCommand } from "./commands/export.js";
import { fuzzCommand } from "./commands/fuzz.js";
import { listCommand } from "./commands/list.js";
import { matrixCommand } from "./commands/matrix.js";
import { realCommand } from "./commands/real.js";
import { reproCommand } from "./commands/repro.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { stepCommand } from "./commands/step.js";
import { treeCommand } from "./commands/tree.js";
import { didYouMean, EXIT, Stop, undecided, usage } from "./exit.js";
import { operand } from "./input/again.js";
import { exists, readAhead, renderStop } from "./input/files.js";
import type { CommonOptions } from "./input/options.js";
import { checkDistinct } from "./input/output-files.js";
import { checkTogether } from "./input/together.js";
import { Interrupt } from "./terminal/interrupt.js";
import { loadFormats, refusal } from "./terminal/report.js";
import { makeTerminal, type Session, statusOfOutput, type Terminal } from "./terminal/terminal.js";
import { runOnTree } from "./unknown-toggles.js";

export const COMMANDS: readonly CommandSpec[] = [
  runCommand,
  fuzzCommand,
  campaignCommand,
  exploreCommand,
  reproCommand,
  stepCommand,
  bisectCommand,
  matrixCommand,
  conformCommand,
  exportCommand,
  realCommand,
  treeCommand,
  listCommand,
  checkCommand,
  schemaCommand,
  demoCommand,
];

const MORE = "fewer --jobs, or more memory: NODE_OPTIONS=--max-old-space-size=4096";

const COMMAND_NAMES = COMMANDS.map((spec) => spec.name);

export async function main(argv: readonly string[]): Promise<void> {
  const terminal = makeTerminal();
  let status: number;
  try {
    status = await dispatch(argv, terminal);
  } catch (thrown) {
    const error = thrown instanceof CommanderError ? refused(thrown, argv[2]) : thrown;
    status = error === undefined ? EXIT.OK : report(error, terminal);
    if (error !== undefined) terminal.out.write(await refusal(argv, error));
  }
  process.exitCode = await statusOfOutput(terminal, status);
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = EXIT.OK;
  const program = new Command("stalemap")
    .description("Race reproducer and fuzzer for Linux iomap/XFS buffered file I/O.")
    .version(version(), "-V, --version", "print the version")
    .helpCommand(false)
    .addHelpText("after", HELP);
  hush(program, terminal);
  for (const spec of COMMANDS) {
    const command = commanderOf(spec);
    hush(command, terminal);
    command.action(async (...params: unknown[]) => {
      const options = command.opts<CommonOptions>();
      checkTogether({ ...options }, (name) => command.getOptionValueSource(name) === "default");
      const args = params
        .slice(0, -2)
        .flatMap((param) => (param === undefined ? [] : (param as string | string[])));
      checkDistinct(outputsOf(spec, options), [...args, ...(options.kernel ?? [])]);
      status = await runCommandWith(spec, terminal, options, args);
    });
    program.addCommand(command, { hidden: spec.isHidden === true });
  }
  if (argv.length <= 2) {
    terminal.err.write(program.helpInformation());
    return EXIT.USAGE;
  }
  await program.parseAsync(withHelp(argv));
  return status;
}

/** The files that a command writes. */
function outputsOf(
  { name }: CommandSpec,
  options: CommonOptions & { log?: string; output?: string },
): string[] {
  const { reporter = [], log, output } = options;
  const own = name === "export" && output !== "-" ? output : log;
  return [own, ...reporter.map(({ file }) => file)].filter((file) => file !== undefined);
}

/** `help COMMAND` is `COMMAND --help`. */
function withHelp(argv: readonly string[]): string[] {
  if (argv[2] !== "help") return [...argv];
  const name = argv[3];
  if (name === undefined) return [...argv.slice(0, 2), "--help"];
  if (COMMAND_NAMES.includes(name)) return [...argv.slice(0, 2), name, "--help"];
  throw usage(`no command ${quoted(name)}`, didYouMean(name, COMMAND_NAMES, "npx stalemap --help"));
}

async function runCommandWith(
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
    await readAhead([...args, ...(options.kernel ?? [])], interrupt);
    const done = await runOnTree(spec, session, options, args);
    // A signal that came while nothing could hear it counts.
    await nextTurn();
    const status = interrupt.status(done);
    session.report?.close(status);
    return options.invert === true ? inverted(status) : status;
  } catch (thrown) {
    const error =
      thrown instanceof WorkerDied && thrown.isOutOfMemory ? undecided(thrown.message, MORE) : thrown;
    session.report?.fail(error);
    const status = report(error, terminal);
    await nextTurn();
    return interrupt.status(status);
  }
}

function inverted(status: number): number {
  if (status === EXIT.OK) return EXIT.VIOLATION;
  return status === EXIT.VIOLATION ? EXIT.OK : status;
}

/** Commander throws instead of exiting, and writes through our streams. */
function hush(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out.write(text),
    writeErr: () => {},
    getOutHelpWidth: () => 80,
    getErrHelpWidth: () => 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

/** What is wrong with a command line by commander's words; undefined when it has printed what was asked for. */
function refused(error: CommanderError, command = ""): Stop | undefined {
  if (error.exitCode === 0) return undefined;
  const [message = "", ...hints] = error.message.replace(/^error: /, "").split("\n");
  const hint = hints.join(" ").replace(/^\(|\)$/g, "");
  const known = COMMAND_NAMES.includes(command) ? `${command} ` : "";
  const [, option = ""] = /^unknown option '(.*)'$/s.exec(message) ?? [];
  if (option !== "" && (exists(option) || /\.(ya?ml|json|gz)$/.test(option)))
    return usage(message, `if the file is meant: ${shellWord(operand(option))}`);
  return usage(message, hint === "" ? `npx stalemap ${known}--help shows what there is` : hint);
}

/** Prints an error as its kind deserves and gives the exit status. */
function report(error: unknown, { err }: Terminal): number {
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

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

const HELP = `
Exit status: 0 no violation, 1 violation or expectation not met, 125 cannot
judge, 128 bad file or name, 129 usage, 134 internal error, 130/143 signal.

Start with:
  npm start
  npx stalemap run scenarios/witnesses/unwritten-tail.yaml
  npx stalemap fuzz --kernel 6.0
`;
