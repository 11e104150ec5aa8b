/**
 * What a shell makes of the lines of a script, as far as xfs_io in it needs it: pipelines, groups, loops, branches and
 * functions, and what of them runs in the background.
 */
import { type ShellLine, shellLines, type Word } from "./word-split.js";

export type Step = Lines | Group | Loop | Choice;

/** A pipeline or list, that one process runs. */
export interface Lines {
  readonly kind: "lines";
  readonly lines: readonly ShellLine[];
  readonly isBehind: boolean;
}

interface Group {
  readonly kind: "group";
  readonly steps: readonly Step[];
  readonly isBehind: boolean;
}

export interface Loop {
  readonly kind: "loop";
  /** From `for` or `while` on. */
  readonly head: readonly Word[];
  readonly steps: readonly Step[];
  readonly isBehind: boolean;
}

/** `if`: the first whose test holds runs; `else` has none. `case`: the tests are patterns for its `subject`. */
export interface Choice {
  readonly kind: "choice";
  readonly subject: Word | undefined;
  readonly branches: readonly {
    readonly test: readonly Word[] | undefined;
    readonly steps: readonly Step[];
  }[];
  readonly isBehind: boolean;
}

export interface Script {
  /** Groups are deeper in one another than anybody nests them; what is in those is left out. */
  readonly isDeep: boolean;
  readonly steps: readonly Step[];
  readonly functions: ReadonlyMap<string, readonly Step[]>;
}

interface Frame {
  readonly closes: ")" | "}" | "done" | "fi" | "esac";
  /** What it began with. */
  readonly head: readonly Word[];
  steps: Step[];
  readonly branches: { readonly test: readonly Word[] | undefined; readonly steps: Step[] }[];
  /** Of a function. */
  readonly name?: string | undefined;
}

export const MOST_DEPTH = 60;
const LOOP = /^(?:for|while|until|select)$/;

export function readScript(text: string): Script {
  const reader = new ScriptReader();
  for (const line of shellLines(text)) reader.take(line);
  return reader.end();
}

/** Whether something of it runs beside what follows. */
export function hasBehind(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      step.isBehind ||
      (step.kind === "choice" && step.branches.some((one) => hasBehind(one.steps))) ||
      ("steps" in step && hasBehind(step.steps)),
  );
}

/** Every line, whether it runs or not. */
export function* linesOf(steps: readonly Step[]): Generator<ShellLine> {
  for (const step of steps) {
    if (step.kind === "lines") yield* step.lines;
    else if (step.kind === "choice") for (const one of step.branches) yield* linesOf(one.steps);
    else yield* linesOf(step.steps);
  }
}

class ScriptReader {
  readonly #steps: Step[] = [];
  readonly #functions = new Map<string, readonly Step[]>();
  readonly #frames: Frame[] = [];
  /** Commands of a pipeline or list that goes on. */
  #list: ShellLine[] = [];
  #named: string | undefined;
  #isDeep = false;

  take({ words: all, ends, input }: ShellLine): void {
    if (this.#frames.length > MOST_DEPTH) this.#isDeep = true;
    if (this.#isDeep) return;
    const words = [...all];
    let first = words[0];
    while (first !== undefined && this.#opened(first, words)) first = words[0];
    const closed = first === undefined ? undefined : this.#closes(words);
    const goesOn = /^(?:\||&&|\|\|)$/.test(ends);
    if (words.length > 0) {
      this.#list.push({ words, ends, input });
      if (!goesOn || closed !== undefined) this.#finish(ends === "&" && closed === undefined);
    } else if (!goesOn && this.#list.length > 0) this.#finish(ends === "&");
    if (closed === undefined) return;
    this.#leave(ends === "&");
    // What becomes of the output of all of it, and where its input is from.
    if (closed.slice(1).some(({ text }) => /[<>]/.test(text)))
      this.#put({ kind: "lines", lines: [{ words: closed, ends }], isBehind: false });
  }

  end(): Script {
    this.#finish(false);
    while (this.#frames.length > 0) this.#leave(false);
    return { steps: this.#steps, functions: this.#functions, isDeep: this.#isDeep };
  }

  /** Takes what opens a group from the front of a command; whether there was something. */
  #opened(first: Word, words: Word[]): boolean {
    const { text } = first;
    const called = /^([\w-]+)\(\)(\{?)$/.exec(text) ?? (words[1]?.text === "()" ? [text, text, ""] : null);
    if (called !== null) {
      [, this.#named] = called;
      words.splice(0, words[1]?.text === "()" ? 2 : 1);
      if (called[2] === "{") this.#enter("}");
    } else if (text === "function") {
      this.#named = words[1]?.text.replace(/\(\)$/, "");
      words.splice(0, 2);
    } else if (LOOP.test(text)) this.#enter("done", words.splice(0));
    else if (text === "if") {
      const [, ...test] = words.splice(0);
      this.#enter("fi");
      this.#branch(test);
    } else if (/^(?:elif|else)$/.test(text) && this.#frames.at(-1)?.closes === "fi") {
      this.#finish(false);
      words.shift();
      this.#branch(text === "else" ? undefined : words.splice(0));
    } else if (text === "case") {
      this.#enter("esac", words.splice(0, words[2]?.text === "in" ? 3 : words.length));
    } else if (this.#frames.at(-1)?.closes === "esac" && /^\(?[^()]*\)$/.test(text)) {
      const others = this.#list.flatMap((line) => line.words);
      this.#list = [];
      words.shift();
      this.#branch([...others, first].map((word) => ({ ...word, text: word.text.replace(/^\(|\)$/g, "") })));
    } else if (text === "{") {
      this.#enter("}");
      words.shift();
    } else if (/^\((?!\()/.test(text)) {
      this.#enter(")");
      if (text === "(") words.shift();
      else words[0] = { text: text.slice(1), start: first.start + 1, end: first.end };
    } else if (/^(?:do|then|else|time|!)$/.test(text) && (text !== "do" || this.#frames.length > 0))
      words.shift();
    else return false;
    return true;
  }

  #branch(test: readonly Word[] | undefined): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    frame.steps = [];
    frame.branches.push({ test, steps: frame.steps });
  }

  /** Takes what closes the innermost group out of a command, with what stands behind; undefined when nothing does. */
  #closes(words: Word[]): readonly Word[] | undefined {
    const closes = this.#frames.at(-1)?.closes;
    const [first] = words;
    if (first?.text === closes) return words.splice(0);
    const at = closes === ")" ? words.findIndex(({ text }) => /^[^()]*\)$/.test(text)) : -1;
    const last = words[at];
    if (last === undefined) return undefined;
    const behind = words.splice(at);
    if (last.text !== ")") words.push({ ...last, text: last.text.slice(0, -1), end: last.end - 1 });
    return [{ ...last, text: ")" }, ...behind.slice(1)];
  }

  #enter(closes: Frame["closes"], head: readonly Word[] = []): void {
    this.#finish(false);
    const name = closes === "}" ? this.#named : undefined;
    this.#frames.push({ closes, head, steps: [], branches: [], name });
    this.#named = undefined;
  }

  #finish(isBehind: boolean): void {
    const lines = this.#list;
    this.#list = [];
    if (lines.length > 0) this.#put({ kind: "lines", lines, isBehind });
  }

  #leave(isBehind: boolean): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const { closes, steps, branches, head, name } = frame;
    if (name !== undefined) this.#functions.set(name, steps);
    else if (closes === "done") this.#put({ kind: "loop", head, steps, isBehind });
    else if (closes === "fi" || closes === "esac")
      this.#put({ kind: "choice", subject: closes === "esac" ? head[1] : undefined, branches, isBehind });
    else if (steps.length > 0) this.#put({ kind: "group", steps, isBehind });
  }

  #put(step: Step): void {
    (this.#frames.at(-1)?.steps ?? this.#steps).push(step);
  }
}
