/**
 * What a folio is, in words.
 */
import { FolioFlag, type Folios } from "./folios.js";

const WORDS: readonly (readonly [bit: number, word: string])[] = [
  [FolioFlag.UPTODATE, "uptodate"],
  [FolioFlag.DIRTY, "dirty"],
  [FolioFlag.WRITEBACK, "writeback"],
  [FolioFlag.PTE_WRITABLE, "mapped-rw"],
];

/** `dirty`, `mapped-ro`, `locked`, ... of the folio that holds a page which is present. */
export function folioWords(folios: Folios, page: number): string[] {
  const words = WORDS.filter(([bit]) => folios.has(page, bit)).map(([, word]) => word);
  if (!folios.has(page, FolioFlag.PTE_WRITABLE) && folios.has(page, FolioFlag.PTE_PRESENT))
    words.push("mapped-ro");
  if (folios.isLocked(page)) words.push("locked");
  return words;
}
