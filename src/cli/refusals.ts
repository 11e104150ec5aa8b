/** What is said of whatever ends a command otherwise than by its result, and the exit status of that. */
import type { CommanderError } from "commander";
import { commandLine, shellWord } from "../report/shell-words.js";
import { COMMAND_NAMES } from "./command-table.js";
import { EXIT, Stop, usage } from "./exit.js";
import { operand } from "./input/again.js";
import { exists } from "./input/files.js";
import { refusal } from "./terminal/report.js";
import { renderStop } from "./terminal/stop-text.js";
import type { Terminal } from "./terminal/terminal.js";

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
export function say(error: unknown, { err }: Terminal): number {
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
