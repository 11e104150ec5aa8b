/** What an iteration is for, as its flags say and as follows from the function that makes it. */

/** By the function that iterates: what it is for. */
const FLAGS: readonly (readonly [caller: RegExp, flags: string])[] = [
  [/^iomap_file_buffered_write/, "WRITE"],
  [/^iomap_zero_range/, "ZERO"],
  [/^iomap_page_mkwrite/, "WRITE|FAULT"],
  [/^iomap_(?:readahead|readpage|read_folio)/, ""],
];
/** Undefined where the function is not known. */
export function flagsFor(caller: string): string | undefined {
  return FLAGS.find(([is]) => is.test(caller))?.[1];
}

/** Without what says how it was called. */
export function flagsOf(text: string): string {
  return text
    .split("|")
    .filter((flag) => /^(?:WRITE|ZERO|FAULT)$/.test(flag))
    .join("|");
}
