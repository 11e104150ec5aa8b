/**
 * Bytes to cells. A cell is the coarsest piece of the file whose bytes always share one fate: every operation's
 * ends, every possible end of a short write and every block and page boundary is a cell boundary. Only pages that
 * the program can touch are kept; a page number that is skipped leaves a gap, a hole to which at most preallocation
 * comes, and over which no ioend runs.
 */

/**
 * A class, as V8 takes the fields of a literal for changed once a second one is made, and throws away the code that was
 * compiled for the first.
 */
export class Geometry {
  /** Bytes. */
  readonly pageSize: number;
  readonly blockSize: number;
  readonly pages: number;
  readonly blocks: number;
  readonly cells: number;
  readonly blocksPerPage: number;
  /** File offset in bytes where each cell starts, ascending; `cells` entries. */
  readonly cellStart: Float64Array;
  /** File offset in bytes just past each cell; differs from the next start only before a gap. */
  readonly cellEnd: Float64Array;
  /** First cell of page p / block b; one extra entry holds `cells`. */
  readonly pageCell: Int32Array;
  readonly blockCell: Int32Array;
  readonly cellBlock: Int32Array;
  readonly cellPage: Int32Array;
  /** 1 where block b does not follow block b-1 in the file (b = 0 included). */
  readonly gapBefore: Uint8Array;

  constructor(g: Geometry) {
    this.pageSize = g.pageSize;
    this.blockSize = g.blockSize;
    this.pages = g.pages;
    this.blocks = g.blocks;
    this.cells = g.cells;
    this.blocksPerPage = g.blocksPerPage;
    this.cellStart = g.cellStart;
    this.cellEnd = g.cellEnd;
    this.pageCell = g.pageCell;
    this.blockCell = g.blockCell;
    this.cellBlock = g.cellBlock;
    this.cellPage = g.cellPage;
    this.gapBefore = g.gapBefore;
  }
}

/**
 * Builds the geometry that covers `touched` (byte offsets; the page of each is kept) with the given cell
 * boundaries (byte offsets; those outside the kept pages are ignored).
 */
export function makeGeometry(
  pageSize: number,
  blockSize: number,
  touched: Iterable<number>,
  boundaries: Iterable<number>,
): Geometry {
  const pageSet = new Set<number>([0]);
  for (const b of touched) pageSet.add(Math.floor(b / pageSize));
  const pageNumbers = [...pageSet].sort((a, b) => a - b);
  const inner = new Map<number, number[]>();
  for (const b of new Set(boundaries)) {
    if (b % blockSize === 0) continue;
    const page = Math.floor(b / pageSize);
    const list = inner.get(page);
    if (list) list.push(b);
    else inner.set(page, [b]);
  }
  const blocksPerPage = pageSize / blockSize;
  const starts: number[] = [];
  const ends: number[] = [];
  const blockCell: number[] = [];
  const pageCell: number[] = [];
  const cellBlock: number[] = [];
  const cellPage: number[] = [];
  const gapBefore = new Uint8Array(pageNumbers.length * blocksPerPage);
  pageNumbers.forEach((number, p) => {
    pageCell.push(starts.length);
    if (p === 0 || pageNumbers[p - 1] !== number - 1) gapBefore[p * blocksPerPage] = 1;
    const cuts = (inner.get(number) ?? []).sort((a, b) => a - b);
    let next = 0;
    for (let i = 0; i < blocksPerPage; i++) {
      const block = p * blocksPerPage + i;
      const from = number * pageSize + i * blockSize;
      const to = from + blockSize;
      blockCell.push(starts.length);
      let at = from;
      while (next < cuts.length && cuts[next]! < to) {
        push(at, cuts[next]!, block, p);
        at = cuts[next]!;
        next++;
      }
      push(at, to, block, p);
    }
  });
  function push(from: number, to: number, block: number, page: number): void {
    starts.push(from);
    ends.push(to);
    cellBlock.push(block);
    cellPage.push(page);
  }
  const cells = starts.length;
  const blocks = blockCell.length;
  pageCell.push(cells);
  blockCell.push(cells);
  return new Geometry({
    pageSize,
    blockSize,
    pages: pageNumbers.length,
    blocks,
    cells,
    blocksPerPage,
    cellStart: new Float64Array(starts),
    cellEnd: new Float64Array(ends),
    pageCell: new Int32Array(pageCell),
    blockCell: new Int32Array(blockCell),
    cellBlock: new Int32Array(cellBlock),
    cellPage: new Int32Array(cellPage),
    gapBefore,
  });
}

/** First cell that starts at or after `byte` (`cells` when none): turns a half-open byte range into cells. */
export function cellAtOrAfter(g: Geometry, byte: number): number {
  let low = 0;
  let high = g.cells;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (g.cellStart[mid]! < byte) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** First cell of a page; of the page past the last, the cell past the last. */
export function cellOfPage(g: Geometry, page: number): number {
  return g.pageCell[page]!;
}

/** First cell of a block; of the block past the last, the cell past the last. */
export function cellOfBlock(g: Geometry, block: number): number {
  return g.blockCell[block]!;
}

/** Byte offset at which a page starts. */
export function pageByte(g: Geometry, page: number): number {
  return startByte(g, cellOfPage(g, page));
}

/** Byte offset at which a cell starts; of the end of the model for the cell past the last. */
export function startByte(g: Geometry, cell: number): number {
  return cell < g.cells ? g.cellStart[cell]! : boundaryByte(g, g.cells);
}

/** Byte offset of a cell boundary that is the end of something (a size, a range's `to`); 0 for boundary 0. */
export function boundaryByte(g: Geometry, cell: number): number {
  return cell === 0 ? 0 : g.cellEnd[cell - 1]!;
}
