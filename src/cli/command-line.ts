/** The command line as commander has it: what stands before and after the commands in --help, and --version. */
import { Command, Help } from "commander";
import { MODEL } from "../kernel/versions/model-version.js";
import { commandLine } from "../report/shell-words.js";
import { quoted } from "../scenario/yaml/diagnostic.js";
import { COMMAND_NAMES } from "./command-table.js";
import { didYouMean, usage } from "./exit.js";
import type { Terminal } from "./terminal/terminal.js";

/** Set where the program is built. */
declare const STALEMAP_VERSION: string | undefined;
declare const STALEMAP_COMMIT: string | undefined;

/** `help COMMAND` is `COMMAND --help`. */
export function withHelp(argv: readonly string[]): string[] {
  if (argv[2] !== "help") return [...argv];
  const name = argv[3];
  if (name === undefined) return [...argv.slice(0, 2), "--help"];
  if (COMMAND_NAMES.includes(name)) return [...argv.slice(0, 2), name, "--help"];
  throw usage(`no command ${quoted(name)}`, didYouMean(name, COMMAND_NAMES, commandLine(["--help"])));
}

export function programWith(terminal: Terminal): Command {
  const program = new Command("stalemap")
    .description("Race reproducer and fuzzer for Linux iomap/XFS buffered file I/O.")
    .version(version(), "-V, --version", "print the version, the model and the commit")
    .helpCommand(false)
    .configureHelp({
      // The options of commands are not loaded.
      subcommandTerm: (command) => new Help().subcommandTerm(command).replace(" [options]", ""),
    })
    .addHelpText("after", helpText());
  hush(program, terminal);
  return program;
}

/** Commander throws instead of exiting, and writes through our streams. */
export function hush(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out.write(text),
    writeErr: () => {},
    getOutHelpWidth: () => 80,
    getErrHelpWidth: () => 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

/** `0.1.0, model 4, commit 42dabaa4f3c1`. */
function version(): string {
  const built = typeof STALEMAP_VERSION === "string" ? STALEMAP_VERSION : "unbuilt";
  const commit = typeof STALEMAP_COMMIT === "string" ? STALEMAP_COMMIT : "unknown";
  return `${built}, model ${MODEL}, commit ${commit}`;
}

const helpText = (): string => `
Exit status: 0 no violation, 1 violation or expectation not met, 125 cannot
judge, 128 bad file or name, 129 usage, 134 internal error, 130/143 signal.

Start with:
  ${commandLine(["demo"])}
  ${commandLine(["list", "scenarios"])}
  ${commandLine(["fuzz", "--kernel", "6.0"])}
`;
