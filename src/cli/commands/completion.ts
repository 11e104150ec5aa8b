/**
 * completion: what shells complete, and a man page, from the commands as commander has them.
 */
import { Command } from "commander";
import { addOptions, type CommandSpec } from "../command.js";
import { EXIT } from "../exit.js";
import { oneOf } from "../input/numbers.js";
import type { CommonOptions } from "../input/options.js";
import type { Session } from "../terminal/terminal.js";

/** A command of the table. */
interface Listed {
  readonly name: string;
  readonly args?: readonly [name: string, about: string];
  readonly about: string;
  readonly isHidden?: boolean;
  readonly load: () => Promise<CommandSpec>;
}

/** One option as shells have it. */
interface Flag {
  readonly long: string;
  readonly short: string | undefined;
  readonly about: string;
  readonly flags: string;
}

interface Shown extends Pick<Listed, "name" | "args" | "about"> {
  readonly flags: readonly Flag[];
}

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

function bash(commands: readonly Shown[]): string {
  const cases = commands.map(
    ({ name, flags }) => `    ${name}) words="${flags.map(({ long }) => long).join(" ")}" ;;`,
  );
  return `# bash completion of stalemap: stalemap completion bash >~/.local/share/bash-completion/completions/stalemap
_stalemap() {
  local cur=\${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$cur"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -o filenames -F _stalemap stalemap
`;
}

function zsh(commands: readonly Shown[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text: string): string => text.replace(/[[\]:]/g, " ");
  const cases = commands.map(
    ({ name, flags }) =>
      `    ${name}) _arguments ${flags.map(({ long, about }) => quoted(`${long}[${plain(about)}]`)).join(" ")} '*:file:_files' ;;`,
  );
  return `#compdef stalemap
# zsh completion of stalemap: put it into a folder of fpath as _stalemap
if (( CURRENT == 2 )); then
  local -a commands=(${commands.map(({ name, about }) => quoted(`${name}:${plain(about)}`)).join(" ")})
  _describe command commands
else
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
fi
`;
}

function fish(commands: readonly Shown[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, about, flags }) => [
    `complete -c stalemap -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
    ...flags.map(
      ({ long, short, about }) =>
        `complete -c stalemap -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`} -d ${quoted(about)}`,
    ),
  ]);
  return `# fish completion of stalemap: stalemap completion fish >~/.config/fish/completions/stalemap.fish\n${lines.join("\n")}\n`;
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
