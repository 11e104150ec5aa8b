/** xfs_io as scripts and prompts call it: its options, its file and its commands, as operations of the program. */
import { OPS } from "../../kernel/ops.js";
import { beyondModel } from "../beyond-model.js";
import { type Op, WHOLE } from "../types.js";
import { quoted } from "../yaml/diagnostic.js";
import { optionsOf } from "./command-options.js";
import { FileSize } from "./file-size.js";
import { FOREGROUND, Race } from "./shell-race.js";
import type { ShellValues } from "./shell-values.js";
import type { Span, ToldProgram } from "./told-program.js";
import type { ToolCall } from "./tool-call.js";
import type { Word } from "./word-split.js";
import { type Call, callOf } from "./xfs-io-call.js";
import { COMMANDS_READ, commandNamed, fullName, type XfsIoCommand } from "./xfs-io-commands.js";
import { Given, type Made, type Sizes, sizeIn } from "./xfs-io-given.js";
import { anonymous, XfsIoState } from "./xfs-io-state.js";

/** What changes no byte: after the race it finds what the end of every run is judged by. */
const LOOKS = /^(?:read|load|fsync|msync|evict|fadvise|madvise|sync_file_range|writeback)$/;

const EMPTIED: Op = { kind: "truncate", from: 0, to: 0 };

export class XfsIoSession {
  readonly program: ToldProgram;
  readonly values: ShellValues;
  readonly race = new Race();
  readonly sizes: Sizes;
  readonly size: FileSize;
  #file: string | undefined;
  #isGone = false;
  /** Who runs in the background has the removed one open still. */
  #isOther = false;
  /** The commands that are read have been told. */
  #isListed = false;
  /** The last that was called to be told what to do: what is typed goes on in it. */
  #typed = anonymous();

  constructor(program: ToldProgram, values: ShellValues, sizes: Sizes) {
    this.program = program;
    this.values = values;
    this.sizes = sizes;
    this.size = new FileSize(sizes.block);
  }

  /** Of the calls so far. */
  get file(): string | undefined {
    return this.#file;
  }

  /** How large it is, where that is known, and a page. */
  get about(): { readonly size: number | undefined; readonly page: number } {
    return { size: this.size.known, page: this.sizes.page };
  }

  /** What comes finds an empty file. */
  remove(): void {
    if (this.race.runs()) this.#isOther = true;
    else this.#isGone = this.program.ops > 0;
  }

  add(thread: string, ...given: readonly Op[]): void {
    if (given.length === 0) return;
    if (this.#isOther) {
      this.program.leaveOut("what is done to a file made anew while the removed one is in use");
      return;
    }
    const isEmptied = this.#isGone && !given.some(({ kind, to }) => kind === "truncate" && to === 0);
    const ops = isEmptied ? [EMPTIED, ...given] : given;
    this.#isGone = false;
    if (!this.race.isOver) {
      this.program.add(thread, ...ops);
      const isAlone = thread === FOREGROUND && this.program.threadNames.every((name) => name === thread);
      for (const op of ops) this.size.take(op, isAlone);
    }
    // Every run is judged at its end by what cache and disk hold then.
    else if (!ops.every(({ kind }) => LOOKS.test(kind))) this.program.leaveOut("what runs after wait");
  }

  /** `words` behind its name; `input` what it reads where no -c says what to do. */
  call(words: readonly Word[], thread: string, input: readonly Word[] = []): void {
    const {
      commands: given,
      file,
      others,
      options,
      isTyped,
      isOnce,
      unknown,
    } = callOf(this.#withOptions(words));
    const commands = given.length === 0 ? input : given;
    if (isTyped && this.#typed.isOver) this.#typed = anonymous();
    let state = this.#typed;
    if (!isTyped) {
      const span = file ?? words[0];
      if (unknown !== undefined && span !== undefined) {
        this.#unread(`xfs_io ${unknown}`, span);
        return;
      }
      const has = (letter: string): boolean => options.some(({ name }) => name === letter);
      if (has("V") || !this.#isReadable(options)) return;
      state = new XfsIoState({ appends: has("a"), syncs: has("s"), isReadOnly: has("r") });
      state.isImplied = file === undefined;
      state.isOnce = isOnce;
      if (isOnce) this.#typed = state;
      for (const other of others)
        if (other.text.includes("$")) this.#unread(`what ${quoted(other.text)} is to xfs_io`, other);
        else this.#sameFile(other);
      this.#sameFile(file);
      if ((has("f") || has("t")) && this.program.ops === 0) this.size.create();
      if (has("t")) this.add(thread, EMPTIED);
    }
    for (const [n, command] of commands.entries())
      this.command(thread, command, state, !isTyped && n === commands.length - 1);
  }

  /** Whether the model has what the options of a call ask for; says so where it has not. */
  #isReadable(options: Call["options"]): boolean {
    for (const { name, word } of options) {
      if (name === "d") this.beyond("direct", "xfs_io -d", word);
      else if (name === "R") this.beyond("realtime", "xfs_io -R", word);
      else if (name === "T" || name === "P") {
        this.#unread(`xfs_io -${name}`, word);
        return false;
      }
    }
    return true;
  }

  /** What another command does to the file (shell-tools.ts). */
  tool({ commands, opened, notes = [] }: ToolCall, thread: string, span: Span): void {
    for (const note of notes) this.program.note(note);
    const state = new XfsIoState(opened ?? {}, true);
    for (const text of commands) this.command(thread, { text, ...span }, state);
  }

  beyond(name: string, what: string, span: Span): boolean {
    const beyond = beyondModel(name);
    return beyond !== undefined && this.program.beyond(what, beyond, span);
  }

  #unread(what: string, { start }: Span): void {
    this.program.leaveOut(`${what} ${this.program.at(start)}, which is not read`);
  }

  /** A variable that holds options stands for them. */
  #withOptions(words: readonly Word[]): readonly Word[] {
    return words.flatMap((word) => {
      if (!/^\$\{?\w+\}?$/.test(word.text)) return [word];
      const text = word.text.trim();
      if (text === "") return [];
      return text.startsWith("-") ? text.split(/\s+/).map((one) => ({ ...word, text: one })) : [word];
    });
  }

  #sameFile(file: Word | undefined): void {
    if (file === undefined) return;
    const name = file.text;
    this.#file ??= name;
    if (name !== this.#file)
      this.program.fail(
        file,
        `the model has no other files: ${quoted(this.#file)} came before`,
        "leave one of them out",
      );
  }

  /** One command of xfs_io. */
  command(thread: string, command: Word, state: XfsIoState, isLast = false): void {
    if (state.isOver) return;
    const [short = "", ...words] = command.text.trim().split(/\s+/);
    const name = fullName(short);
    const known = commandNamed(name);
    this.program.here(command);
    if (name === "quit") state.isOver = true;
    if (name === "open") this.#open(thread, words, state, command);
    if (name === "file" && state.files.length > 1) this.#unread("file", command);
    if (/^(?:quit|open|file)$/.test(name) || known === "looks" || (name === "close" && isLast)) return;
    if (known === undefined) this.#unknown(name, command);
    else if (known === "not modelled") this.program.leaveOut(name);
    else if (state.file === undefined) this.#fails(name, command, "no file is open");
    else {
      const given = this.#given(name, known, words, state, command);
      if (given !== undefined) this.#done(thread, name, known.make(given), state, command);
    }
  }

  #unknown(name: string, command: Word): void {
    const beyond = beyondModel(name);
    if (beyond !== undefined) this.program.beyond(name, beyond, command);
    else {
      const remedy = this.#isListed ? undefined : `read are ${COMMANDS_READ.join(", ")}`;
      this.#isListed = true;
      this.program.fail(command, `expected a command of xfs_io, found ${quoted(name)}`, remedy);
    }
  }

  /** Its numbers and options; undefined where it is not read, which is said. */
  #given(
    name: string,
    known: XfsIoCommand,
    words: readonly string[],
    state: XfsIoState,
    command: Word,
  ): Given | undefined {
    const read = optionsOf(
      words.map((text) => ({ text })),
      known.options,
    );
    if (typeof read === "string") {
      this.#unread(`${name} ${read}`, command);
      return undefined;
    }
    for (const { name: letter } of read.given) {
      const not = known.beyond?.[letter];
      if (not !== undefined && !this.beyond(not, `${name} -${letter}`, command)) return undefined;
    }
    const numbers: number[] = [];
    for (const { text } of read.operands) {
      if (known.readsFile === true && sizeIn(text, this.sizes.block) === undefined) {
        if (text === this.#file) continue;
        this.program.leaveOut(`${name} from ${quoted(text)}`);
        return undefined;
      }
      const number = this.#number({ ...command, text });
      if (number === undefined) return undefined;
      numbers.push(number);
    }
    const { sizes, program } = this;
    const [path, fileSize, end] = [this.#file, this.size.known, program.end];
    const note = (text: string): void => program.note(text);
    return new Given({ numbers, state, sizes, fileSize, end, path, note }, read.given);
  }

  #done(thread: string, name: string, made: Made, state: XfsIoState, command: Word): void {
    if (typeof made === "string") this.program.fail(command, `${name}: ${made}`);
    else if ("fails" in made) this.#fails(name, command, made.fails);
    else if ("part" in made) this.#unread(`${name} ${made.part}`, command);
    else if (made.length > 0) this.#made(thread, name, made, state, command);
  }

  #made(thread: string, name: string, made: readonly Op[], state: XfsIoState, command: Word): void {
    const file = state.file;
    if (state.risk !== undefined) {
      this.program.leaveOut(`what xfs_io does behind ${state.risk}, which may end it`);
      return;
    }
    if (file?.isReadOnly === true && made.some(({ kind }) => OPS[kind].takesIolock && kind !== "read")) {
      this.#fails(name, command, "the file is open for reading only");
      return;
    }
    for (const op of made) {
      if (op.kind === "store" || op.kind === "load") this.#touch(name, op, state, command);
      this.add(thread, op);
      if (file?.syncs === true && OPS[op.kind].data === "copied")
        this.add(thread, { kind: "fsync", ...(op.kind === "append" ? WHOLE : { from: op.from, to: op.to }) });
    }
  }

  /** Past the last page that the file reaches into, a mapping ends whoever touches it. */
  #touch(name: string, { to }: Op, state: XfsIoState, command: Word): void {
    const { page } = this.sizes;
    const reach = (size: number): number => Math.ceil(size / page) * page;
    if (state.mapsAll || !this.size.isTold || to <= reach(this.size.low)) return;
    const place = `${name} ${this.program.at(command.start)}`;
    if (to > reach(this.size.high)) {
      state.isOver = true;
      this.program.note(`${place} goes past the end of the file: SIGBUS ends xfs_io there`);
    } else state.risk = place;
  }

  #fails(name: string, command: Word, why: string): void {
    this.program.note(`${name} ${this.program.at(command.start)} fails: ${why}`);
  }

  /** `open -f FILE`: the session goes on with it. */
  #open(thread: string, words: readonly string[], state: XfsIoState, command: Word): void {
    const read = optionsOf(
      words.map((text) => ({ text })),
      "acdFfm:nrstxRTPL",
    );
    if (typeof read === "string") {
      this.#unread(`open ${read}`, command);
      return;
    }
    const file = read.operands[0]?.text;
    if (file === undefined) return;
    const has = (letter: string): boolean => read.given.some(({ name }) => name === letter);
    if (has("d")) this.beyond("direct", "open -d", command);
    if (has("R")) this.beyond("realtime", "open -R", command);
    if (has("T") || has("P")) {
      this.#unread("open -T or -P", command);
      return;
    }
    this.#sameFile({ ...command, text: file });
    // Commands of -c are done to each open file, those behind prompts to the last.
    state.open({ appends: has("a"), syncs: has("s"), isReadOnly: has("r") });
    if (state.files.length > 1 && !state.isOnce) this.#unread("open beside a file", command);
    if (has("t")) this.add(thread, EMPTIED);
  }

  /** Numbers as xfs_io reads them, and variables that the script gives a number. */
  #number(word: Word): number | undefined {
    const value = sizeIn(word.text, this.sizes.block);
    if (value !== undefined) return value;
    return this.program.fail(
      word,
      `expected an offset, length or size such as 4096, 0x1000 or 4k, found ${quoted(word.text)}`,
      /\$/.test(word.text) ? "write the number: a shell is not asked" : undefined,
    );
  }
}
