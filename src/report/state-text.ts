/**
 * The state of the model between two steps, for walking through a trace: size, locks, extents, page cache, disk, and
 * the maps that threads hold.
 */

import { valueName } from "../explore/finding/value-name.js";
import type { Subject } from "../explore/run/subject.js";
import { boundaryByte, cellOfBlock, pageByte, startByte } from "../kernel/machine/geometry.js";
import type { Kernel } from "../kernel/machine/kernel.js";
import { EXTENT_NAMES, ExtentType } from "../kernel/objects/extent-types.js";
import { folioWords } from "../kernel/objects/folio-words.js";
import { BlockFlag, FolioFlag } from "../kernel/objects/folios.js";
import { printQuantity, printRange } from "../scenario/yaml/units.js";
import { beside } from "./style.js";

/** Lines that describe where the machine stands. */
export function stateText(subject: Subject): string[] {
  const { k } = subject.engine;
  const byte = (cell: number) => printQuantity(boundaryByte(k.g, cell));
  const entries: [string, string][] = [
    ["i_size", `${byte(k.isize)}, on disk ${byte(k.diskSize)}`],
    ["extents", extents(k)],
    ["folios", folios(k)],
    ["cache", values(subject, (cell) => (isCached(k, cell) ? k.folios.cell(cell) : undefined))],
    ["disk", values(subject, (cell) => (isWritten(k, cell) ? k.disk.cell(cell) : undefined))],
    ["maps", maps(subject)],
  ];
  return entries.flatMap(([name, text]) => beside(name.padEnd(10), 10, text || "-"));
}

function blockRange(k: Kernel, from: number, to: number): string {
  return printRange({
    from: startByte(k.g, cellOfBlock(k.g, from)),
    to: boundaryByte(k.g, cellOfBlock(k.g, to)),
  });
}

function extents(k: Kernel): string {
  const parts: string[] = [];
  for (let b = 0; b < k.g.blocks; ) {
    const end = k.extents.recordEnd(b);
    if (k.extents.type(b) !== ExtentType.HOLE)
      parts.push(`${blockRange(k, b, end)} ${EXTENT_NAMES[k.extents.type(b)]}`);
    b = end;
  }
  return parts.join(", ") || "all hole";
}

function folios(k: Kernel): string {
  const parts: string[] = [];
  for (let page = 0; page < k.g.pages; page++) {
    if (!k.folios.has(page, FolioFlag.PRESENT)) continue;
    const words = folioWords(k.folios, page);
    parts.push(`${printQuantity(pageByte(k.g, page))} ${words.join(" ") || "empty"}`);
  }
  return parts.join(", ") || "none";
}

function isCached(k: Kernel, cell: number): boolean {
  return (
    k.folios.has(k.pageOfCell(cell), FolioFlag.PRESENT) &&
    k.folios.blockHas(k.blockOfCell(cell), BlockFlag.UPTODATE)
  );
}

function isWritten(k: Kernel, cell: number): boolean {
  return k.extents.type(k.blockOfCell(cell)) === ExtentType.WRITTEN;
}

/** Runs of equal values, `0..10k writer.1`. */
function values(subject: Subject, at: (cell: number) => number | undefined): string {
  const { g } = subject.engine.k;
  const parts: string[] = [];
  for (let c = 0; c < g.cells; ) {
    const value = at(c);
    let end = c + 1;
    while (end < g.cells && at(end) === value && g.cellStart[end] === g.cellEnd[end - 1]) end++;
    const range = printRange({ from: startByte(g, c), to: boundaryByte(g, end) });
    if (value !== undefined) parts.push(`${range} ${valueName(subject.compiled.dataNames, value)}`);
    c = end;
  }
  return parts.join(", ");
}

function maps({ scenario, engine: { k } }: Subject): string {
  const parts: string[] = [];
  for (const [i, t] of k.threads.slice(0, k.layout.programThreads).entries()) {
    if (t.mapEnd <= t.mapStart) continue;
    const name = scenario.threads[i]?.name ?? `thread ${i}`;
    const end = Math.min(t.mapEnd, k.g.blocks);
    parts.push(`${name} ${blockRange(k, t.mapStart, end)} ${EXTENT_NAMES[t.mapType]}`);
  }
  return parts.join(", ");
}
