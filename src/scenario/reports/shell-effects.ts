/**
 * What a shell script does to the file, or would do: calls of xfs_io and of tools, reads, syncs, mounts, and what of it is
 * left out. Where a script is only looked at, all of it is counted and nothing is done.
 */
import { quoted } from "../yaml/diagnostic.js";
import { areTwo } from "./shell-places.js";
import type { Process } from "./shell-race.js";
import { toolCall } from "./shell-tools.js";
import { shown } from "./shell-values.js";
import type { Span } from "./told-program.js";
import type { Word } from "./word-split.js";
import { callOf } from "./xfs-io-call.js";
import type { XfsIoSession } from "./xfs-io-session.js";

const LARGEST_PAGE = 65536;

export class Effects {
  readonly session: XfsIoSession;
  /** Times that something was done to the file. */
  done = 0;
  /** Times that something was left out. */
  lost = 0;
  /** Times that the file was taken away after something had been done to it. */
  removed = 0;
  /** Nothing comes after it: an unmount then is that of any end. */
  isEnding = false;
  /** What only a shell knows, and what is done depends on. */
  asked: Span | undefined;
  /** The first file that xfs_io is called for. */
  #toCome = "";
  #isDry = false;
  readonly #said = new Set<number>();

  constructor(session: XfsIoSession) {
    this.session = session;
  }

  /** What all is about. */
  get file(): string {
    return this.session.file ?? this.#toCome;
  }

  get isDry(): boolean {
    return this.#isDry;
  }

  /** Runs something so that nothing is done. */
  dry<T>(run: () => T): T {
    const before = this.#isDry;
    this.#isDry = true;
    const result = run();
    this.#isDry = before;
    return result;
  }

  /** Something is left out, and the program is a part. */
  lose(what: string, span?: Span): void {
    this.lost++;
    const { program } = this.session;
    if (!this.#isDry) program.leaveOut(span === undefined ? what : `${what}, ${program.at(span.start)}`);
  }

  note(text: string): void {
    if (!this.#isDry) this.session.program.note(text);
  }

  /** What is done next depends on what only a shell knows. */
  sayAsked(asked = this.asked): void {
    if (asked === undefined || this.#isDry || this.#said.has(asked.start)) return;
    this.#said.add(asked.start);
    const { program } = this.session;
    program.leaveOut(
      `what a shell may decide otherwise ${program.at(asked.start)} (the first arm that does something was taken: give one)`,
    );
  }

  #act(run: () => void): void {
    this.done++;
    if (this.#isDry) return;
    this.sayAsked();
    run();
  }

  #thread(runner: Process): string {
    return this.session.race.thread(runner, this.session.program);
  }

  /** A call of xfs_io; `words` behind its name, `lines` what it reads. */
  xfsIo(runner: Process, words: readonly Word[], lines: readonly Word[] | string | undefined): void {
    const file = callOf(words).file;
    if (this.#toCome === "" && file !== undefined) this.#toCome = shown(file.text);
    if (typeof lines === "string") this.lose(lines);
    const all = words.map((word) => ({ ...word, text: shown(word.text) }));
    const input = typeof lines === "string" ? [] : lines;
    this.#act(() => this.session.call(all, this.#thread(runner), input));
  }

  tool(runner: Process, name: string, given: readonly string[], span: Span): void {
    const call = toolCall(name, given, { file: this.file, ...this.session.about });
    if (typeof call === "string")
      this.lose(`${name} ${call} ${this.session.program.at(span.start)}, which is not read`);
    else if (call.file !== this.file) {
      if (areTwo(call.file, this.file)) this.note(`${name} of ${quoted(call.file)} is about another file`);
      else this.lose(`${name} of ${quoted(call.file)}`);
    } else
      this.#act(() => {
        if (call.beyond !== undefined && !this.session.beyond(call.beyond, name, span)) return;
        this.session.tool(call, this.#thread(runner), span);
      });
  }

  /** As whoever compares a file before and after does. */
  readAll(runner: Process): void {
    this.#act(() => {
      const { end } = this.session.program;
      if (end > 0) this.session.add(this.#thread(runner), { kind: "read", from: 0, to: end });
    });
  }

  empty(runner: Process): void {
    this.#act(() => this.session.add(this.#thread(runner), { kind: "truncate", from: 0, to: 0 }));
  }

  remove(): void {
    if (this.#isDry ? this.done > 0 : this.session.program.ops > 0) this.removed++;
    if (!this.#isDry) this.session.remove();
  }

  sync(runner: Process): void {
    this.#act(() =>
      this.session.add(this.#thread(runner), { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY }),
    );
  }

  dropAll(runner: Process, isSynced: boolean): void {
    const { program } = this.session;
    if (this.isEnding) return;
    if (this.#isDry ? this.done === 0 : program.ops === 0) return;
    this.note(
      "mounting anew is an fsync and an evict of the whole file here, dropping caches an evict of what is clean",
    );
    if (isSynced) this.sync(runner);
    this.#act(() => {
      const to = Math.ceil(Math.max(1, program.end) / LARGEST_PAGE) * LARGEST_PAGE;
      this.session.add(this.#thread(runner), { kind: "evict", from: 0, to });
    });
  }

  /** What the model does not have. */
  beyond(name: string, what: string, span: Span): void {
    this.lost++;
    if (!this.#isDry) this.session.beyond(name, what, span);
  }
}
