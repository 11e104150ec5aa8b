/**
 * What a command is, as data: how it is called, what it takes and what it does; and commander's view of it.
 */
import { Command, Option } from "commander";
import type { Kind } from "../report/reporter.js";
import { notEmpty } from "./input/numbers.js";
import {
  EVERYWHERE,
  OPTION_GROUPS,
  type OptionSpec,
  type OptionTable,
  reporterOptions,
  SHARED_OPTIONS,
  type SharedOption,
} from "./input/options.js";
import type { Session } from "./terminal/terminal.js";

type OptionGroup = keyof typeof OPTION_GROUPS;

export interface CommandSpec {
  readonly name: string;
  /** The positional arguments, as commander writes them, and what they are. */
  readonly args?: readonly [name: string, about: string];
  readonly about: string;
  /** In the order of --help: shared ones by name, alone or as a group, and its own as a table. */
  readonly options?: readonly (SharedOption | OptionGroup | OptionTable)[];
  /** What kinds of result it reports; the formats that can write all of them are its --reporter's. */
  readonly reports?: readonly Kind[];
  /** Whether its exit status and its verdicts are all that it is about: it may then be run unseen. */
  readonly isVerdict?: boolean;
  /** Gives the exit status. */
  readonly run: (session: Session, options: never, args: readonly string[]) => Promise<number> | number;
  readonly isHidden?: boolean;
}

/** The command with its arguments and options, and those that every command takes. */
export function commanderOf({ name, args, about, options = [], reports = [] }: CommandSpec): Command {
  const command = new Command(name).description(about);
  if (args !== undefined) command.argument(...args);
  for (const spec of [...options.flatMap(specsOf), ...reporterOptions(reports), ...EVERYWHERE])
    command.addOption(optionOf(spec));
  return command;
}

function specsOf(option: NonNullable<CommandSpec["options"]>[number]): readonly OptionSpec[] {
  if (typeof option !== "string") return Object.values(option);
  return option in OPTION_GROUPS
    ? OPTION_GROUPS[option as OptionGroup].map((name) => SHARED_OPTIONS[name])
    : [SHARED_OPTIONS[option as SharedOption]];
}

function optionOf({ flags, about, parse, standard }: OptionSpec): Option {
  const option = new Option(flags, about);
  const parser: OptionSpec["parse"] = parse ?? (option.required ? notEmpty : undefined);
  if (parser !== undefined)
    option.argParser((text: string, before: unknown) => parser(text, option.long ?? flags, before as never));
  if (standard !== undefined) option.default(...standard);
  return option;
}
