/**
 * completion: what shells complete, and a man page, from the commands as commander has them.
 */
import { Command } from "commander";
import { addOptions, type CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { oneOf } from "../input/numbers.js";
import type { CommonOptions } from "../input/options.js";
import type { Session } from "../terminal/terminal.js";
import { bash, fish, type Listed, type Shown, zsh } from "./completion-shells.js";

const WRITERS = { bash, zsh, fish, man };

export function completionCommand(listed: readonly Listed[]): CommandSpec {
  return {
    run: async ({ terminal }: Session, _options: CommonOptions, [what = ""]) => {
      const write = WRITERS[oneOf(["bash", "zsh", "fish", "man"])(what, "completion")];
      const shown = listed.filter(({ isHidden }) => isHidden !== true);
      terminal.out.isDocument = true;
      terminal.out.write(write(await Promise.all(shown.map(withFlags))));
      return EXIT.OK;
    },
  };
}

async function withFlags({ name, args, about, load }: Listed): Promise<Shown> {
  const command = new Command(name);
  addOptions(command, await load());
  const flags = command.options.map(({ long, short, description, flags }) => ({
    ...{ long: long ?? "", short, about: description, flags },
  }));
  return { name, about, flags, ...(args === undefined ? {} : { args }) };
}

function man(commands: readonly Shown[]): string {
  const text = (words: string): string =>
    words
      .replaceAll("\\", "\\e")
      .replaceAll("-", "\\-")
      .replace(/^([.'])/, "\\&$1");
  const parts = commands.flatMap(({ name, args, about, flags }) => [
    `.SS ${text(`${name}${args === undefined ? "" : ` ${args[0]}`}`)}`,
    `${text(about)}.${args === undefined ? "" : ` ${text(args[0])}: ${text(args[1])}.`}`,
    ...flags.flatMap((flag) => [".TP", `.B ${text(flag.flags)}`, text(flag.about)]),
  ]);
  return `.TH STALEMAP 1
.SH NAME
stalemap \\- race reproducer and fuzzer for Linux iomap and XFS buffered file I/O
.SH SYNOPSIS
.B stalemap
.I command
[options]
.SH COMMANDS
${parts.join("\n")}
.SH EXIT STATUS
0 no violation, 1 violation or expectation not met, 125 cannot judge, 128 bad file or name, 129 usage,
134 internal error, 130 and 143 after a signal.
`;
}
