/** xfs_io as scripts and prompts call it: its options, its file and its commands, as operations of the program. */
import { OPS } from "../../kernel/ops.js";
import { beyondModel } from "../beyond-model.js";
import type { Op } from "../types.js";
import { quoted } from "../yaml/diagnostic.js";
import { Race } from "./shell-race.js";
import type { ShellValues } from "./shell-values.js";
import type { Span, ToldProgram } from "./told-program.js";
import type { Word } from "./word-split.js";
import { COMMANDS, type Mapping, sizeIn } from "./xfs-io-commands.js";

/** What changes no byte: after the race it finds what the end of every run is judged by. */
const LOOKS = /^(?:read|load|fsync|msync|evict|fadvise|madvise|sync_file_range|writeback)$/;

const EMPTIED: Op = { kind: "truncate", from: 0, to: 0 };

/** Kept between the commands of one call. */
export interface Opened {
  map?: Mapping;
  appends: boolean;
}

/** The options of a call of xfs_io, up to what becomes of its output. */
interface Call {
  readonly commands: readonly Word[];
  readonly file: Word | undefined;
  readonly options: readonly Word[];
  readonly syncs: boolean;
  readonly truncates: boolean;
}

export class XfsIoSession {
  readonly program: ToldProgram;
  readonly values: ShellValues;
  readonly race = new Race();
  #file: string | undefined;
  #isGone = false;
  /** The commands that are read have been told. */
  #isListed = false;

  constructor(program: ToldProgram, values: ShellValues) {
    this.program = program;
    this.values = values;
  }

  /** Of the calls so far. */
  get file(): string | undefined {
    return this.#file;
  }

  /** What comes finds an empty file. */
  remove(): void {
    this.#isGone = this.program.ops > 0;
  }

  add(thread: string, ...given: readonly Op[]): void {
    if (given.length === 0) return;
    const isEmptied = this.#isGone && !given.some(({ kind, to }) => kind === "truncate" && to === 0);
    const ops = isEmptied ? [EMPTIED, ...given] : given;
    this.#isGone = false;
    if (!this.race.isOver) this.program.add(thread, ...ops);
    // Every run is judged at its end by what cache and disk hold then.
    else if (!ops.every(({ kind }) => LOOKS.test(kind))) this.program.leaveOut("what runs after wait");
  }

  /** `words` behind its name; `input` what it reads where no -c says what to do. */
  call(words: readonly Word[], thread: string, input: readonly Word[] = []): void {
    const { commands: given, file, options, syncs, truncates } = callOf(words);
    const opened: Opened = { appends: options.some(({ text }) => text.includes("a")) };
    for (const option of options) {
      if (option.text.includes("d")) this.beyond("direct", "xfs_io -d", option);
      if (option.text.includes("R")) this.beyond("realtime", "xfs_io -R", option);
    }
    this.#sameFile(file);
    if (truncates) this.add(thread, EMPTIED);
    const commands = given.length === 0 ? input : given;
    for (const [n, command] of commands.entries())
      this.command(thread, command, opened, syncs, n === commands.length - 1);
  }

  beyond(name: string, what: string, span: Span): boolean {
    const beyond = beyondModel(name);
    return beyond !== undefined && this.program.beyond(what, beyond, span);
  }

  #sameFile(file: Word | undefined): void {
    if (file === undefined) return;
    const name = this.values.expand(file.text);
    this.#file ??= name;
    if (name !== this.#file)
      this.program.fail(
        file,
        `the model has no other files: ${quoted(this.#file)} came before`,
        "leave one of them out",
      );
  }

  /** One command of xfs_io. */
  command(thread: string, command: Word, opened: Opened, syncs = false, isLast = false): void {
    const [name = "", ...words] = this.values.expand(command.text).trim().split(/\s+/);
    const known = COMMANDS.get(name);
    this.program.here(command);
    if (name === "open") this.#open(thread, words, opened, command);
    if (known === "looks" || (name === "close" && isLast)) return;
    if (known === undefined) {
      const beyond = beyondModel(name);
      if (beyond !== undefined) this.program.beyond(name, beyond, command);
      else {
        const remedy = this.#isListed ? undefined : KNOWN;
        this.#isListed = true;
        this.program.fail(command, `expected a command of xfs_io, found ${quoted(name)}`, remedy);
      }
      return;
    }
    if (known === "not modelled") {
      this.program.leaveOut(name);
      return;
    }
    const flags = words.filter((word) => /^-[A-Za-z]/.test(word));
    const numbers: number[] = [];
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? "";
      if (/^-[A-Za-z]/.test(word)) {
        const letter = word.charAt(1);
        if (known.takes?.includes(letter) === true && word.length === 2)
          flags.push(`${word}${words[++i] ?? ""}`);
        const not = known.beyond?.[letter];
        if (not !== undefined && !this.beyond(not, `${name} ${word}`, command)) return;
        continue;
      }
      if (known.readsFile === true && sizeIn(word) === undefined) {
        if (word === this.#file) continue;
        this.program.leaveOut(`${name} from ${quoted(word)}`);
        return;
      }
      const number = this.#number({ ...command, text: word });
      if (number === undefined) return;
      numbers.push(number);
    }
    const end = (): number => this.program.end;
    const made = known.make({ numbers, flags, maps: opened, appends: opened.appends, end });
    if (typeof made === "string") this.program.fail(command, `${name}: ${made}`);
    else {
      this.add(thread, ...made);
      if (syncs && made.some(({ kind }) => OPS[kind].data === "copied"))
        this.add(thread, { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY });
    }
  }

  /** `open -f FILE`: the session goes on with it. */
  #open(thread: string, words: readonly string[], opened: Opened, command: Word): void {
    const flags = words.filter((word) => word.startsWith("-")).join("");
    const file = words.findLast((word) => !word.startsWith("-"));
    if (file === undefined) return;
    if (flags.includes("d")) this.beyond("direct", "open -d", command);
    this.#sameFile({ ...command, text: file });
    opened.appends = flags.includes("a");
    if (flags.includes("t")) this.add(thread, EMPTIED);
  }

  /** Numbers as xfs_io reads them, and variables that the script gives a number. */
  #number(word: Word): number | undefined {
    const value = sizeIn(this.values.expand(word.text));
    if (value !== undefined) return value;
    return this.program.fail(
      word,
      `expected an offset, length or size such as 4096, 0x1000 or 4k, found ${quoted(word.text)}`,
      /\$/.test(word.text) ? "write the number: a shell is not asked" : undefined,
    );
  }
}

/** What a call of xfs_io says, by the words behind its name. */
export function callOf(words: readonly Word[]): Call {
  const commands: Word[] = [];
  const options: Word[] = [];
  let file: Word | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined || /^[<>]|^\d?>/.test(word.text)) break;
    const { text } = word;
    // `# a comment`
    if (/^`\s*#/.test(text)) continue;
    if (!text.startsWith("-")) file = word;
    else if (/^-\w*[cC]$/.test(text)) {
      if (text.length > 2) options.push({ ...word, text: text.slice(0, -1) });
      const command = words[++i];
      if (command !== undefined) commands.push(command);
    } else {
      options.push(word);
      if (/^-\w*[pm]$/.test(text)) i++;
    }
  }
  const has = (letter: RegExp): boolean => options.some(({ text }) => letter.test(text));
  return { commands, file, options, syncs: has(/^-\w*s/), truncates: has(/^-\w*t/) };
}

const KNOWN = `read are ${[...COMMANDS].flatMap(([name, one]) => (typeof one === "string" ? [] : [name])).join(", ")}`;
