/**
 * Command lines of xfs_io, as fstests and mails have them: `xfs_io -f -c "pwrite 0 4k" -c "fpunch 0 2k" FILE`, in a shell
 * script or alone, and commands after the prompt `xfs_io>`. Lines that end in `&` run beside what follows.
 */
import { OPS } from "../../kernel/ops.js";
import { beyondModel } from "../beyond-model.js";
import { DEFAULT_BLOCK, DEFAULT_PAGE } from "../limits.js";
import type { Op, Scenario } from "../types.js";
import { quoted, type Read } from "../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../yaml/source.js";
import { type HowRead, MOST_BYTES } from "./how-read.js";
import { fromMail } from "./shell-in-mail.js";
import { FOREGROUND, Race } from "./shell-race.js";
import { type Job, MOST_LINES, readScript } from "./shell-script.js";
import { ShellValues } from "./shell-values.js";
import { type Span, ToldProgram } from "./told-program.js";
import type { Word } from "./word-split.js";
import { COMMANDS, type Mapping, sizeIn } from "./xfs-io-commands.js";

const PROGRAM = /(?:^|[/"'{$])(?:xfs_io|XFS_IO_PROG)\}?$/;
const PROMPT = /^[ \t]*xfs_io>[ \t]*(.+)$/gm;
/** Lines of a script that leave the file as it is. */
const HARMLESS =
  /^(#.*|\.|source|:|if|elif|read|seq|wc|return|break|continue|mount|umount|mkfs\S*|_scratch_(?:mkfs|mount|unmount)\w*|_exit|_fixed_by\w*|_test_\w*mount\w*|echo|printf|cat|od|hexdump|md5sum|sha\w+sum|cmp|diff|stat|ls|rm|mkdir|filefrag|exit|set|local|export|cd|test|true|tee|sed|awk|grep|head|sort|uniq|_require\w*|_begin\w*|_supported\w*|_cleanup\w*|_register\w*|_filter\w*|_get\w*|\{|\}|then|fi|done|[A-Za-z_]\w*=.*|_\w*filter\w*|\[.*|du|sleep|kill|killall|timeout)$/;

/** Whether a text is one of xfs_io's. */
export function looksLikeXfsIo(text: string): boolean {
  const start = text.slice(0, 65536);
  return (
    /(?:^|[\s/"'{$])(?:xfs_io|XFS_IO_PROG)\}?["']?\s+(?:-|["'])/m.test(start) || /^[ \t]*xfs_io>/m.test(start)
  );
}

/** Reads it as a scenario. */
export function parseXfsIo(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  const script = new Script(new ToldProgram(report, "xfs_io", how), how);
  if (/^[ \t]*xfs_io>/m.test(report.text)) script.typed(report.text);
  else {
    const { jobs, loops, isCut } = readScript(fromMail(report.text));
    if (isCut) report.add(0, 1, `expected a script that runs at most ${MOST_LINES} lines`);
    for (const job of jobs) script.take(job);
    for (const _ of loops) script.program.leaveOut("what a loop does again");
  }
  return script.program.scenario(fileName);
}

/** What changes no byte: after the race it finds what the end of every run is judged by. */
const LOOKS = /^(?:read|load|fsync|msync|evict|fadvise|madvise|sync_file_range|writeback)$/;

class Script {
  readonly program: ToldProgram;
  readonly #values: ShellValues;
  #file: string | undefined;
  /** The process at hand opened the file with O_APPEND. */
  #appends = false;
  readonly #race = new Race();

  constructor(program: ToldProgram, { page = DEFAULT_PAGE, block = Math.min(DEFAULT_BLOCK, page) }: HowRead) {
    this.program = program;
    this.#values = new ShellValues({ page, block });
  }

  /** Commands after prompts. */
  typed(text: string): void {
    const maps: { map?: Mapping } = {};
    for (const typed of text.matchAll(PROMPT)) {
      const [whole, command = ""] = typed;
      const start = typed.index + whole.length - command.length;
      this.#command(FOREGROUND, { text: command, start, end: start + command.length }, maps, false);
    }
  }

  /** What a shell does at once, or has done in the background. */
  take({ lines, isBehind }: Job): void {
    let thread = FOREGROUND;
    for (const { words } of lines) {
      const [first] = words;
      if (first === undefined || this.program.report.full) return;
      const at = words.findIndex(({ text }) => PROGRAM.test(text));
      if (at < 0) this.#other(words, first);
      else {
        if (isBehind && thread === FOREGROUND) thread = this.#race.begin(this.program);
        this.#xfsIo(words.slice(at + 1), thread);
      }
    }
  }

  #other(words: readonly Word[], first: Word): void {
    const { text } = first;
    const whole = { start: first.start, end: words.at(-1)?.end ?? first.end };
    const source = this.program.report.text.slice(whole.start, whole.end);
    if (/^(?:local|export)$|^\w+=/.test(text)) {
      this.#values.assign(source);
      this.#race.assign(source);
    }
    if (text === "wait") this.#race.wait(this.program, words.slice(1));
    else if (text === "sync") this.#add(FOREGROUND, { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY });
    else if (text === "truncate" && words[1]?.text === "-s") {
      const size = this.#number(words[2], "a size");
      if (size !== undefined) this.#add(FOREGROUND, { kind: "truncate", from: size, to: size });
    } else if (/cycle_mount$/.test(text) || words.some((word) => /drop_caches$/.test(word.text)))
      this.#dropAll();
    else if (!HARMLESS.test(text)) {
      const beyond = beyondModel(text);
      if (beyond === undefined) this.program.leaveOut(`${quoted(text)}, which is not read`);
      else this.program.beyond(text, beyond, whole);
    }
  }

  #dropAll(): void {
    this.program.note("dropping caches or mounting anew is an fsync and an evict of the first 64k here");
    this.#add(
      FOREGROUND,
      { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY },
      { kind: "evict", from: 0, to: 65536 },
    );
  }

  #add(thread: string, ...ops: readonly Op[]): void {
    if (!this.#race.isOver) this.program.add(thread, ...ops);
    // Every run is judged at its end by what cache and disk hold then.
    else if (!ops.every(({ kind }) => LOOKS.test(kind))) this.program.leaveOut("what runs after wait");
  }

  #xfsIo(words: readonly Word[], thread: string): void {
    this.#appends = false;
    const commands: Word[] = [];
    const files: Word[] = [];
    let syncs = false;
    let truncates: Word | undefined;
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      if (word === undefined || /^[<>]|^\d?>/.test(word.text)) break;
      const { text } = word;
      if (/^-\w*[cC]$/.test(text)) {
        this.#asks(word, text.slice(0, -1));
        const command = words[++i];
        if (command === undefined) this.program.fail(word, "expected a command after -c");
        else commands.push(command);
      } else if (!text.startsWith("-")) files.push(word);
      else this.#asks(word, text);
      if (/^-\w*[pm]$/.test(text)) i++;
      syncs ||= /^-\w*s/.test(text);
      if (/^-\w*t/.test(text)) truncates = word;
    }
    this.#sameFile(files);
    if (truncates !== undefined) this.#add(thread, { kind: "truncate", from: 0, to: 0 });
    const maps: { map?: Mapping } = {};
    for (const [n, command] of commands.entries())
      this.#command(thread, command, maps, syncs, n === commands.length - 1);
  }

  /** Options of xfs_io that ask for what the model does not have. */
  #asks(word: Word, letters: string): void {
    if (letters.includes("d")) this.#beyond("direct", "xfs_io -d", word);
    if (letters.includes("a")) this.#appends = true;
    if (letters.includes("R")) this.#beyond("realtime", "xfs_io -R", word);
  }

  #sameFile(files: readonly Word[]): void {
    const [file] = files;
    if (file === undefined) return;
    this.#file ??= file.text;
    if (file.text !== this.#file)
      this.program.fail(
        file,
        `the model has no other files: ${quoted(this.#file)} came before`,
        "leave one of them out",
      );
  }

  #beyond(name: string, what: string, span: Span): boolean {
    const beyond = beyondModel(name);
    return beyond !== undefined && this.program.beyond(what, beyond, span);
  }

  /** One command of xfs_io. */
  #command(thread: string, command: Word, maps: { map?: Mapping }, syncs: boolean, isLast = false): void {
    const [name = "", ...words] = this.#values.expand(command.text).trim().split(/\s+/);
    const known = COMMANDS.get(name);
    if (known === "looks" || (name === "close" && isLast)) return;
    if (known === undefined) {
      const beyond = beyondModel(name);
      if (beyond !== undefined) this.program.beyond(name, beyond, command);
      else this.program.fail(command, `expected a command of xfs_io, found ${quoted(name)}`, KNOWN);
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
        if (not !== undefined && !this.#beyond(not, `${name} ${word}`, command)) return;
        continue;
      }
      if (known.readsFile === true && sizeIn(word) === undefined) {
        if (word === this.#file) continue;
        this.program.leaveOut(`${name} from ${quoted(word)}`);
        return;
      }
      const number = this.#number({ ...command, text: word }, "an offset, length or size");
      if (number === undefined) return;
      numbers.push(number);
    }
    const made = known.make({ numbers, flags, maps, appends: this.#appends });
    if (typeof made === "string") this.program.fail(command, `${name}: ${made}`);
    else {
      this.#add(thread, ...made);
      if (syncs && made.some(({ kind }) => OPS[kind].data === "copied"))
        this.#add(thread, { kind: "fsync", from: 0, to: Number.POSITIVE_INFINITY });
    }
  }

  /** Numbers as xfs_io reads them, and variables that the script gives a number. */
  #number(word: Word | undefined, what: string): number | undefined {
    if (word === undefined) return undefined;
    const text = this.#values.expand(word.text);
    const value = sizeIn(text);
    if (value !== undefined) return value;
    return this.program.fail(
      word,
      `expected ${what} such as 4096, 0x1000 or 4k, found ${quoted(word.text)}`,
      /\$/.test(word.text) ? "write the number: a shell is not asked" : undefined,
    );
  }
}

const KNOWN = `read are ${[...COMMANDS].flatMap(([name, one]) => (one === "looks" ? [] : [name])).join(", ")}`;
