/** The pages of a file that a trace shows to come and go: whether one that comes was there, and for whom one goes. */
import type { ByteRange } from "../../types.js";
import { PAGE } from "./beginning.js";
import type { Fields } from "./sights.js";
import type { TraceLine } from "./trace-lines.js";
import type { Complain } from "./trace-threads.js";
import { type CallArguments, isWithin } from "./traced-calls.js";

const DONTNEED = 4;
const MOST_ORDER = 10;

export class CachedPages {
  /** Pages that came and have not gone, with the end of the folio that they came with. */
  readonly #ends = new Map<number, number>();
  readonly #complain: Complain;

  constructor(complain: Complain) {
    this.#complain = complain;
  }

  /** A folio comes or goes, within `call`: how many pages come. */
  take(line: TraceLine, f: Fields, call: CallArguments | undefined): number {
    const [at, order = 0] = [f.number("ofs"), f.number("order")];
    if (at === undefined || order > MOST_ORDER) return 0;
    const end = at + PAGE * 2 ** order;
    const isAdded = line.name === "mm_filemap_add_to_page_cache";
    if (isAdded && this.#ends.has(at)) this.#complain(line, `the page at ${at} is there already`);
    const isForOther = call?.advice !== DONTNEED || !isWithin(call, at, end - at);
    if (!isAdded && call?.name === "fadvise64" && isForOther)
      this.#complain(line, "fadvise() was not called to drop this page");
    for (let page = at; page < end; page += PAGE)
      if (isAdded) this.#ends.set(page, end);
      else this.#ends.delete(page);
    return isAdded ? 2 ** order : 0;
  }

  /** A folio is at most as large as it came, and what sync_file_range() writes is of its range. */
  writesBack(line: TraceLine, { from, to }: ByteRange, call: CallArguments | undefined): void {
    const end = this.#ends.get(from);
    if (end !== undefined && to > end)
      this.#complain(line, `the folio at ${from} ends at ${end}, and not at ${to}`);
    if (call?.name === "sync_file_range" && !isWithin(call, from, to - from))
      this.#complain(line, "sync_file_range() was not called for this folio");
  }
}
