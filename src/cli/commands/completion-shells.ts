/** What shells complete, each in its own language. */
import type { CommandSpec } from "../command.js";

/** A command of the table. */
export interface Listed {
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

export interface Shown extends Pick<Listed, "name" | "args" | "about"> {
  readonly flags: readonly Flag[];
}

export function bash(commands: readonly Shown[]): string {
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

export function zsh(commands: readonly Shown[]): string {
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

export function fish(commands: readonly Shown[]): string {
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
