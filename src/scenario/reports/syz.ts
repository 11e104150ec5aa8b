/**
 * Programs of syzkaller: the calls on one file that the model has. Calls that are marked async run beside what follows;
 * their descriptors, pointers and buffers are what they are for: only offsets, lengths and modes are looked at.
 */
import { beyondModel } from "../beyond-model.js";
import { DEFAULT_BLOCK, DEFAULT_PAGE } from "../limits.js";
import { isInside } from "../op-bytes.js";
import { type Op, type Scenario, WHOLE } from "../types.js";
import { quoted, type Read } from "../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../yaml/source.js";
import { FileSize } from "./file-size.js";
import { type HowRead, MOST_BYTES } from "./how-read.js";
import { number, pathIn, pointedTo, split, withoutAuto } from "./syz-arguments.js";
import { lengthOf, transferred } from "./syz-buffers.js";
import { atEnd, resized, SYZ_CALLS, type SyzMade, synced } from "./syz-calls.js";
import { O, SyzFile, SyzFiles } from "./syz-files.js";
import { isSharedStore, type SyzCalled, SyzMapping } from "./syz-mapping.js";
import { askedOfImage } from "./syz-mount.js";
import { type Span, ToldProgram } from "./told-program.js";
import { withToldSizes } from "./told-sizes.js";
import type { Sizes } from "./xfs-io-given.js";

const CALL = /^[ \t>]*(?:(r\d+)[ \t]*=[ \t]*)?([a-z_]\w*(?:\$\w+)?)\((.*)\)[ \t]*\r?$/;
/** What stands behind a call: how it is made. */
const MARKS = /\)[ \t]*(\([a-z_][\w:, ]*\))[ \t]*\r?$/;

/** Whether a text is such a program: one of its calls stands near its beginning. */
export function looksLikeSyz(text: string): boolean {
  const lines = text.slice(0, 65536).split("\n");
  return lines.some((line) => /&(?:\(0x7f[0-9a-f]+|AUTO=)/.test(line) && CALL.test(line.slice(0, LONGEST)));
}

const LONGEST = 4000;
/** What syzkaller's own log has before each program. */
const EXECUTING =
  /^[ \t>]*(?:\[\s*[\d.]{1,20}\]\s*)?(?:\d{2,4}\/\d\d\/\d\d \d\d:\d\d:\d\d )?executing program(?: \d+)?(?: \([^)]{0,80}\))?:?\s*$/;

/** Reads it as a scenario. */
export function parseSyz(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MOST_BYTES)) return { diagnostics: report.diagnostics() };
  const told = withToldSizes(report, undefined, how);
  const { page = DEFAULT_PAGE, block = Math.min(DEFAULT_BLOCK, page) } = told.how;
  const syz = new Syz(new ToldProgram(report, "syzkaller program", told.how), { page, block });
  told.say(syz.program);
  let start = 0;
  for (const line of report.text.split("\n")) {
    if (!report.full) syz.take(line, start);
    start += line.length + 1;
  }
  return syz.program.scenario(fileName, { isLong: true });
}

const MAIN = "syz";
const OPEN = /^(?:open|openat|openat2|creat)$/;
/** Calls that leave the file as it is, or are about memory. */
const IDLE =
  /^(?:lseek|fstat|stat|statx|getpid|mprotect|mlock|munlock|prctl|nanosleep|sched_\w+|getdents\w*|fcntl|mkdir|mkdirat|chdir)$/;
const NO_DESCRIPTOR = "0xffffffffffffffff";
/** More reruns than these are left out. */
const MOST_RERUNS = 100;

class Syz {
  readonly program: ToldProgram;
  readonly #files = new SyzFiles();
  readonly #mapping = new SyzMapping();
  readonly #size: FileSize;
  readonly #page: number;
  #path: string | undefined;
  #isRacing = false;
  #beside = 0;

  constructor(program: ToldProgram, { page, block }: Sizes) {
    this.program = program;
    this.#page = page;
    this.#size = new FileSize(block);
    this.#size.create();
  }

  take(line: string, start: number): void {
    if (line.trim() === "" || /^\s*#/.test(line)) return;
    if (EXECUTING.test(line)) {
      if (this.#path !== undefined)
        this.program.fail(
          { start, end: start + line.length },
          "expected one program of syzkaller, found another",
          "cut the file to the program that it is about",
        );
      return;
    }
    const [whole = "", marks = ""] = MARKS.exec(line.slice(-LONGEST)) ?? [];
    const bare = `${line.slice(0, line.length - whole.length)}${whole === "" ? "" : ")"}`.slice(0, LONGEST);
    const found = CALL.exec(withoutAuto(bare));
    const end = start + Math.max(1, line.length);
    if (found === null) {
      const word = /^\s*(\w{1,40})\(/.exec(line)?.[1] ?? "";
      const beyond = beyondModel(word);
      if (beyond !== undefined) this.program.beyond(word, beyond, { start: start + line.indexOf(word), end });
      else this.program.fail({ start, end }, `expected a call of syzkaller, found ${quoted(line.trim())}`);
      return;
    }
    const [, result, call = "", inside = ""] = found;
    const at = { start: start + line.indexOf(call), end: start + line.indexOf(call) + call.length };
    this.program.here(at);
    this.#take({ name: call.split("$")[0] ?? call, call, args: split(inside), result, at }, marks);
  }

  /** A call, as often as its marks say. */
  #take(call: Call, marks: string): void {
    const thread = this.#threadOf(call, marks);
    const reruns = Number(/\brerun:[ \t]*(\d{1,9})/.exec(marks)?.[1] ?? 0);
    if (reruns > MOST_RERUNS) this.program.leaveOut(`rerun: ${reruns} past ${MOST_RERUNS} times`);
    const stores = this.#mapping.stores(call);
    if (stores === undefined) this.#part(call, "that puts what is not known into the mapping");
    else this.#add(thread, stores);
    for (let n = 0; n <= Math.min(reruns, MOST_RERUNS); n++) this.#make(call, thread);
  }

  /** Where it runs; says what of its marks is not read. */
  #threadOf({ call }: Call, marks: string): Thread {
    let isBeside = false;
    for (const [, mark = "", rest = ""] of marks.matchAll(/([a-z_]+)((?::[^,)]*)?)/g))
      if (mark === "async") isBeside = true;
      else if (mark === "fail_nth") this.program.leaveOut(`that ${call} is made to fail (fail_nth${rest})`);
      else if (mark !== "rerun") this.program.leaveOut(`(${mark}${rest}) of ${call}`);
    return { isBeside, name: MAIN };
  }

  #add(thread: Thread, ops: readonly Op[]): void {
    if (ops.length === 0) return;
    if (thread.isBeside && thread.name === MAIN) {
      if (!this.#isRacing) this.program.beginThreads(MAIN);
      this.#isRacing = true;
      thread.name = `${MAIN}-${++this.#beside}`;
    }
    this.program.add(thread.name, ...ops);
    for (const op of ops) this.#size.take(op, !this.#isRacing);
  }

  #fails({ call, at }: Call, why: string): void {
    this.program.note(`${call} ${this.program.at(at.start)} fails: ${why}`);
  }

  #make(call: Call, thread: Thread): void {
    const { name, args } = call;
    const [first = ""] = args;
    const file = this.#files.get(first);
    if (OPEN.test(name)) this.#open(call, thread);
    else if (name === "sync") this.#add(thread, [{ kind: "fsync", ...WHOLE }]);
    else if (name === "truncate" && pathIn(first) === this.#path)
      this.#made(call, thread, [resized(number(args[1]))]);
    else if (name === "mmap") this.#map(call);
    else if (name === "munmap") this.#mapping.unmap(args);
    else if (name === "syz_mount_image") this.#mount(call);
    else if (file === undefined) this.#other(call);
    else if (name === "lseek") file.seek(number(args[1]), number(args[2]), this.#size);
    else if (name === "close") this.#close(first, call, thread);
    else if (/^dup3?$|^dup2$/.test(name) || /^fcntl\$dupfd/.test(call.call)) this.#dup(file, call);
    else if (name === "copy_file_range") this.#made(call, thread, this.#copy(file, call));
    else this.#transfer(file, call, thread);
  }

  #part({ call, at }: Call, what: string): void {
    this.program.leaveOut(`${call} ${this.program.at(at.start)} ${what}`);
  }

  #mount(call: Call): void {
    const asked = askedOfImage(call.args);
    const beyond = asked === "dax" ? beyondModel(asked) : undefined;
    if (beyond !== undefined) this.program.beyond(`${call.call} with dax`, beyond, call.at);
    else if (asked !== undefined) this.#part(call, `with the mount option ${asked}`);
  }

  #open(call: Call, thread: Thread): void {
    const { name, args, result } = call;
    const path = pathIn(args[name.startsWith("openat") ? 1 : 0] ?? "");
    const how =
      name === "openat2" ? /=\{(0x[0-9a-f]+|\d+)/i.exec(args[2] ?? "")?.[1] : args[name === "openat" ? 2 : 1];
    const flags = name === "creat" ? O.trunc | O.creat | 1 : number(how);
    if (path === undefined) return;
    const file = new SyzFile(flags);
    const isThere = this.#path === path;
    if (!file.is("directory")) this.#path ??= path;
    if (path !== this.#path) {
      if (result !== undefined) this.program.leaveOut(`what is done to ${quoted(path)}`);
    } else if (file.is("directory") || file.is("path"))
      this.program.leaveOut(`${call.call} with flags 0x${flags.toString(16)}`);
    else if (isThere && file.is("creat") && file.is("excl")) this.#fails(call, "the file is there (O_EXCL)");
    else {
      const beyond = file.is("direct") ? beyondModel("direct") : undefined;
      if (beyond !== undefined) this.program.beyond("open with direct", beyond, call.at);
      if (file.is("trunc") && this.#size.known !== 0) this.#add(thread, [resized(0)]);
      if (result !== undefined) this.#files.put(result, file);
    }
  }

  #close(name: string, { call }: Call, thread: Thread): void {
    if (thread.isBeside) this.program.leaveOut(`that ${call} runs beside what uses the file`);
    else if (this.#files.close(name)) this.#add(thread, [{ kind: "close", ...WHOLE }]);
  }

  #dup(file: SyzFile, { name, args, result }: Call): void {
    const names = [result, name === "dup2" || name === "dup3" ? args[1] : undefined];
    for (const one of names) if (one !== undefined && /^r\d+$/.test(one)) this.#files.put(one, file);
  }

  #map(call: Call): void {
    const file = this.#files.get(call.args[4]);
    if (file === undefined) this.#mapping.forget(call.args);
    else if (!file.allows("reading") || (isSharedStore(call.args) && !file.allows("writing")))
      this.#fails(call, "the file is not open for it");
    else this.#mapping.map(call.args);
  }

  /** A call whose descriptor is none of the file, as far as that is known. */
  #other(call: Call): void {
    const [first = ""] = call.args;
    if (this.#files.isClosed(first)) this.#fails(call, "the descriptor is closed");
    else if (first === NO_DESCRIPTOR) this.#fails(call, "there is no such descriptor");
    else if (!IDLE.test(call.name) && (/^(?:r\d+|&)/.test(first) || Object.hasOwn(SYZ_CALLS, call.name)))
      this.program.leaveOut(call.call);
  }

  #transfer(file: SyzFile, call: Call, thread: Thread): void {
    const known = Object.hasOwn(SYZ_CALLS, call.name) ? SYZ_CALLS[call.name] : undefined;
    const { args } = call;
    if (known === undefined) this.#made(call, thread, undefined);
    else if (known.needs !== undefined && !file.allows(known.needs))
      this.#fails(call, `the file is not open for ${known.needs}`);
    else if (
      known.moves === true &&
      file.position === undefined &&
      !(known.needs === "writing" && file.is("append"))
    )
      this.program.leaveOut(`${call.call} where its position depends on who comes first`);
    else {
      const asked = known.make({
        number: (i) => number(args[i]),
        text: (i) => args[i] ?? "",
        position: file.position,
        end: this.program.end,
      });
      const isAlone = !this.#isRacing && !thread.isBeside;
      const about = { appends: file.is("append"), size: this.#size.known, page: this.#page, isAlone };
      const made = transferred(call, asked, this.#mapping, about);
      this.#made(call, thread, made, file);
      if (known.moves === true && thread.isBeside) file.position = undefined;
      else if (known.moves === true) file.move(known.needs === "writing", lengthOf(made), this.#size);
    }
  }

  #made(call: Call, thread: Thread, made: SyzMade, file?: SyzFile): void {
    if (made === undefined || "beyond" in made) {
      const beyond =
        made === undefined
          ? (beyondModel(call.name) ?? beyondModel(call.call.split("$")[1] ?? ""))
          : beyondModel(made.beyond);
      if (beyond === undefined) this.program.leaveOut(call.call);
      else this.program.beyond(call.call, beyond, call.at);
    } else if ("fails" in made || "part" in made) {
      if ("fails" in made) this.#fails(call, made.fails);
      else this.#part(call, made.part);
      this.#made(call, thread, made.ops ?? [], "part" in made ? file : undefined);
    } else if (
      made.some(
        ({ from, to }) => !Number.isSafeInteger(from) || !(Number.isSafeInteger(to) || to === WHOLE.to),
      )
    )
      this.program.leaveOut(`${call.call} past 2^53`);
    else {
      const ops = made
        .filter(({ kind, from, to }) => kind === "truncate" || from < to)
        .map((op) => (file?.is("append") === true ? atEnd(op) : op));
      const syncs = file?.is("dsync") === true && !ops.some(({ kind }) => kind === "fsync");
      const isWrite = ({ kind }: Op): boolean => kind === "write" || kind === "append";
      this.#add(
        thread,
        ops.flatMap((op) => (syncs && isWrite(op) ? [op, synced(op)] : [op])),
      );
    }
  }

  /** Only within the file; where no offset is given the descriptor's is used, and moves. */
  #copy(source: SyzFile, { args }: Call): SyzMade {
    const [, at, to = "", target, count] = args;
    const goal = this.#files.get(to);
    if (goal === undefined) {
      this.program.leaveOut("copy_file_range to another file");
      return [];
    }
    if (!source.allows("reading") || !goal.allows("writing") || goal.is("append"))
      return { fails: "the file is not open for it" };
    const [from, first] = [pointedTo(at) ?? source.position, pointedTo(target) ?? goal.position];
    if (from === undefined || first === undefined) return undefined;
    const length = number(count);
    const range = { from, to: from + length };
    if (length === 0) return [];
    if (!isInside("target", first, range)) return { fails: "it is onto itself" };
    if (pointedTo(at) === undefined) source.position = from + length;
    if (pointedTo(target) === undefined) goal.position = first + length;
    return [{ kind: "copy_range", ...range, target: first }];
  }
}

interface Call extends SyzCalled {
  readonly call: string;
  readonly result: string | undefined;
  readonly at: Span;
}

/** Where a call runs; one beside others has a thread of its own once it does something. */
interface Thread {
  readonly isBeside: boolean;
  name: string;
}
