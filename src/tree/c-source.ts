/**
 * C text as the functions that are asked for, in tokens with their lines. Comments and what stands
 * under `#if 0` are skipped; of strings only their being there is kept. Knows nothing of kernels.
 */

/** Text that is no C, with the line of the place. */
export class Damage extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/** A function: tokens `[from, to)` of its source lie between its braces. */
export interface Definition {
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export interface Source {
  readonly tokens: readonly string[];
  /** Of each token, counted from 1. */
  readonly lines: readonly number[];
  /** Of each token the innermost condition that it is compiled under, such as `#ifdef X`; "" for none. */
  readonly guards: readonly string[];
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** A comment, a string, or a token that is no word. */
const LEXEME =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|->|\+\+|--|<<|>>|&&|\|\||[-+*/%&|^!=<>]=|[\s\S]/y;
const DIRECTIVE = /#(?:[^\n\\/]|\\\r?\n|\\|\/\*[\s\S]*?\*\/|\/)*/y;
const [TAB, LF, CR, SPACE, SLASH, HASH] = [9, 10, 13, 32, 47, 35];

/** Reads the wanted definitions of a source file. Throws Damage where it is cut short, in conflict, or not C at all. */
export function readC(text: string, wanted: ReadonlySet<string>): Source {
  const reader = new DefinitionReader(wanted);
  let line = 1;
  let isLineStart = true;
  for (let at = 0, end = 0; at < text.length; at = end) {
    const first = text.charCodeAt(at);
    if (first === LF) {
      line++;
      isLineStart = true;
    }
    if (first === SPACE || first === TAB || first === LF || first === CR) {
      end = at + 1;
      continue;
    }
    const isDirective = isLineStart && first === HASH;
    end = isWord(first) ? endOfWord(text, at) : endOfMatch(isDirective ? DIRECTIVE : LEXEME, text, at);
    if (isDirective) reader.direct(text.slice(at, end), line);
    else if (first !== SLASH || end === at + 1 || text[at + 1] === "=") {
      if (first === SLASH && text[end] === "*")
        throw new Damage(line, "a comment begins here and does not end");
      if (isLineStart && /^(?:<{7}|>{7}) /.test(text.slice(at, at + 8)))
        throw new Damage(line, "a merge conflict is left here");
      reader.take(text, at, end, line);
      isLineStart = false;
    }
    if (!isWord(first)) for (let to = at; to < end; to++) if (text.charCodeAt(to) === LF) line++;
  }
  return reader.end(line);
}

/** Whether it is a letter, a digit or an underscore. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (isWord(text.charCodeAt(end))) end++;
  return end;
}

/** Testing moves the pattern on and, unlike a match, makes nothing: there are many lexemes. */
function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** A condition that is open: where its present branch begins, and whether that is ever compiled. */
interface Branch {
  readonly guard: string;
  readonly line: number;
  readonly depth: number;
  readonly isDead: boolean;
}

const [NUL, QUOTE, APOSTROPHE, OPEN, CLOSE] = [0, 34, 39, 123, 125];

/** Keeps the tokens of wanted definitions, and those outside of all, which name them. */
class DefinitionReader implements Source {
  readonly tokens: string[] = [];
  readonly lines: number[] = [];
  readonly guards: string[] = [];
  readonly definitions = new Map<string, Definition>();
  readonly #wanted: ReadonlySet<string>;
  #depth = 0;
  /** What is being read within braces; its end is not known yet. */
  #inside: Definition | undefined;
  #branches: readonly Branch[] = [];
  /** Of the open branches. */
  #isDead = false;
  #guard = "";

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }
  /** The lexeme `[at, end)` of the text, which is no comment. */
  take(text: string, at: number, end: number, line: number): void {
    const first = text.charCodeAt(at);
    if (first === NUL) throw new Damage(line, "it is not text");
    if (this.#isDead) return;
    if (first === CLOSE) this.#close(line);
    const isQuote = first === QUOTE || first === APOSTROPHE;
    if (isQuote && end === at + 1) throw new Damage(line, "a string begins here and does not end");
    if (this.#depth === 0 || this.#wanted.has(this.#inside?.name ?? "")) {
      this.tokens.push(isQuote ? '""' : text.slice(at, end));
      this.lines.push(line);
      this.guards.push(this.#guard);
    }
    if (first === OPEN && this.#depth++ === 0) this.#inside = this.#begun(line);
  }
  direct(text: string, line: number): void {
    const [, word = "", rest = ""] = /^#\s*(\w*)\s*([\s\S]*)$/.exec(text) ?? [];
    if (/^if(?:n?def)?$/.test(word)) {
      const guard = `#${word} ${rest.replace(/\s+/g, " ").trim()}`;
      this.#enter({ guard, line, depth: this.#depth, isDead: guard === "#if 0" });
    } else if (/^el(?:se|if)$/.test(word)) {
      const { guard, depth } = this.#leave(line);
      // Where both branches open or close a block, one is enough.
      this.#enter({ guard, line, depth, isDead: guard === "#if 1" || depth !== this.#depth });
    } else if (word === "endif") this.#leave(line);
  }
  end(line: number): Source {
    const [branch] = this.#branches;
    if (branch !== undefined) throw new Damage(branch.line, `${branch.guard} begins here and does not end`);
    const { name = "", line: start = line } = this.#inside ?? {};
    if (this.#depth > 0) throw new Damage(start, `${name || "a block"} begins here and does not end`);
    if (this.tokens.length === 0) throw new Damage(line, "it is empty");
    return this;
  }
  #close(line: number): void {
    if (this.#depth === 0) throw new Damage(line, "a } closes nothing");
    if (--this.#depth > 0 || this.#inside === undefined) return;
    const { name } = this.#inside;
    if (this.#wanted.has(name) && !this.definitions.has(name))
      this.definitions.set(name, { ...this.#inside, to: this.tokens.length });
    this.#inside = undefined;
  }
  #begun(line: number): Definition {
    const from = this.tokens.length;
    const head = nameBefore(this.tokens, from - 2);
    return { name: this.tokens[head] ?? "", line: this.lines[head] ?? line, from, to: from };
  }
  #enter(branch: Branch): void {
    this.#stand([...this.#branches, branch]);
  }
  #leave(line: number): Branch {
    const branch = this.#branches.at(-1);
    if (branch === undefined) throw new Damage(line, "an #else or #endif without an #if");
    this.#stand(this.#branches.slice(0, -1));
    return branch;
  }
  #stand(branches: readonly Branch[]): void {
    this.#branches = branches;
    this.#isDead = branches.some(({ isDead }) => isDead);
    this.#guard = branches.findLast(({ guard }) => !/^#if [01]$/.test(guard))?.guard ?? "";
  }
}

/** Index of the name of the function whose body begins after `at`; -1 when none does. */
function nameBefore(tokens: readonly string[], at: number): number {
  if (tokens[at] !== ")") return -1;
  const before = opening(tokens, at) - 1;
  // An annotation such as __must_hold(lock) may stand between the parameters and the body.
  if (tokens[before - 1] === ")") return nameBefore(tokens, before - 1);
  return /^[A-Za-z_]\w*$/.test(tokens[before] ?? "") ? before : -1;
}

/** Index of the parenthesis that the one at `close` closes. */
function opening(tokens: readonly string[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (tokens[at] === ")") depth++;
    else if (tokens[at] === "(" && --depth === 0) return at;
  }
  return -1;
}
