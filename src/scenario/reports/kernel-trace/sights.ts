/**
 * What the events of a kernel trace show, by name: one entry per event that says something to the model. Kernels name the
 * same field differently: `offset`, `pos`; `count`, `bytecount`; `blockcount`, `fsbcount`.
 */
import type { ObservedEvent, Sight } from "../../observed.js";

/** The value of a field, by its name: traces are long, and of most fields of an event nobody asks. */
const VALUES = new Map<string, RegExp>();
function field(name: string): RegExp {
  let value = VALUES.get(name);
  if (value === undefined) {
    value = new RegExp(
      `(?:^|[\\s(,])${name}[=:]?[ ]{0,4}(-?(?:0x)?[0-9a-f]{1,16}|[A-Z][A-Z_|]*)(?=[\\s,)]|$)`,
    );
    VALUES.set(name, value);
  }
  return value;
}

/** So many digits of any base are a number that counts exactly. */
const SHORT = 13;
const DIGITS = { 10: /^[0-9]+$/, 16: /^[0-9a-f]+$/ };

/** The fields of an event, by name; what has no 0x is in base `bare`. */
export class Fields {
  readonly #text: string;
  readonly #bare: 10 | 16;

  constructor(text: string, bare: 10 | 16 = 10) {
    this.#text = text;
    this.#bare = bare;
  }

  /** A whole number under the first of these names that is there. */
  number(...names: readonly string[]): number | undefined {
    const value = this.text(...names);
    if (value === undefined) return undefined;
    const isHex = value.startsWith("0x");
    const digits = isHex ? value.slice(2) : value;
    const base = isHex ? 16 : this.#bare;
    if (digits.length <= SHORT && DIGITS[base].test(digits)) return Number.parseInt(digits, base);
    const n = this.big(...names);
    return n === undefined || n > BigInt(Number.MAX_SAFE_INTEGER) || n < 0n ? undefined : Number(n);
  }

  /** The same as 64 bits with a sign. */
  big(...names: readonly string[]): bigint | undefined {
    const [, sign, prefix, digits = ""] = /^(-?)(0x)?([0-9a-f]+)$/.exec(this.text(...names) ?? "") ?? [];
    const isHex = prefix !== undefined || this.#bare === 16;
    if (digits === "" || (!isHex && /[a-f]/.test(digits))) return undefined;
    const n = BigInt.asIntN(64, BigInt(`${isHex ? "0x" : ""}${digits}`));
    return sign === "-" ? -n : n;
  }

  text(...names: readonly string[]): string | undefined {
    for (const name of names) {
      const value = this.#text === "" ? undefined : field(name).exec(this.#text)?.[1];
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

const at = (f: Fields) => f.number("pos", "offset");
const count = (f: Fields) => f.number("bytecount", "count", "length", "len");

/** What is done with an event: a sight, told when; several; undefined where a field that it needs is missing. */
type Told = ObservedEvent["told"];
interface Shown {
  readonly told: Told;
  readonly sight: Sight;
}
type Show = (f: Fields, block: number) => readonly Shown[] | undefined;

function record(f: Fields, block: number): { readonly from: number; readonly to: number } | undefined {
  const start = f.number("startoff");
  const blocks = f.number("fsbcount", "blockcount");
  return start === undefined || blocks === undefined
    ? undefined
    : { from: start * block, to: (start + blocks) * block };
}

/** What br_startblock says: -2 is a hole, what else is below 0 or beyond any disk a reservation. */
export function typeOf(f: Fields): "hole" | "delalloc" | "allocated" {
  const n = f.big("startblock") ?? 0n;
  if (n === -2n) return "hole";
  return n < 0n || n >= 1n << 51n ? "delalloc" : "allocated";
}

const map =
  (isNew: boolean): Show =>
  (f, block) => {
    const [from, length, span] = [at(f), count(f), record(f, block)];
    if (from === undefined || length === undefined || span === undefined) return undefined;
    const sight = { what: "map" as const, isNew, at: from, end: from + length, type: typeOf(f), ...span };
    return [{ told: "meanwhile", sight }, ...sizes(f)];
  };

const writebackMap =
  (isNew: boolean): Show =>
  (f, block) => {
    const [from, span] = [at(f), record(f, block)];
    if (from === undefined || span === undefined) return undefined;
    return [
      { told: "after", sight: { what: "writeback map", isNew, at: from, type: typeOf(f), ...span } },
      ...sizes(f),
    ];
  };

/** What an event of XFS says of sizes: `size` is i_disk_size where the kernel calls it so. */
function sizes(f: Fields): readonly Shown[] {
  const [disk, size] = [f.number("disize", "size"), f.number("isize")];
  const said = (what: "disk size" | "file size", n: number | undefined): Shown[] =>
    n === undefined ? [] : [{ told: "meanwhile", sight: { what, size: n } }];
  return [...said("disk size", disk), ...said("file size", size)];
}

/** An event about bytes. */
const ranged =
  (what: "writeback of" | "conversion" | "stale map" | "size to disk", told: Told): Show =>
  (f) => {
    const [from, length] = [at(f), count(f)];
    if (from === undefined || length === undefined) return undefined;
    const shown = { told, sight: { what, from, to: from + length } };
    // Sizes are those before it is done.
    if (what === "conversion" || what === "size to disk")
      return [...sizes(f).map(({ sight }) => ({ told, sight })), shown];
    const size = what === "writeback of" ? f.number("size") : undefined;
    return size === undefined ? [shown] : [shown, { told: "meanwhile", sight: { what: "file size", size } }];
  };

const page =
  (what: "page added" | "page dropped"): Show =>
  (f) => {
    const [from, order = 0] = [f.number("ofs"), f.number("order")];
    if (from === undefined || order > 10) return undefined;
    return Array.from({ length: 2 ** order }, (_, i) => ({
      told: "meanwhile" as const,
      sight: { what, at: from + i * 4096 },
    }));
  };

const TYPES = { HOLE: "hole", DELALLOC: "delalloc", UNWRITTEN: "unwritten", MAPPED: "written" } as const;

const extent: Show = (f) => {
  const [from, length, type = ""] = [f.number("offset"), f.number("length"), f.text("type")];
  if (from === undefined || length === undefined || !Object.hasOwn(TYPES, type)) return undefined;
  const sight = {
    what: "extent" as const,
    isMapped: true,
    at: from,
    from,
    to: from + length,
    type: TYPES[type as "HOLE"],
  };
  return [{ told: "meanwhile", sight }];
};

/** A statement about the file, not about a thread's map. */
export function inFile(sight: Sight): Sight {
  if (sight.what === "extent") return { ...sight, isMapped: false };
  if (sight.what !== "map") return sight;
  const { at, from, to, type } = sight;
  return { what: "extent", isMapped: false, at, from, to, type };
}

export const SIGHTS: Readonly<Record<string, Show>> = {
  xfs_iomap_found: map(false),
  xfs_iomap_alloc: map(true),
  xfs_delalloc_enospc: (f) => {
    const from = at(f);
    return from === undefined ? undefined : [{ told: "meanwhile", sight: { what: "no space", at: from } }];
  },
  xfs_iomap_invalid: ranged("stale map", "meanwhile"),
  mm_filemap_add_to_page_cache: page("page added"),
  mm_filemap_delete_from_page_cache: page("page dropped"),
  iomap_writepage: ranged("writeback of", "after"),
  iomap_writeback_folio: ranged("writeback of", "after"),
  xfs_map_blocks_found: writebackMap(false),
  xfs_map_blocks_alloc: writebackMap(true),
  xfs_unwritten_convert: ranged("conversion", "before"),
  xfs_setfilesize: ranged("size to disk", "before"),
  iomap_iter_dstmap: extent,
  iomap_apply_dstmap: extent,
  iomap_add_to_ioend: (f, block) =>
    extent(f, block)?.map(({ sight }) => ({ told: "after" as const, sight: inFile(sight) })),
  xfs_zero_eof: sizes,
  xfs_file_buffered_write: sizes,
  xfs_file_buffered_read: sizes,
};

/** The fields of a line. */
export function fieldsOf(name: string, text: string): Fields {
  return new Fields(text, /^sys_|^iomap_(writepage|releasepage|invalidatepage)$/.test(name) ? 16 : 10);
}
