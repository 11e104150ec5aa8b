/**
 * What a command is, whichever it is: how it is called and what it does.
 */
import type { Command } from "commander";
import type { Session } from "./terminal/terminal.js";

/** A command: what it is called with, and what it does; gives the exit status. */
export interface CommandSpec {
  readonly define: (command: Command) => Command;
  readonly run: (session: Session, options: never, args: readonly string[]) => Promise<number> | number;
  readonly isHidden?: boolean;
}
