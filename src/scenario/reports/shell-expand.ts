/**
 * What a shell makes of a word: values in place of variables, what commands print as far as that is known, fields.
 * What only a shell knows stays as it is written, between signs (shell-values.ts).
 */
import {
  type ArithmeticExpression,
  type ParameterExpansionPart,
  parse,
  type Script,
  type Word as SyntaxWord,
  type WordPart,
} from "unbash";
import { compute, type Variables } from "./shell-arithmetic.js";
import { alternatives } from "./shell-braces.js";
import { changed } from "./shell-parameters.js";
import { fieldsOf, isKnown, type ShellValues, unknown } from "./shell-values.js";
import type { Span } from "./told-program.js";
import type { Word } from "./word-split.js";

/** What runs inside of a word: what it prints, where that is known. */
export interface Inside {
  substitute(script: Script, isProcess: boolean): string | undefined;
}

/** More, and it is no report. */
const MOST_FIELDS = 4096;
/** Of one word, by braces in turn. */
const MOST_MADE = 4 * MOST_FIELDS;
const MOST_LENGTH = 1 << 20;

export class Expander {
  values: ShellValues;
  readonly #inside: Inside;
  /** Of the values that were asked for, where the first is told that is so only perhaps. */
  asked: Span | undefined;
  /** Where what is worked out stands. */
  place = 0;
  /** What `$?` is. */
  status: () => string | undefined = () => undefined;
  /** A part was there that is not worked out: where. */
  missed: Span | undefined;
  /** Braces make more words than any report has: where. */
  tooMany: Span | undefined;
  #made = 0;
  /** Of `<(...)` and `>(...)`, those that did something. */
  beside = 0;

  constructor(values: ShellValues, inside: Inside) {
    this.values = values;
    this.#inside = inside;
  }

  /** As arguments of a command are. */
  fields(words: readonly SyntaxWord[]): Word[] {
    return words.flatMap((word) => {
      const { pos: start, end } = word;
      this.#made = 0;
      this.place = start;
      return this.#fields(word)
        .slice(0, MOST_FIELDS)
        .map((text) => ({ text: text.slice(0, MOST_LENGTH), start, end }));
    });
  }

  /** As what is assigned is: one text. */
  text(word: SyntaxWord): string {
    return (word.parts === undefined ? word.value : this.#joined(word.parts)).slice(0, MOST_LENGTH);
  }

  /** A pattern: what is quoted in it stands behind a backslash. Undefined where it is not known. */
  pattern({ parts, value, text }: SyntaxWord): string | undefined {
    const plain = (one: string): string => one.replace(/[*?[\]\\@!+()]/g, "\\$&");
    if (parts === undefined) return text === value ? value : plain(value);
    const all = parts.map((part) => {
      if (part.type === "Glob" || part.type === "ExtendedGlob") return part.text;
      const one = this.#list(part)?.join(" ") ?? this.#one(part);
      return /Expansion$/.test(part.type) ? one : plain(one);
    });
    return isKnown(all.join("")) ? all.join("") : undefined;
  }

  /** `$((...))`; NaN where it is not known. */
  compute(of: ArithmeticExpression | undefined): number {
    return of === undefined ? 0 : compute(of, this.#variables);
  }

  /** The text of a variable or place; undefined where it was never given one. */
  valueOf(name: string): string | undefined {
    const { args } = this.values;
    if (/^\d+$/.test(name))
      return name === "0" || args === undefined ? undefined : (args[Number(name) - 1] ?? "");
    if (name === "@" || name === "*") return args?.join(" ");
    if (name === "#") return args === undefined ? undefined : String(args.length);
    if (name === "?") return this.status();
    const value = this.values.get(name);
    this.asked ??= value?.asked;
    if (value !== undefined) return value.text;
    return /^_?page_?size$/i.test(name) ? String(this.values.sizes.page) : undefined;
  }

  itemsOf(name: string): readonly string[] | undefined {
    if (name === "@" || name === "*") return this.values.args;
    const value = this.values.get(name);
    this.asked ??= value?.asked;
    if (value?.items === undefined) return value === undefined ? undefined : [value.text];
    return value.items.filter((one) => one !== undefined);
  }

  get #variables(): Variables {
    return {
      fails: () => {
        this.missed ??= { start: this.place, end: this.place + 1 };
      },
      get: (name, index) =>
        index === undefined ? this.valueOf(name) : this.#item(name, this.compute(index)),
      set: (name, number) => {
        const plain = /^[A-Za-z_]\w*$/.test(name);
        const text = Number.isNaN(number) ? unknown(`\${${name}}`) : String(number);
        this.values.set(plain ? name : name.replace(/\[.*$/s, ""), {
          text: plain ? text : unknown(`\${${name}}`),
        });
      },
      expand: (word) => {
        if (word.type === "ArithmeticCommandExpansion") return this.#printed(word.text, word.script);
        return word.type === "ArithmeticWord" ? this.#joined(word.parts ?? []) : "";
      },
    };
  }

  #item(name: string, at: number): string | undefined {
    const value = this.values.get(name);
    this.asked ??= value?.asked;
    if (value === undefined || Number.isNaN(at)) return undefined;
    const items = value.items ?? [value.text];
    return items[at < 0 ? items.length + at : at] ?? "";
  }

  #joined(parts: readonly WordPart[]): string {
    return parts.map((part) => this.#list(part)?.join(" ") ?? this.#one(part)).join("");
  }

  #fields(word: SyntaxWord): string[] {
    const { parts } = word;
    if (parts === undefined) return [word.value];
    const brace = parts.findIndex(({ type }) => type === "BraceExpansion");
    if (brace >= 0) return this.#braced(word, parts[brace] as WordPart);
    const fields: string[] = [];
    let open: string | undefined;
    const put = (text: string): void => {
      open = `${open ?? ""}${text}`;
    };
    const list = (items: readonly string[]): void => {
      for (const [n, item] of items.entries()) {
        if (n > 0) {
          fields.push(open ?? "");
          open = undefined;
        }
        put(item);
      }
    };
    for (const part of parts) {
      const items = this.#list(part);
      if (part.type === "DoubleQuoted" || part.type === "LocaleString") {
        if (items !== undefined) list(items);
        else {
          const isList = part.parts.some((one) => (this.#list(one)?.length ?? 1) !== 1);
          if (isList) this.missed ??= { start: part.pos, end: part.end };
          put(this.#joined(part.parts));
        }
      } else if (items === undefined && !/Expansion$/.test(part.type)) put(this.#one(part));
      else {
        // Blanks at its ends part it from what stands beside it.
        const text = items === undefined ? this.#one(part) : items.join(" ");
        if (/^\s/.test(text) && open !== undefined) {
          fields.push(open);
          open = undefined;
        }
        list(fieldsOf(text));
        if (/\s$/.test(text) && open !== undefined) {
          fields.push(open);
          open = undefined;
        }
      }
    }
    return open === undefined ? fields : [...fields, open];
  }

  #braced(word: SyntaxWord, brace: WordPart): string[] {
    const [from, to] = [brace.pos - word.pos, brace.end - word.pos];
    const some = alternatives(word.text.slice(from, to));
    if (some === undefined) {
      this.missed ??= { start: word.pos, end: word.end };
      return [unknown(word.text)];
    }
    if (some.length > MOST_FIELDS) this.missed ??= { start: word.pos, end: word.end };
    return some.slice(0, MOST_FIELDS).flatMap((one) => {
      if (++this.#made > MOST_MADE) {
        this.tooMany ??= { start: this.place, end: this.place + 1 };
        return [];
      }
      const text = `${word.text.slice(0, from)}${one}${word.text.slice(to)}`;
      const command = parse(`: ${text}`).commands[0]?.command;
      const [again] = command?.type === "Command" ? command.args : [];
      return again?.type === "Word" ? this.#fields(again) : [];
    });
  }

  /** `$@` and `${a[@]}` are fields of their own. */
  #list(part: WordPart): readonly string[] | undefined {
    if (part.type === "DoubleQuoted") {
      const [only] = part.parts;
      return part.parts.length === 1 && only !== undefined ? this.#list(only) : undefined;
    }
    if (part.type === "SimpleExpansion" && part.text === "$@") return this.itemsOf("@");
    if (part.type !== "ParameterExpansion" || part.operation !== undefined || part.prefix !== undefined)
      return undefined;
    if (part.parameter === "@") return this.itemsOf("@");
    return part.index?.text === "@" ? this.itemsOf(part.parameter) : undefined;
  }

  #one(part: WordPart): string {
    switch (part.type) {
      case "DoubleQuoted":
      case "LocaleString":
        return this.#joined(part.parts);
      case "SimpleExpansion":
        return this.valueOf(part.text.slice(1)) ?? unknown(part.text);
      case "ParameterExpansion":
        return this.#parameter(part);
      case "ArithmeticExpansion": {
        this.place = part.pos;
        const value = part.expression === undefined ? Number.NaN : this.compute(part.expression);
        return Number.isNaN(value) ? unknown(part.text) : String(value);
      }
      case "CommandExpansion":
        return this.#printed(part.text, part.script);
      case "ProcessSubstitution":
        if (part.script !== undefined) this.#inside.substitute(part.script, true);
        return unknown(part.text);
      case "ExtendedGlob":
      case "BraceExpansion":
        return part.text;
      default:
        return part.value;
    }
  }

  #printed(text: string, script: Script | undefined): string {
    const printed = script === undefined ? undefined : this.#inside.substitute(script, false);
    return printed ?? unknown(text);
  }

  #parameter(part: ParameterExpansionPart): string {
    const { parameter, index, operation, prefix } = part;
    const isAll = index?.text === "@" || index?.text === "*";
    if (prefix === "#" && (isAll || parameter === "@" || parameter === "*")) {
      const items = this.itemsOf(parameter);
      return items === undefined ? unknown(part.text) : String(items.length);
    }
    if (prefix === "!" || (operation !== undefined && index !== undefined)) return unknown(part.text);
    const at = index === undefined || isAll ? undefined : this.indexOf(index);
    const text = isAll
      ? this.itemsOf(parameter)?.join(" ")
      : at === undefined
        ? this.valueOf(parameter)
        : this.#item(parameter, at);
    if (prefix === "#")
      return text === undefined || !isKnown(text) ? unknown(part.text) : String(text.length);
    if (operation === undefined) return text ?? unknown(part.text);
    const set = (value: string): void => this.values.set(parameter, { text: value });
    return changed(operation, text, (word) => this.text(word), set) ?? unknown(part.text);
  }

  /** Of an array's item; NaN where it is not known. */
  indexOf(index: SyntaxWord): number {
    const command = parse(`((${this.text(index)}))`).commands[0]?.command;
    return command?.type === "ArithmeticCommand" ? this.compute(command.expression) : Number.NaN;
  }
}
