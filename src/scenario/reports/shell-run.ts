/** A shell script that calls xfs_io, run as far as that can be said without a shell. */
import { beyondModel } from "../beyond-model.js";
import { quoted } from "../yaml/diagnostic.js";
import { bare, isHarmless, nameOf, succeeds } from "./shell-commands.js";
import { Documents } from "./shell-documents.js";
import { MOST_TURNS, valuesOf } from "./shell-loops.js";
import { FOREGROUND } from "./shell-race.js";
import {
  type Choice,
  hasBehind,
  type Lines,
  type Loop,
  linesOf,
  MOST_DEPTH,
  type Script,
  type Step,
} from "./shell-script.js";
import { holds, matches } from "./shell-tests.js";
import { isTool, toolCall } from "./shell-tools.js";
import { useOf } from "./shell-uses.js";
import { shellLines, type Word } from "./word-split.js";
import { callOf } from "./xfs-io-call.js";
import type { XfsIoSession } from "./xfs-io-session.js";

const PROGRAM = /(?:^|[/"'{$(`])(?:xfs_io|XFS_IO_PROG)\}?$/;
/** More lines than any report has: functions that call others many times make many of few. */
const MOST_LINES = 200_000;
/** Arguments of a function; one that calls itself with twice as many would have any number. */
const MOST_GIVEN = 100;
const PRINTED = /\$\((?!\()([^()]*)\)|`([^`]*)`/g;
const LARGEST_PAGE = 65536;
const ENDLESS = /^(?:true|false|:|1)$/;
/** What runs in the background has its thread from its first call on. */
interface Place {
  thread?: string;
}

export class ScriptRun {
  readonly #session: XfsIoSession;
  readonly #script: Script;
  /** The first file that xfs_io is called for, as the script has it. */
  #toCome: string | undefined;
  /** What the function at hand was called with. */
  #given: readonly Word[] = [];
  readonly #documents = new Documents();
  #left = MOST_LINES;
  #depth = 0;

  constructor(session: XfsIoSession, script: Script) {
    this.#session = session;
    this.#script = script;
  }

  run(): void {
    const { steps, functions } = this.#script;
    for (const body of [steps, ...functions.values()])
      for (const { words } of linesOf(body)) {
        const at = words.findIndex(({ text }) => PROGRAM.test(text));
        if (at >= 0) this.#toCome ??= callOf(words.slice(at + 1)).file?.text.replace(/[)`]$/, "");
      }
    this.#steps(steps, undefined);
    if (this.#isCut) {
      const message = `expected a script that runs at most ${MOST_LINES} lines, at most ${MOST_DEPTH} deep`;
      this.#session.program.fail({ start: 0, end: 1 }, message);
    }
  }

  get #isCut(): boolean {
    return this.#left < 0 || this.#script.isDeep;
  }

  #steps(steps: readonly Step[], place: Place | undefined): void {
    if (++this.#depth > MOST_DEPTH) this.#left = -1;
    for (const step of steps) {
      if (this.#isCut || this.#session.program.report.full) return;
      const where = step.isBehind ? (place ?? {}) : place;
      if (step.kind === "lines") this.#lines(step, where);
      else if (step.kind === "loop") this.#loop(step, where);
      else if (step.kind === "choice") this.#choice(step, where);
      else this.#steps(step.steps, where);
    }
    this.#depth--;
  }

  #loop({ head, steps }: Loop, place: Place | undefined): void {
    const { values, program } = this.#session;
    const [keyword, name] = head;
    if (keyword === undefined) return;
    const isFor = keyword.text === "for";
    const sum = isFor ? /^\(\((.*)\)\)$/s.exec(name?.text ?? "")?.[1]?.split(";") : undefined;
    const given = isFor && sum === undefined ? valuesOf(head, values) : undefined;
    const turn = (): void => {
      this.#left--;
      this.#steps(steps, place);
    };
    if (given !== undefined && given.length <= MOST_TURNS && (given.length < 2 || !hasBehind(steps)))
      for (const value of given) {
        values.set(name?.text ?? "", value);
        turn();
      }
    else if (given !== undefined || hasBehind(steps) || (isFor && sum?.length !== 3)) {
      const [value] = given ?? [];
      if (value !== undefined) values.set(name?.text ?? "", value);
      turn();
      program.leaveOut(`what a loop does again, ${program.at(keyword.start)}`);
    } else {
      const [before = "", test = "", after = ""] = sum ?? [];
      values.compute(before);
      const goesOn = (): boolean | undefined => {
        if (sum !== undefined) return notZero(values.compute(test));
        const result = ENDLESS.test(name?.text ?? "") ? undefined : holds(head.slice(1), values);
        return result === undefined ? undefined : result === (keyword.text === "while");
      };
      this.#turns(keyword.start, goesOn, () => {
        turn();
        values.compute(after);
      });
    }
  }

  /** As often as it is known to go on; where that is not known, once. */
  #turns(start: number, goesOn: () => boolean | undefined, turn: () => void): void {
    for (let n = 0; n < MOST_TURNS; n++) {
      const next = goesOn();
      if (next === false) return;
      if (next !== undefined || n === 0) turn();
      if (next === undefined || this.#isCut) break;
    }
    const { program } = this.#session;
    program.leaveOut(`what a loop does again, ${program.at(start)}`);
  }

  #choice({ branches, subject }: Choice, place: Place | undefined): void {
    const { values } = this.#session;
    let asked: Word | undefined;
    for (const { test, steps } of branches) {
      if (test !== undefined && subject === undefined && !/^\(\(/.test(test[0]?.text ?? ""))
        this.#line({ words: test.filter(({ text }) => text !== "!"), ends: "" }, place);
      const isSo =
        test === undefined
          ? true
          : subject === undefined
            ? holds(test, values)
            : matches(subject, test, values);
      if (isSo === false) continue;
      if (isSo === undefined) asked ??= subject ?? test?.[0];
      // Of those that only a shell can choose from, the first that does something.
      if (this.#guessed(asked, () => this.#steps(steps, place)) || isSo === true) return;
    }
  }

  /** Runs what only a shell knows whether it runs, and says so when it does something to the file. */
  #guessed(asked: Word | undefined, run: () => void): boolean {
    const { program } = this.#session;
    const before = program.ops;
    run();
    const isDone = program.ops > before;
    if (isDone && asked !== undefined)
      program.leaveOut(
        `what a shell may decide otherwise ${program.at(asked.start)} (the first arm that does something was taken: give one)`,
      );
    return isDone;
  }

  /** One after the other, as far as `&&` and `||` let them. */
  #lines({ lines }: Lines, place: Place | undefined): void {
    const { values } = this.#session;
    let isSo: boolean | undefined = true;
    let asked: Word | undefined;
    let joint = "";
    for (const line of lines) {
      const isList = joint === "&&" || joint === "||";
      const isRun: boolean | undefined = !isList
        ? true
        : isSo === undefined
          ? undefined
          : isSo === (joint === "&&");
      if (isRun !== false) {
        const isSum = lines.length > 1 && /^\(\(/.test(line.words[0]?.text ?? "");
        const test = lines.length > 1 ? holds(line.words, values) : undefined;
        const isDone: boolean =
          !isSum && this.#guessed(isRun === undefined ? asked : undefined, () => this.#line(line, place));
        isSo = isRun !== undefined ? succeeds(line.words, test) : isDone ? true : undefined;
        if (isSo === undefined) asked ??= line.words[0];
      }
      joint = line.ends;
    }
  }

  #line({ words: written, input }: Lines["lines"][number], place: Place | undefined): void {
    const words = written.flatMap((word) => (/^\$(?:[@*]|\{@\})$/.test(word.text) ? this.#given : [word]));
    const [first] = words;
    if (first === undefined || this.#left-- < 0 || this.#session.program.report.full) return;
    this.#printed(words, place);
    const called = this.#script.functions.get(first.text);
    const at = words.findIndex(({ text }) => PROGRAM.test(text));
    if (called !== undefined) {
      const before = this.#given;
      this.#given = words.slice(1, MOST_GIVEN);
      const texts = this.#given.map(({ text }) => this.#session.values.expand(text));
      this.#session.values.within(texts, () => this.#steps(called, place));
      this.#given = before;
    } else if (at >= 0) {
      const isPrinted = /[(`]/.test(words[at]?.text ?? "");
      const rest = words.slice(at + 1);
      const last = isPrinted ? rest.findIndex(({ text }) => /[)`]$/.test(text)) : -1;
      const closing = rest[last];
      if (closing !== undefined)
        rest.splice(last, rest.length, { ...closing, text: closing.text.slice(0, -1), end: closing.end - 1 });
      const { program, values } = this.#session;
      const isTold = input !== undefined || callOf(rest).commands.length > 0;
      const told = isTold ? input : this.#documents.read(rest, (text) => values.expand(text));
      if (typeof told === "string") program.leaveOut(told);
      const all = rest.filter(({ text }) => text !== "");
      this.#session.call(all, this.#thread(place), typeof told === "string" ? [] : told);
    } else {
      if (input !== undefined)
        this.#documents.keep(words, input, (text) => this.#session.values.expand(text));
      this.#other(words, first, place);
    }
  }

  /** Commands whose output is a word, `sum=$(md5sum $f)`, where they name the file. */
  #printed(words: readonly Word[], place: Place | undefined): void {
    for (const word of words)
      for (const [, one, other] of word.text.matchAll(PRINTED)) {
        const inside = one ?? other ?? "";
        for (const line of shellLines(inside)) {
          const inner = line.words.map(({ text }) => ({ ...word, text }));
          const [first] = inner;
          const isIts =
            useOf("", inner, this.#file, (text) => this.#session.values.expand(text)) !== "nothing";
          if (first !== undefined && isIts) this.#line({ words: inner, ends: "" }, place);
        }
      }
  }

  #thread(place: Place | undefined): string {
    if (place === undefined) return FOREGROUND;
    place.thread ??= this.#session.race.begin(this.#session.program);
    return place.thread;
  }

  #other(words: readonly Word[], first: Word, place: Place | undefined): void {
    const { values, race, program } = this.#session;
    const { text } = first;
    const whole = { start: first.start, end: words.at(-1)?.end ?? first.end };
    const source = program.report.text.slice(whole.start, whole.end);
    if (/^(?:local|export|declare|readonly)$|^\w+\+?=/.test(text)) {
      // An array's values are words of their own.
      const isList = /^\w+\+?=\(/.test(source);
      for (const one of isList ? [{ text: source }] : words) values.assign(one.text);
      race.assign(source);
    }
    const sum = /^\(\((.*)\)\)$/s.exec(text)?.[1] ?? (text === "let" ? words[1]?.text : undefined);
    if (sum !== undefined) values.compute(sum);
    const command = bare(words);
    const name = nameOf(command[0] ?? first);
    const use = useOf(name, command, this.#file, (one) => values.expand(one));
    if (name === "wait") race.wait(program, command.slice(1));
    else if (name === "sync" || /^_(?:scratch|test)_sync$/.test(name)) this.#sync(place);
    else if (name === "rm") {
      if (use !== "nothing") this.#session.remove();
    } else if (isTool(name)) this.#tool([{ ...first, text: name }, ...command.slice(1)], whole, place);
    else if (/(?:cycle_mount|remount|unmount)$|^umount$/.test(name)) this.#dropAll(place, true);
    else if (words.some((word) => /drop_caches(?:=\d)?$/.test(word.text))) this.#dropAll(place, false);
    else if (use === "writes") program.leaveOut(`what ${quoted(name)} writes`);
    else if (!isHarmless(name)) {
      const beyond = beyondModel(name);
      if (beyond === undefined) program.leaveOut(`${quoted(name)}, which is not read`);
      else program.beyond(name, beyond, whole);
    } else if (use === "reads") this.#readAll(place);
    else if (use !== "nothing") program.leaveOut(`what ${quoted(name)} does, ${program.at(whole.start)}`);
  }

  /** As whoever compares a file before and after does. */
  #readAll(place: Place | undefined): void {
    const { end } = this.#session.program;
    if (end > 0) this.#session.add(this.#thread(place), { kind: "read", from: 0, to: end });
  }

  #dropAll(place: Place | undefined, isSynced: boolean): void {
    const { program } = this.#session;
    if (program.ops === 0) return;
    program.note(
      "mounting anew is an fsync and an evict of the whole file here, dropping caches an evict of what is clean",
    );
    if (isSynced) this.#sync(place);
    const to = Math.ceil(Math.max(1, program.end) / LARGEST_PAGE) * LARGEST_PAGE;
    this.#session.add(this.#thread(place), { kind: "evict", from: 0, to });
  }

  /** What all is about. */
  get #file(): string {
    return this.#session.file ?? this.#session.values.expand(this.#toCome ?? "");
  }

  #sync(place: Place | undefined): void {
    this.#session.add(this.#thread(place), { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY });
  }

  #tool(words: readonly Word[], whole: Omit<Word, "text">, place: Place | undefined) {
    const { program, values } = this.#session;
    const file = this.#file;
    const [name = "", ...given] = words.map(({ text }) => values.expand(text));
    const call = toolCall(name, given, { file, ...this.#session.about });
    if (typeof call === "string")
      program.leaveOut(`${name} ${call} ${program.at(whole.start)}, which is not read`);
    else if (call.file !== file) {
      const isPlain = !`${call.file}${file}`.includes("$");
      if (isPlain) program.note(`${name} of ${quoted(call.file)} is about another file`);
      else program.leaveOut(`${name} of ${quoted(call.file)}`);
    } else if (call.beyond === undefined || this.#session.beyond(call.beyond, name, whole))
      this.#session.tool(call, this.#thread(place), whole);
  }
}

const notZero = (value: number | undefined): boolean | undefined =>
  value === undefined ? undefined : value !== 0;
