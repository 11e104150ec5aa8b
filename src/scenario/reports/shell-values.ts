/**
 * What a shell knows while it runs: variables, functions, what it was called with, where its input comes from. A text may
 * hold what only a shell knows; that stands in it as it was written, between two signs that no script has.
 */
import type { Function as FunctionNode } from "unbash";
import type { Span } from "./told-program.js";

const [OPENS, CLOSES] = ["\uE000", "\uE001"];
const SIGNS = new RegExp(`[${OPENS}${CLOSES}]`, "g");
const FIELD = new RegExp(`(?:${OPENS}[^${CLOSES}]*${CLOSES}|[^\\s${OPENS}])+`, "g");

/** What only a shell knows. */
export const unknown = (source: string): string => `${OPENS}${source.replace(SIGNS, "")}${CLOSES}`;
export const isKnown = (text: string): boolean => !text.includes(OPENS);
/** As a reader sees it. */
export const shown = (text: string): string => text.replace(SIGNS, "");
/** Apart at blanks. */
export const fieldsOf = (text: string): readonly string[] => text.match(FIELD) ?? [];
/** A process of the background, as `$!` says it. */
export const processSign = (id: number): string => unknown(`$!${id}`);
export const processesIn = (text: string): readonly number[] =>
  [...text.matchAll(new RegExp(`${OPENS}\\$!(\\d+)${CLOSES}`, "g"))].map(([, id]) => Number(id));

export interface Value {
  readonly text: string;
  /** Of an array, with holes. */
  readonly items?: readonly (string | undefined)[];
  /** It is so only if what stands here came out as was supposed. */
  readonly asked?: Span | undefined;
}

/** Lines that are to be read; shared by all that read them. */
export interface Input {
  readonly lines: string[];
}

export class ShellValues {
  variables = new Map<string, Value>();
  functions = new Map<string, FunctionNode>();
  /** Files that the script wrote: their lines, for xfs_io. */
  documents = new Map<
    string,
    readonly { readonly text: string; readonly start: number; readonly end: number }[]
  >();
  /** Undefined: those of the script, which are not known. */
  args: readonly string[] | undefined;
  input: Input | undefined;
  exitsOnError = false;
  readonly sizes: { readonly page: number; readonly block: number };
  /** Per function that runs: what its local variables hide. */
  #hidden: Map<string, Value | undefined>[] = [];

  constructor(sizes: { readonly page: number; readonly block: number }) {
    this.sizes = sizes;
  }

  /** A subshell's. */
  clone(): ShellValues {
    const copy = new ShellValues(this.sizes);
    copy.become(this);
    return copy;
  }

  /** All is as there. */
  become(other: ShellValues): void {
    this.variables = new Map(other.variables);
    this.functions = new Map(other.functions);
    this.documents = new Map(other.documents);
    this.args = other.args;
    this.input = other.input === undefined ? undefined : { lines: [...other.input.lines] };
    this.exitsOnError = other.exitsOnError;
    this.#hidden = other.#hidden.map((one) => new Map(one));
  }

  get(name: string): Value | undefined {
    return this.variables.get(name);
  }

  set(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  /** Until the function ends. */
  makeLocal(name: string): boolean {
    const hidden = this.#hidden.at(-1);
    if (hidden === undefined) return false;
    if (!hidden.has(name)) hidden.set(name, this.variables.get(name));
    return true;
  }

  get isInFunction(): boolean {
    return this.#hidden.length > 0;
  }

  /** Runs a function's body with these as `$1`, `$2`. */
  within<T>(args: readonly string[], run: () => T): T {
    const before = this.args;
    const depth = this.#hidden.length;
    this.args = args;
    this.#hidden.push(new Map());
    const result = run();
    for (const hidden of this.#hidden.splice(depth))
      for (const [name, value] of hidden)
        if (value === undefined) this.variables.delete(name);
        else this.variables.set(name, value);
    this.args = before;
    return result;
  }

  /** What is not the same as there may be either from here on. */
  doubt(other: ShellValues, asked: Span): void {
    for (const name of new Set([...this.variables.keys(), ...other.variables.keys()])) {
      const [a, b] = [this.variables.get(name), other.variables.get(name)];
      if (a?.text === b?.text && a?.items?.join("\n") === b?.items?.join("\n")) continue;
      this.variables.set(name, { ...(a ?? b ?? { text: "" }), asked: a?.asked ?? asked });
    }
    if (this.args?.join("\n") !== other.args?.join("\n")) this.args = undefined;
    if (this.input?.lines.length !== other.input?.lines.length) this.input = undefined;
    for (const name of new Set([...this.functions.keys(), ...other.functions.keys()]))
      if (this.functions.get(name) !== other.functions.get(name)) this.functions.delete(name);
  }
}
