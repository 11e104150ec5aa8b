/**
 * Events of other inodes in the midst of what a thread does with this one. A call works on one file; what may come in between is a
 * fault on memory that is mapped from another, which brings its pages in and reads them.
 */
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";
import type { CallArguments } from "./traced-calls.js";

/** They look at no memory of the caller's. */
const WITHOUT_MEMORY = /^(?:fallocate|f?truncate|fsync|fdatasync|sync_file_range|fadvise64)$/;
/** What they do to their file. Memory that is short takes other files' pages, but not within fadvise(). */
const DONE =
  /^(?:xfs_(?:setattr|zero_eof|file_fsync|iomap_\w+|map_blocks_\w+|\w+_file_space)|iomap_(?:iter|apply|readahead|readpage|writepage|writeback_folio|add_to_ioend)(?:_dstmap)?|mm_filemap_add_to_page_cache)$/;
const READ = /^iomap_(?:readahead|readpage|read_folio|iter|apply)$/;
const ADDED = "mm_filemap_add_to_page_cache";
const DROPPED = "mm_filemap_delete_from_page_cache";

/** What a thread is doing with the file. */
export interface Here {
  readonly call: CallArguments | undefined;
  /** Functions whose iteration goes on. */
  readonly open: ReadonlySet<string>;
  /** It has brought in pages to read them. */
  readonly reads: boolean;
  /** It is writing a folio back. */
  readonly writesBack: boolean;
}

export class Elsewhere {
  readonly #dev: string;
  readonly #isReadTraced: boolean;
  /** An event within a call of which is not known yet whether it is of the file. */
  #inCall: TraceLine | undefined;
  /** The inode that an iteration was of. */
  #iterated = "";
  /** A page that came and that nobody has read yet, and whose it is. */
  #page: { readonly line: TraceLine; readonly inode: string } | undefined;
  /** A write of another inode that has not begun to iterate. */
  #write: TraceLine | undefined;
  /** A folio of another inode that is being written back. */
  #folio: TraceLine | undefined;

  /** Of inode `own`; `traced`: names of the events that the trace has. */
  constructor(own: string, traced: ReadonlySet<string>) {
    this.#dev = own.replace(/ .*/, "");
    this.#isReadTraced = traced.has("iomap_readahead");
  }

  /** An event of another inode, by the same thread. */
  other(line: TraceLine, inode: string, { call, open, reads, writesBack }: Here, complain: Complain): void {
    if (!inode.startsWith(`${this.#dev} `)) return;
    const { name } = line;
    const isCalls = DONE.test(name) || (name === DROPPED && call?.name === "fadvise64");
    if (call !== undefined && WITHOUT_MEMORY.test(call.name) && isCalls) {
      if (call.isOurs === true) complain(line, `${call.name} of this file does nothing to another inode`);
      else this.#inCall ??= line;
    }
    const [, caller = ""] = /\bcaller (\w+)/.exec(line.fields) ?? [];
    if (/^iomap_(?:iter|apply)$/.test(name)) {
      if (open.has(caller)) complain(line, `the iteration of ${caller} goes on in another inode`);
      this.#iterated = inode;
      this.#write = undefined;
    } else if (name === "xfs_file_buffered_write") this.#write = line;
    if (reads && /^iomap_(?:readahead|readpage)$/.test(name))
      complain(line, "the pages that came are of another inode than what is read");
    if (writesBack && /^(?:iomap_add_to_ioend|xfs_map_blocks_found)$/.test(name))
      complain(line, "these bytes are of another inode than the folio that is written back");
    if (/^iomap_write(?:page|back_folio)$/.test(name)) this.#folio = line;
    if (name === ADDED && inode !== this.#iterated) this.#page ??= { line, inode };
    else if (READ.test(name) && this.#page?.inode === inode) this.#page = undefined;
  }

  /** An event of the file. */
  own(line: TraceLine, complain: Complain): void {
    if (this.#inCall !== undefined)
      complain(this.#inCall, "it is of another inode than the call that it is within");
    this.#inCall = undefined;
    if (line.name !== DROPPED) this.#checkPage(complain);
    if (
      /^iomap_(?:iter|apply)$/.test(line.name) &&
      /\bcaller iomap_file_buffered_write\b/.test(line.fields)
    ) {
      if (this.#write !== undefined)
        complain(this.#write, `this write is of another inode than its iteration in line ${line.number}`);
      this.#write = undefined;
    }
    if (/^iomap_write(?:page|back_folio)$/.test(line.name)) this.#folio = undefined;
    else if (this.#folio !== undefined && /^(?:iomap_add_to_ioend|xfs_map_blocks_found)$/.test(line.name)) {
      complain(this.#folio, `this folio is of another inode than what is written in line ${line.number}`);
      this.#folio = undefined;
    }
  }

  /** A call begins or ends. */
  calls(complain: Complain): void {
    this.#checkPage(complain);
    this.#inCall = undefined;
    this.#iterated = "";
    this.#write = undefined;
    this.#folio = undefined;
  }

  #checkPage(complain: Complain): void {
    if (this.#isReadTraced && this.#page !== undefined)
      complain(this.#page.line, "this page came to another inode, and nobody has read or written it");
    this.#page = undefined;
  }
}
