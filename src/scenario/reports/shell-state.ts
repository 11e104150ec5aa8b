/** What runs a shell script, as its builtins and commands see it. */
import type { Command, CompoundList, Redirection, Statement } from "unbash";
import type { Redirected } from "./shell-commands.js";
import type { Effects } from "./shell-effects.js";
import type { Expander } from "./shell-expand.js";
import type { Process } from "./shell-race.js";
import type { ShellValues } from "./shell-values.js";
import type { Span } from "./told-program.js";
import type { Word } from "./word-split.js";

/** How a command ended. */
export interface Outcome {
  /** Undefined where only a shell knows. */
  readonly ok: boolean | undefined;
  /** It is taken to succeed, as whoever tells of it saw nothing else. */
  readonly isTaken?: true;
  /** So is what hangs on it, where that makes no difference. */
  readonly mayFail?: true;
  /** As `$?` has it, where it is not 0 or 1. */
  readonly code?: number;
  /** What only a shell knows. */
  readonly asked?: Span | undefined;
}

/** Where a script goes on elsewhere. */
export interface Flow {
  readonly kind: "break" | "continue" | "return" | "exit";
  /** Loops. */
  readonly count: number;
}

export type Run = () => Flow | undefined;

export interface Shell {
  readonly effects: Effects;
  readonly expander: Expander;
  readonly values: ShellValues;
  readonly runner: Process;
  status: Outcome;
  /** Loops around what runs. */
  readonly loops: number;
  /** All that the script began, by their numbers. */
  readonly processes: readonly Process[];
  /** Inside of `$(...)`, of which only what names the file is asked for. */
  readonly isPrinting: boolean;
  /** What is to run when the script ends. */
  readonly traps: string[];
  /** Nothing more is run: there is too much of it. */
  readonly isCut: boolean;
  run(statements: readonly Statement[]): Flow | undefined;
  node(node: Statement["command"] | CompoundList): Flow | undefined;
  /** A simple command that is no function. */
  command(words: readonly Word[], call: Call): Flow | undefined;
  /** A function that the script has. */
  call(name: string, args: readonly string[], before: () => void): Flow | undefined;
  /** Runs what is asked whether it succeeds. */
  ask(run: Run): Flow | undefined;
  inLoop(run: Run): Flow | undefined;
  /** Runs something whose variables and ends are its own. */
  inSubshell(runner: Process, run: Run): void;
  /** What running something would come to, with all as it was before it. */
  look(run: Run): { readonly flow: Flow | undefined; readonly values: ShellValues; readonly status: Outcome };
  /** Runs with lines to read. */
  reading(input: readonly Word[] | undefined, run: Run): Flow | undefined;
  /** Where output goes and input comes from. */
  targets(redirects: readonly Redirection[]): Redirected[];
  /** The last command says so; what it says by a value that is only perhaps so is not known. */
  says(ok: boolean | undefined, at: { readonly pos: number; readonly end: number }): void;
  /** As it is written. */
  source(at: { readonly pos: number; readonly end: number }): string;
}

/** A simple command as it is written, with what was made of it. */
export interface Call {
  readonly node: Command;
  readonly span: Span;
  /** How what came before it ended. */
  readonly last: Outcome;
  readonly redirects: readonly Redirected[];
  /** Lines that it is given. */
  readonly input: readonly Word[] | undefined;
  /** Of its arguments: what they depend on. */
  readonly asked: Span | undefined;
}

export const YES: Outcome = { ok: true };
export const TAKEN: Outcome = { ok: true, isTaken: true };
export const LIKELY: Outcome = { ...TAKEN, mayFail: true };
export const NO: Outcome = { ok: false };

/** Whether something in the background may still go on; what is only looked at begins nothing. */
export const mayRun = ({ effects, processes }: Shell): boolean =>
  effects.isDry ? processes.length > 0 : effects.session.race.runs();
