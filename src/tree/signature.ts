/**
 * What a toggle looks like in source text: rules that look for patterns of tokens in functions, by whatever name they
 * have had, and answer on, off or unknown. Both answers need evidence: a function that shows neither is unknown.
 *
 * A pattern is tokens with spaces between them. `a|b` is either, `...` is anything up to the end of the statement.
 */
import type { Definition, Source } from "./c-source.js";

/** A file of the tree as tokens; undefined when there is none. */
export type Tree = (path: string) => Source | undefined;

/** What decided. */
export interface Evidence {
  readonly file: string;
  readonly function: string;
  readonly line: number;
}

export type Answer = { readonly on: boolean; readonly at: Evidence } | { readonly unknown: string };

export interface Rule {
  readonly places: readonly Place[];
  readonly answer: (tree: Tree) => Answer;
}

/** Functions to look into: under each of these names, in each of these files. */
export interface Place {
  readonly files: readonly string[];
  readonly names: readonly string[];
}

type Patterns = string | readonly string[];

export function place(files: string | readonly string[], ...names: readonly string[]): Place {
  return { files: typeof files === "string" ? [files] : files, names };
}

/** On where a function shows one of the first patterns, else off where one shows one of the others. */
export function shows(where: Place, on: Patterns, off: Patterns): Rule {
  return rule(where, (functions) => {
    for (const isOn of [true, false]) {
      for (const one of functions) {
        const hit = find(one, isOn ? on : off);
        if (hit !== undefined) return decided(one, hit, isOn);
      }
    }
    return neither(functions, [on, off].flat());
  });
}

/** Of a function that shows both patterns: on where the first comes first. After the pattern `after`, if there is one. */
export function inOrder(where: Place, first: Patterns, second: Patterns, after?: string): Rule {
  return rule(where, (functions) => {
    for (const one of functions) {
      const early = find(one, first, after);
      const late = find(one, second, after);
      if (early !== undefined && late !== undefined) return decided(one, early, early < late);
    }
    return neither(functions, [first, second].flat());
  });
}

/** On where all are on, with the evidence of the last; off as the first that is off. */
export function all(...rules: readonly Rule[]): Rule {
  return combined(rules, false);
}

/** On as the first that is on; off where all are off, with the evidence of the last. */
export function some(...rules: readonly Rule[]): Rule {
  return combined(rules, true);
}

export function not({ places, answer }: Rule): Rule {
  return {
    places,
    answer: (tree) => {
      const found = answer(tree);
      return "unknown" in found ? found : { ...found, on: !found.on };
    },
  };
}

function combined(rules: readonly Rule[], decisive: boolean): Rule {
  return {
    places: rules.flatMap(({ places }) => places),
    answer: (tree) => {
      const answers = rules.map(({ answer }) => answer(tree));
      return (
        answers.find((one) => "on" in one && one.on === decisive) ??
        answers.find((one) => "unknown" in one) ??
        answers.at(-1)!
      );
    },
  };
}

/** A function in its file. */
interface Found {
  readonly file: string;
  readonly source: Source;
  readonly definition: Definition;
}

function rule(where: Place, decide: (functions: readonly Found[]) => Answer): Rule {
  return {
    places: [where],
    answer: (tree) => {
      const functions = functionsAt(tree, where);
      return functions.length === 0 ? missing(where) : decide(functions);
    },
  };
}

function functionsAt(tree: Tree, { files, names }: Place): Found[] {
  return names.flatMap((name) =>
    files.flatMap((file) => {
      const source = tree(file);
      const definition = source?.definitions.get(name);
      return source === undefined || definition === undefined ? [] : [{ file, source, definition }];
    }),
  );
}

/** Index of the first token of the first match of any of the patterns, after the pattern `after`. */
function find({ source, definition }: Found, patterns: Patterns, after?: string): number | undefined {
  const { from, to } = definition;
  const start = after === undefined ? from : firstMatch(source.tokens, from, to, after);
  if (start === undefined) return undefined;
  const hits = [patterns].flat().map((pattern) => firstMatch(source.tokens, start, to, pattern));
  const indices = hits.filter((hit) => hit !== undefined);
  return indices.length === 0 ? undefined : Math.min(...indices);
}

function firstMatch(
  tokens: readonly string[],
  from: number,
  to: number,
  pattern: string,
): number | undefined {
  const parts = pattern.split(" ").map((part) => (part === "..." ? part : alternatives(part)));
  for (let at = from; at < to; at++) if (matches(tokens, at, to, parts, 0)) return at;
  return undefined;
}

type Part = "..." | readonly string[];

/** `||` and `|` are tokens themselves. */
function alternatives(part: string): readonly string[] {
  return /^\|+=?$/.test(part) ? [part] : part.split("|");
}

function matches(
  tokens: readonly string[],
  at: number,
  to: number,
  parts: readonly Part[],
  next: number,
): boolean {
  const part = parts[next];
  if (part === undefined) return true;
  if (part !== "...")
    return at < to && part.includes(tokens[at]!) && matches(tokens, at + 1, to, parts, next + 1);
  for (let end = at; end < to && tokens[end] !== ";"; end++)
    if (matches(tokens, end, to, parts, next + 1)) return true;
  return false;
}

/** The answer that the token at `hit` gives; unknown where that is compiled under a condition. */
function decided({ file, source, definition }: Found, hit: number, on: boolean): Answer {
  const { name, from } = definition;
  const guard = source.guards[hit]!;
  const line = source.lines[hit]!;
  if (guard !== "" && guard !== source.guards[from - 1])
    return { unknown: `it depends on ${guard} in ${name}(), ${file}:${line}` };
  return { on, at: { file, function: name, line } };
}

function missing({ files, names }: Place): Answer {
  const all = names.map((name) => `${name}()`);
  return { unknown: `no ${listed(all)} in ${listed(files)}` };
}

function neither(functions: readonly Found[], patterns: readonly string[]): Answer {
  const places = functions.map(({ file, definition }) => `${definition.name}(), ${file}:${definition.line},`);
  const wanted = patterns.map((pattern) => `"${pattern}"`);
  return { unknown: `${listed(places)} shows none of ${wanted.join(", ")}` };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
