/**
 * Kernel traces as text: of one inode the operations, thread by thread, and all that the trace shows of it in its order,
 * for a run of the model to fit.
 */
import { beyondModel } from "../../beyond-model.js";
import type { Observed } from "../../observed.js";
import type { Scenario } from "../../types.js";
import { listed, quoted, type Read } from "../../yaml/diagnostic.js";
import { checkText, Reporter, withoutMark } from "../../yaml/source.js";
import { FORMS_READ, type HowRead, MOST_OPS } from "../how-read.js";
import { ToldProgram } from "../told-program.js";
import { FileEnd } from "./file-end.js";
import { OneRun } from "./one-run.js";
import { fieldsOf } from "./sights.js";
import { type LostEvents, type TraceLine, traceLines } from "./trace-lines.js";
import { TraceThreads } from "./trace-threads.js";
import { isReturn } from "./traced-calls.js";

const MAX_TRACE = 64 << 20;
/** Events that say that an inode is a file that something is done to. */
const TELLING = /^(xfs_(file|iomap|map_blocks)_|xfs_(alloc|free|zero|collapse|insert)_file_space$)/;
/** Those of them that tell of a record. */
const MAP = /^xfs_(iomap|map_blocks)_(found|alloc)$/;
const BLOCKS = [4096, 1024, 2048, 512, 8192, 16384, 32768, 65536];
const MOST_NAMED = 5;

interface Inode {
  readonly first: TraceLine;
  readonly name: string;
  events: number;
}

/** What is to be known of a trace before its events are looked at one by one. They are not kept: there may be very many. */
interface Lines {
  /** Where the first event is. */
  readonly first: number;
  /** Names of its events, in which a return has an arrow behind it. */
  readonly traced: ReadonlySet<string>;
  /** Events that tell of a record, by inode. */
  readonly maps: ReadonlyMap<string, readonly TraceLine[]>;
  readonly lost: readonly { readonly lost: LostEvents; readonly after: number }[];
  readonly inodes: ReadonlyMap<string, Inode>;
}

/** Reads it as a scenario. */
export function parseKernelTrace(
  text: string,
  fileName: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const report = new Reporter(withoutMark(text), fileName);
  if (!checkText(report, MAX_TRACE)) return { diagnostics: report.diagnostics() };
  const program = new ToldProgram(report, "kernel trace", how);
  const lines = linesIn(report);
  const inode = report.failed ? undefined : chosenInode(report, lines, how);
  if (inode === undefined) return { diagnostics: report.diagnostics() };
  const block = how.block ?? blockSize(lines.maps.get(inode) ?? []);
  const threads = new TraceThreads(
    block,
    (line, message, remedy) => program.fail(spanOf(line), message, remedy),
    (line, word) => {
      const beyond = beyondModel(word);
      if (beyond !== undefined) program.beyond(word, beyond, spanOf(line));
    },
  );
  let contrary: Observed["contrary"];
  const contradict = ({ number, name }: TraceLine, why: string): void => {
    if (contrary === undefined || number < contrary.line) contrary = { line: number, name, why };
  };
  const oneRun = new OneRun(inode, block, lines.traced, contradict);
  const fileEnd = new FileEnd(lines.traced, contradict);
  const seen = { from: -1, to: -1 };
  let i = -1;
  for (const { line, inode: of } of eventsIn(report.text)) {
    i++;
    if (report.full || threads.isGone || threads.most > MOST_OPS) break;
    const fields = fieldsOf(line.name, of === inode ? line.fields : "");
    // Where events are missing nothing can be said of what follows what.
    const isWhole = lines.lost.length === 0;
    if (isWhole) oneRun.take(line, of, fields);
    if (isWhole && of !== undefined) fileEnd.takeEvent(line, of === inode, fields);
    if (of === undefined) threads.takeCall(line, isWhole && fileEnd.takeCall(line));
    else if (of === inode) {
      threads.take(line, fields);
      if (seen.from < 0) seen.from = i;
      seen.to = i;
    }
  }
  checkLost(report, lines, seen);
  if (threads.most > MOST_OPS) {
    report.add(0, 1, `a thread of the trace makes more than ${MOST_OPS} operations`, {
      remedy: "cut the trace to the time in question",
    });
    return { diagnostics: report.diagnostics() };
  }
  program.add("setup", ...threads.setup());
  for (const { name, ops } of threads.threads()) program.add(name, ...ops);
  if (threads.threads().length === 0)
    report.add(0, 1, "the trace shows no call that changes or reads the file", { remedy: FORMS_READ });
  const made = program.scenario(fileName, { size: threads.size ?? 0, block, isLong: true });
  if ("diagnostics" in made) return made;
  const { scenario } = made;
  const notes = [...(scenario.notes ?? []), ...fileEnd.notes()];
  return {
    scenario: {
      ...scenario,
      ...(notes.length === 0 ? {} : { notes }),
      budget: { ...scenario.budget, reservationFailure: Math.min(255, threads.failed) },
      observed: { file: fileName, apart: threads.apart(), lanes: threads.lanes(), contrary },
    },
  };
}

/** Of an event; returns of a call have an arrow behind it. */
const nameOf = (line: TraceLine): string =>
  isReturn(line) ? `${line.name.replace("_exit", "")} ->` : line.name.replace("_enter", "");

const spanOf = ({ start, length }: { start: number; length: number }) => ({
  start,
  end: start + Math.max(1, length),
});

interface InodeEvent {
  readonly line: TraceLine;
  /** Undefined of a system call. */
  readonly inode: string | undefined;
}

/** The events that are of some inode, and system calls. */
function* eventsIn(text: string): Generator<InodeEvent> {
  const names = new Map<string, string>();
  for (const line of traceLines(text)) {
    const found = line.kind === "event" ? inodeEvent(line.event, names) : undefined;
    if (found !== undefined) yield found;
  }
}

function inodeEvent(line: TraceLine, names: Map<string, string>): InodeEvent | undefined {
  if (line.name.startsWith("sys_")) return { line, inode: undefined };
  const inode = inodeOf(line, names);
  return inode === undefined ? undefined : { line, inode };
}

function linesIn(report: Reporter): Lines {
  const lost: { lost: LostEvents; after: number }[] = [];
  const events = new Events();
  let last = 0;
  for (const line of traceLines(report.text)) {
    if (report.full) break;
    if (line.kind === "lost") lost.push({ lost: line.lost, after: events.count });
    else if (line.kind === "other")
      report.add(
        line.start,
        line.start + Math.max(1, line.text.length),
        `expected an event, found ${quoted(line.text.trim())}`,
        {
          remedy:
            "read are the lines of tracefs' trace file and of trace-cmd report: a thread, [its CPU], the time, the event and its fields",
        },
      );
    else {
      const { event } = line;
      if (event.time < last)
        report.add(
          event.start,
          event.start + event.length,
          "the time of this event is before that of the one above",
        );
      last = event.time;
      events.take(event);
    }
  }
  const { first, traced, maps, inodes, others } = events;
  // Block devices and other file systems have maps, too.
  return { first, traced, maps, lost, inodes: inodes.size > 0 ? inodes : others };
}

/** Counts events, and keeps the first of each inode and those that tell of records. */
class Events {
  count = 0;
  first = 0;
  readonly traced = new Set<string>();
  readonly maps = new Map<string, TraceLine[]>();
  readonly inodes = new Map<string, Inode>();
  readonly others = new Map<string, Inode>();
  readonly #names = new Map<string, string>();
  readonly #kinds = new Map<string, ReturnType<typeof kindOf>>();
  readonly #met = [new Set<string>(), new Set<string>()] as const;

  take(line: TraceLine): void {
    const found = inodeEvent(line, this.#names);
    if (found === undefined) return;
    if (this.count++ === 0) this.first = line.start;
    const met = this.#met[isReturn(line) ? 1 : 0];
    if (!met.has(line.name)) {
      met.add(line.name);
      this.traced.add(nameOf(line));
    }
    const { inode } = found;
    if (inode === undefined) return;
    const kind = this.#kinds.get(line.name) ?? kindOf(line.name);
    this.#kinds.set(line.name, kind);
    if (kind !== "other") count(kind === "iomap" ? this.others : this.inodes, inode, line);
    if (kind !== "map") return;
    const maps = this.maps.get(inode);
    if (maps === undefined) this.maps.set(inode, [line]);
    else maps.push(line);
  }
}

function count(inodes: Map<string, Inode>, inode: string, first: TraceLine): void {
  const known = inodes.get(inode);
  if (known !== undefined) known.events++;
  else inodes.set(inode, { first, name: inode.replace(/^.* /, "0x"), events: 1 });
}

/** Whether an event says that its inode is a file that something is done to. */
function kindOf(event: string): "map" | "telling" | "iomap" | "other" {
  if (MAP.test(event)) return "map";
  return TELLING.test(event) ? "telling" : event.startsWith("iomap_") ? "iomap" : "other";
}

/** `7:0 83`: device and inode, in hexadecimal as filemap events have them; the same text for the same one, kept in `known`. */
function inodeOf({ fields }: TraceLine, known: Map<string, string>): string | undefined {
  const [head, dev, inode] = /^dev[ =](\d+:\d+) ino[ =](?:0x)?([0-9a-f]{1,16})\b/.exec(fields) ?? [];
  if (head === undefined) return undefined;
  const name = known.get(head) ?? `${dev} ${inode}`;
  known.set(head, name);
  return name;
}

function chosenInode(report: Reporter, { inodes, first }: Lines, { inode }: HowRead): string | undefined {
  const all = [...inodes];
  const told = all.map(([, { name, events: n }]) => `${name} (${n} events)`);
  const more = told.length - MOST_NAMED;
  const names = more <= 0 ? told : [...told.slice(0, MOST_NAMED - 1), `${more} more`, ...told.slice(-1)];
  if (inode !== undefined) {
    const found = all.find(([key]) => Number.parseInt(key.replace(/^.* /, ""), 16) === inode)?.[0];
    if (found === undefined)
      report.add(0, 1, `the trace has no events of inode 0x${inode.toString(16)}`, {
        remedy: all.length === 0 ? undefined : `it has those of ${listed(names, "and")}`,
      });
    return found;
  }
  if (all.length === 0)
    return report.add(first, first + 1, "the trace has no events of a file on XFS", {
      remedy:
        "enable the events of xfs, iomap and filemap and of the system calls, or have it recorded: stalemap real trace -- COMMAND",
    });
  const [[only] = [], [, second] = []] = all;
  if (second === undefined) return only;
  return report.add(
    second.first.start,
    second.first.start + second.first.length,
    "the trace has events of several files",
    {
      remedy: `choose one with --inode: ${listed(names, "or")}`,
    },
  );
}

/** Events of the file's time that the trace does not have. */
function checkLost(report: Reporter, { lost }: Lines, seen: { from: number; to: number }): void {
  for (const { lost: at, after } of lost) {
    if (after <= seen.from || after > seen.to) continue;
    const events = at.count === undefined ? "events" : `${at.count} events`;
    report.add(at.start, at.start + at.length, `${events} of CPU ${at.cpu} were lost here`, {
      remedy:
        "record again with a larger buffer (stalemap real trace --buffer, trace-cmd record -b), or fewer events",
    });
  }
}

/** Writeback maps block by block; else the usual block size with which most records hold the offset that was looked up. */
function blockSize(lines: readonly TraceLine[]): number {
  const maps = lines.flatMap(({ name, fields }) => {
    const f = fieldsOf(name, fields);
    const [at, start] = [f.number("pos", "offset"), f.number("startoff")];
    const blocks = f.number("fsbcount", "blockcount");
    const counted = name.startsWith("xfs_map_blocks") ? f.number("bytecount", "count") : undefined;
    return at === undefined || start === undefined || blocks === undefined
      ? []
      : [{ at, start, blocks, counted }];
  });
  const least = Math.min(...maps.flatMap(({ counted }) => counted ?? []));
  if (BLOCKS.includes(least)) return least;
  const fits = (block: number) =>
    maps.filter(({ at, start, blocks }) => at >= start * block && at < (start + blocks) * block).length;
  return BLOCKS.reduce((best, block) => (fits(block) > fits(best) ? block : best), 4096);
}
