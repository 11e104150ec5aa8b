/**
 * What a command takes and does, as data; and commander's view of it.
 */
import { type Command, Option } from "commander";
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
  /** In the order of --help: shared ones by name, alone or as a group, and its own as a table. */
  readonly options?: readonly (SharedOption | OptionGroup | OptionTable)[];
  /** What kinds of result it reports; the formats that can write all of them are its --reporter's. */
  readonly reports?: readonly Kind[];
  /** Whether its exit status and its verdicts are all that it is about: it may then be run unseen. */
  readonly isVerdict?: boolean;
  /** Gives the exit status. */
  readonly run: (session: Session, options: never, args: readonly string[]) => Promise<number> | number;
}

/** Adds the options of a command, and those that every command takes. */
export function addOptions(command: Command, { options = [], reports = [] }: CommandSpec): void {
  for (const spec of [...options.flatMap(specsOf), ...reporterOptions(reports), ...EVERYWHERE])
    command.addOption(optionOf(spec));
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
