/**
 * What a shell makes of the lines of a script, as far as xfs_io in it needs it: pipelines, groups, loops and functions, and
 * what of them runs in the background. Bodies of loops stand once.
 */
import { type ShellLine, shellLines, type Word } from "./word-split.js";

/** Lines that one process runs, one after the other. */
export interface Job {
  readonly lines: readonly ShellLine[];
  readonly isBehind: boolean;
}

export interface Script {
  readonly jobs: readonly Job[];
  /** Where loops begin. */
  readonly loops: readonly Word[];
  /** It would run more lines than are read. */
  readonly isCut: boolean;
}

interface Frame {
  readonly closes: ")" | "}" | "done";
  readonly jobs: Job[];
  /** Of a function. */
  readonly name?: string | undefined;
}

/** More lines than any report has: functions that call others many times make many of few. */
export const MOST_LINES = 20_000;
const LOOP = /^(?:for|while|until|select)$/;

export function readScript(text: string): Script {
  const reader = new ScriptReader();
  for (const line of shellLines(text)) reader.take(line);
  return reader.end();
}

class ScriptReader {
  readonly #jobs: Job[] = [];
  readonly #loops: Word[] = [];
  readonly #functions = new Map<string, readonly Job[]>();
  readonly #frames: Frame[] = [];
  /** Commands of a pipeline or list that goes on. */
  #list: ShellLine[] = [];
  #named: string | undefined;
  #left = MOST_LINES;

  take({ words: all, ends }: ShellLine): void {
    const words = [...all];
    let first = words[0];
    while (first !== undefined && this.#opened(first, words)) first = words[0];
    const closed = first === undefined ? undefined : this.#closes(words);
    const goesOn = /^(?:\||&&|\|\|)$/.test(ends);
    if (words.length > 0) {
      this.#list.push({ words, ends });
      if (!goesOn || closed !== undefined) this.#finish(ends === "&" && closed === undefined);
    } else if (!goesOn && this.#list.length > 0) this.#finish(ends === "&");
    if (closed !== undefined) this.#leave(ends === "&");
  }

  end(): Script {
    this.#finish(false);
    while (this.#frames.length > 0) this.#leave(false);
    return { jobs: this.#jobs, loops: this.#loops, isCut: this.#left < 0 };
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
    } else if (LOOP.test(text)) {
      this.#loops.push(first);
      this.#enter("done");
      words.length = 0;
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

  /** Takes what closes the innermost group out of a command; undefined when nothing does. */
  #closes(words: Word[]): true | undefined {
    const closes = this.#frames.at(-1)?.closes;
    const [first] = words;
    if (first?.text === closes) {
      words.length = 0;
      return true;
    }
    // Behind a `)` there is what becomes of the output.
    const at = closes === ")" ? words.findIndex(({ text }) => /^[^()]*\)$/.test(text)) : -1;
    const last = words[at];
    if (last === undefined) return undefined;
    words.length = at;
    if (last.text !== ")") words.push({ ...last, text: last.text.slice(0, -1), end: last.end - 1 });
    return true;
  }

  #enter(closes: Frame["closes"]): void {
    this.#finish(false);
    this.#frames.push({ closes, jobs: [], name: closes === "}" ? this.#named : undefined });
    this.#named = undefined;
  }

  #finish(isBehind: boolean): void {
    const lines = this.#list;
    this.#list = [];
    if (lines.length === 0) return;
    const called = this.#functions.get(lines[0]?.words[0]?.text ?? "");
    if (called === undefined) this.#put([{ lines, isBehind }]);
    else this.#put(isBehind ? [joined(called)] : called);
  }

  #leave(isBehind: boolean): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.name !== undefined) this.#functions.set(frame.name, frame.jobs);
    else if (frame.jobs.length > 0) this.#put(isBehind ? [joined(frame.jobs)] : frame.jobs);
  }

  #put(jobs: readonly Job[]): void {
    const to = this.#frames.at(-1)?.jobs ?? this.#jobs;
    for (const job of jobs) {
      this.#left -= job.lines.length;
      if (this.#left >= 0) to.push(job);
    }
  }
}

function joined(jobs: readonly Job[]): Job {
  return { lines: jobs.flatMap(({ lines }) => lines), isBehind: true };
}
