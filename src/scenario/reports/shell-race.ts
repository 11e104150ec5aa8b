/**
 * What of a shell script runs beside what: processes in the background until the script waits for all of them. One that
 * nothing ran beside was no race, and what follows it goes on alone.
 */
import type { ToldProgram } from "./told-program.js";
import type { Word } from "./word-split.js";

export const FOREGROUND = "xfs_io";

export class Race {
  /** A race was waited for: what follows it is not part of it. */
  isOver = false;
  #isRacing = false;
  /** Of those that run. */
  readonly #running = new Set<string>();
  /** By variable that holds a process id. */
  readonly #pids = new Map<string, string>();
  #last = "";
  #count = 0;

  /** A process begins in the background: its thread. */
  begin(program: ToldProgram): string {
    if (!this.#isRacing && !this.isOver) program.beginThreads(FOREGROUND);
    this.#isRacing = true;
    this.#last = `${FOREGROUND}-${++this.#count}`;
    this.#running.add(this.#last);
    return this.#last;
  }

  /** `pid=$!`, `pids="$pids $!"`: with more than one it is about all. */
  assign(text: string): void {
    const [, name, value = ""] = /^(?:local\s+)?(\w+)\+?=(.*)$/s.exec(text) ?? [];
    if (name === undefined || !value.includes("$!")) return;
    if (/^["']?\$!["']?$/.test(value) && !this.#pids.has(name)) this.#pids.set(name, this.#last);
    else this.#pids.set(name, "");
  }

  /** `wait` alone waits for all, and so does what it is not known of whom it waits for. */
  wait(program: ToldProgram, words: readonly Word[]): void {
    if (!this.#isRacing) return;
    const names = words.map(({ text }) => this.#waitedFor(text));
    if (names.length > 0 && names.every((name) => name !== ""))
      for (const name of names) this.#running.delete(name);
    else this.#running.clear();
    if (this.#running.size > 0) {
      program.note(
        "a wait for some of those in the background is not kept: more orders are tried than the script has",
      );
      return;
    }
    this.#isRacing = false;
    if (program.threadNames.length > 1) this.isOver = true;
    else {
      program.beginThreads(program.threadNames[0] ?? FOREGROUND);
      this.#count = 0;
    }
  }

  #waitedFor(text: string): string {
    if (text === "$!") return this.#last;
    return this.#pids.get(/^\$\{?(\w+)\}?$/.exec(text)?.[1] ?? "") ?? "";
  }
}
