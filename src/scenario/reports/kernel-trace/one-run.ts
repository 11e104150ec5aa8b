/**
 * Whether the lines of a trace are of one run, as far as they say the same thing twice: a call and what the file system was
 * asked for, a step of an iteration and the map that it got, a page that comes and goes. What is told once is for the model.
 */
import type { ByteRange } from "../../types.js";
import { PAGE } from "./beginning.js";
import { CachedPages } from "./cached-pages.js";
import { Elsewhere } from "./elsewhere.js";
import { InFlight } from "./in-flight.js";
import { flagsFor, flagsOf } from "./iteration-flags.js";
import { type Fields, typeOf } from "./sights.js";
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";
import { Calls, endOfZeroing, isReturn } from "./traced-calls.js";

/** What a thread is in the midst of. */
interface Doing {
  /** The step of an iteration that has got no map yet: its inode, the function, and where it is. */
  step?:
    | { line: TraceLine; inode: string; caller: string; pos: number | undefined; length?: number | undefined }
    | undefined;
  /** The map of the last step, by the function that iterates. */
  readonly maps: Map<string, ByteRange>;
  /** The functions whose iteration has a map and has not gone on from it. */
  readonly open: Set<string>;
  /** What was said of the record that the step's map is of. */
  record?: (ByteRange & { readonly type: string }) | undefined;
  /** Where an iteration of that function has to begin, as the call has it. */
  begins?: { readonly caller: string; readonly at: number } | undefined;
  folio?: ByteRange | undefined;
  /** Pages that were added and not read yet, and where the first is. */
  added: number;
  firstAdded: number;
  /** Where what is read ends. */
  readEnd?: number | undefined;
  readonly calls: Calls;
  readonly elsewhere: Elsewhere;
}

const TYPES: Readonly<Record<string, string>> = { HOLE: "hole", DELALLOC: "delalloc" };
const WRITER = "iomap_file_buffered_write";
const READER = "iomap_readahead";

export class OneRun {
  readonly #block: number;
  readonly #complain: Complain;
  readonly #doing = new Map<string, Doing>();
  readonly #pages: CachedPages;
  readonly #flights = new InFlight();
  readonly #inode: string;
  /** The thread that has last read or written it by a call. */
  #last = "";

  readonly #traced: ReadonlySet<string>;

  /** `traced`: names of the events that the trace has. */
  constructor(inode: string, block: number, traced: ReadonlySet<string>, complain: Complain) {
    this.#inode = inode;
    this.#traced = traced;
    this.#block = block;
    this.#complain = complain;
    this.#pages = new CachedPages(complain);
  }

  /** A line of the trace: an event of an inode, of this one with its fields, or a system call. */
  take(line: TraceLine, inode: string | undefined, fields: Fields): void {
    if (inode === undefined) this.#takeCall(line);
    else if (inode === this.#inode) this.#takeOwn(line, inode, fields);
    else this.#takeOther(line, inode);
  }

  /** An event of another inode: in between a step of an iteration and its map there is none. */
  #takeOther(line: TraceLine, inode: string): void {
    const doing = this.#of(line);
    const { step, open, maps, added, folio } = doing;
    const reads = added > 0 && !maps.has(WRITER);
    const here = { call: doing.calls.call, open, reads, writesBack: folio !== undefined };
    doing.elsewhere.other(line, inode, here, this.#complain);
    if (/^iomap_write(?:page|back_folio)$/.test(line.name)) doing.folio = undefined;
    if (/^iomap_(?:iter|apply)$/.test(line.name)) doing.step = { line, inode, caller: "", pos: undefined };
    else if (/_dstmap$|^xfs_iomap_(?:found|alloc)$/.test(line.name)) {
      if (step?.inode === this.#inode)
        this.#complain(line, `this map is of another inode than its step in line ${step.line.number}`);
      if (line.name.endsWith("map")) doing.step = undefined;
    }
  }

  /** A system call of the thread begins or ends. */
  #takeCall(line: TraceLine): void {
    const doing = this.#of(line);
    const [open] = doing.open;
    if (open !== undefined) this.#complain(line, `the iteration of ${open} has not gone on from its map`);
    doing.open.clear();
    if (isReturn(line)) this.#flights.returns(line, doing.calls.call);
    doing.elsewhere.calls(this.#complain);
    doing.calls.take(line, this.#complain);
    doing.step = undefined;
    doing.begins = undefined;
    doing.folio = undefined;
    doing.added = 0;
    doing.maps.clear();
  }

  /** An event of the inode. */
  #takeOwn(line: TraceLine, inode: string, f: Fields): void {
    const doing = this.#of(line);
    doing.calls.touches(line.name.startsWith("xfs_file_buffered_"));
    doing.elsewhere.own(line, this.#complain);
    switch (line.name) {
      case "xfs_file_buffered_write":
      case "xfs_file_buffered_read":
        this.#begins(line, doing, f);
        return;
      case "xfs_read_fault":
      case "xfs_write_fault":
      case "xfs_filemap_fault":
        doing.added = 0;
        forgetReads(doing);
        return;
      case "xfs_zero_eof":
        this.#zeroes(line, doing, f);
        return;
      case "iomap_iter":
      case "iomap_apply":
        this.#steps(line, inode, doing, f);
        return;
      case "iomap_iter_dstmap":
      case "iomap_apply_dstmap":
        this.#maps(line, inode, doing, f);
        return;
      case "xfs_iomap_found":
      case "xfs_iomap_alloc":
        this.#finds(line, doing, f);
        return;
      case "mm_filemap_add_to_page_cache":
      case "mm_filemap_delete_from_page_cache":
        this.#adds(doing, f.number("ofs"), this.#pages.take(line, f, doing.calls.call));
        return;
      case "iomap_readahead":
        this.#reads(line, doing, f);
        return;
      case "iomap_writepage":
      case "iomap_writeback_folio":
        doing.folio = bytesOf(f);
        if (doing.folio === undefined) return;
        this.#pages.writesBack(line, doing.folio, doing.calls.call);
        this.#flights.begins(doing.folio, doing.calls.call);
        return;
      case "xfs_unwritten_convert":
      case "xfs_setfilesize":
        this.#flights.ends(line, bytesOf(f) ?? { from: 0, to: 0 }, this.#complain);
        return;
      case "iomap_add_to_ioend":
      case "xfs_map_blocks_found":
        this.#inFolio(line, doing, f);
        return;
    }
  }

  #of({ pid }: TraceLine): Doing {
    let doing = this.#doing.get(pid);
    if (doing === undefined) {
      const [calls, elsewhere] = [new Calls(this.#traced), new Elsewhere(this.#inode, this.#traced)];
      doing = { added: 0, firstAdded: 0, maps: new Map(), open: new Set(), calls, elsewhere };
      this.#doing.set(pid, doing);
    }
    return doing;
  }

  /** A read() or write() has come to the file: with what it was called for. */
  #begins(line: TraceLine, doing: Doing, f: Fields): void {
    const at = f.number("pos", "offset");
    doing.maps.clear();
    doing.added = 0;
    doing.begins = line.name.endsWith("write") && at !== undefined ? { caller: WRITER, at } : undefined;
    // Threads and children share descriptors, and move them.
    if (this.#last !== line.pid) doing.calls.forgetPositions();
    this.#last = line.pid;
    if (at !== undefined) doing.calls.begins(line, at, f.number("bytecount", "count"), this.#complain);
  }

  /** What lies behind EOF is zeroed from there on. */
  #zeroes(line: TraceLine, doing: Doing, f: Fields): void {
    const [pos, size] = [f.number("pos", "offset"), f.number("isize")];
    doing.begins = pos === undefined ? undefined : { caller: "iomap_zero_range", at: pos };
    if (pos !== undefined && size !== undefined && pos !== size)
      this.#complain(line, `what is zeroed begins at ${pos} and not at the size, ${size}`);
    const end = doing.calls.call === undefined ? undefined : endOfZeroing(doing.calls.call);
    const count = f.number("bytecount", "count");
    if (pos !== undefined && count !== undefined && end !== undefined && pos + count !== end)
      this.#complain(line, `what is zeroed ends at ${pos + count}, and its call asks for ${end}`);
  }

  #steps(line: TraceLine, inode: string, doing: Doing, f: Fields): void {
    const pos = f.number("pos", "offset");
    const [, caller = ""] = /\bcaller (\w+)/.exec(line.fields) ?? [];
    const flags = flagsFor(caller);
    const said = /\bflags ([A-Z_|]*) ?\(/.exec(line.fields)?.[1];
    if (flags !== undefined && said !== undefined && flagsOf(said) !== flags)
      this.#complain(line, `${caller} with the flags ${said === "" ? "of a read" : said}`);
    if (doing.record !== undefined && doing.step?.inode === inode)
      this.#complain(line, `the step of line ${doing.step.line.number} has found a record and got no map`);
    const length = line.name === "iomap_apply" ? f.number("length") : undefined;
    doing.open.delete(caller);
    doing.step = { line, inode, caller, pos, length };
    doing.record = undefined;
    const { begins } = doing;
    if (pos === undefined) return;
    if (begins?.caller === caller) {
      doing.begins = undefined;
      if (pos !== begins.at)
        this.#complain(line, `the iteration begins at ${pos}, and its call at ${begins.at}`);
      return;
    }
    // Zeroing iterates several times within one call.
    const map = caller === "iomap_zero_range" ? undefined : doing.maps.get(caller);
    const end = pos + (f.number("length") ?? 0);
    if (map !== undefined && (pos < map.from || pos > map.to || (pos < map.to && end > map.to)))
      this.#complain(
        line,
        `the iteration goes on at ${pos}, which its last map, ${map.from} to ${map.to}, does not lead to`,
      );
  }

  #maps(line: TraceLine, inode: string, doing: Doing, f: Fields): void {
    const { step, record } = doing;
    const [from, length] = [f.number("offset"), f.number("length")];
    doing.step = undefined;
    if (from === undefined || length === undefined) return;
    const to = from + length;
    if (line.name === "iomap_iter_dstmap" && step !== undefined) {
      doing.maps.set(step.caller, { from, to });
      doing.open.add(step.caller);
    }
    if (step !== undefined && step.inode !== inode)
      this.#complain(step.line, `this step is of another inode than its map in line ${line.number}`);
    else if (step?.pos !== undefined && (step.pos < from || step.pos >= to))
      this.#complain(line, `a map of ${from} to ${to} for ${step.pos}`);
    const type = f.text("type") ?? "";
    if (record === undefined) return;
    if (record.from !== from || record.to !== to || record.type !== (TYPES[type] ?? "allocated"))
      this.#complain(
        line,
        `a map of ${from} to ${to}, ${type}, of the record ${record.from} to ${record.to}, ${record.type}`,
      );
  }

  #finds(line: TraceLine, doing: Doing, f: Fields): void {
    const [pos, start] = [f.number("pos", "offset"), f.number("startoff")];
    const blocks = f.number("fsbcount", "blockcount");
    if (
      doing.step !== undefined &&
      doing.step.pos !== undefined &&
      pos !== undefined &&
      pos !== doing.step.pos
    )
      this.#complain(
        line,
        `the step of line ${doing.step.line.number} is at ${doing.step.pos}, and not at ${pos}`,
      );
    const count = f.number("bytecount", "count") ?? 0;
    const end = (pos ?? 0) + count;
    if (doing.step?.length !== undefined && doing.step.length !== count)
      this.#complain(
        line,
        `the step of line ${doing.step.line.number} is of ${doing.step.length} bytes, and not of ${count}`,
      );
    if (doing.step?.caller === READER && doing.readEnd !== undefined && end !== doing.readEnd)
      this.#complain(line, `what is read ends at ${end}, and its pages at ${doing.readEnd}`);
    if (start !== undefined && blocks !== undefined)
      doing.record = { from: start * this.#block, to: (start + blocks) * this.#block, type: typeOf(f) };
  }

  #adds(doing: Doing, at: number | undefined, pages: number): void {
    if (pages > 0 && doing.added === 0) doing.firstAdded = at ?? 0;
    doing.added += pages;
  }

  /** What is read are the pages that came, from the first on. */
  #reads(line: TraceLine, doing: Doing, f: Fields): void {
    const pages = f.number("nr_pages");
    const { added, firstAdded } = doing;
    doing.added = 0;
    doing.readEnd = undefined;
    forgetReads(doing);
    if (added === 0 || pages === undefined) return;
    if (pages !== added) this.#complain(line, `${pages} pages are read, and ${added} came`);
    doing.begins = { caller: READER, at: firstAdded };
    doing.readEnd = firstAdded + pages * PAGE;
  }

  /** Blocks that are mapped and written are those of the folio. */
  #inFolio(line: TraceLine, { folio }: Doing, f: Fields): void {
    const range = bytesOf(f);
    if (folio === undefined || range === undefined) return;
    const end = Math.ceil(folio.to / this.#block) * this.#block;
    if (range.from < folio.from || range.to > end)
      this.#complain(
        line,
        `bytes ${range.from} to ${range.to} are not of the folio ${folio.from} to ${folio.to}`,
      );
  }
}

function bytesOf(f: Fields): ByteRange | undefined {
  const from = f.number("pos", "offset");
  const length = f.number("bytecount", "count", "len", "length");
  return from === undefined || length === undefined ? undefined : { from, to: from + length };
}

/** A page that is faulted in while a write() goes on is read in between. */
function forgetReads({ maps }: Doing): void {
  for (const caller of maps.keys()) if (caller !== WRITER) maps.delete(caller);
}
