/**
 * The disk under the file: one value per cell of the physical block behind each file block. A block that is
 * allocated afresh holds garbage: what its previous owner left.
 */

import { Checks, checkIndex } from "../machine/checks.js";
import type { Geometry } from "../machine/geometry.js";
import type { Layout, StateArray } from "../machine/layout.js";
import { Value } from "./values.js";

export class Disk {
  readonly at: number;

  constructor(
    readonly s: StateArray,
    readonly g: Geometry,
    layout: Layout,
  ) {
    this.at = layout.disk;
  }

  /** The Value that the disk holds for a cell. */
  cell(cell: number): number {
    return this.s[this.at + cell]!;
  }
  /** The device takes the Value of one cell. */
  write(cell: number, value: number): void {
    if (Checks.ON) checkIndex("cell", cell, this.g.cells);
    this.s[this.at + cell] = value;
  }
  /** Block `block` was allocated afresh. */
  poison(block: number): void {
    this.#fill(block, Value.GARBAGE);
  }
  /** Block `block` belongs to the file no more: what it holds is nobody's business. */
  release(block: number): void {
    this.#fill(block, 0);
  }
  /** Extents move: what cells `from` on held stands at cell `to` on. */
  shift(from: number, to: number): void {
    const { at, g, s } = this;
    s.copyWithin(at + to, at + from, at + g.cells - Math.max(0, to - from));
    if (to > from) s.fill(0, at + from, at + to);
    else s.fill(0, at + g.cells - (from - to), at + g.cells);
  }
  #fill(block: number, value: number): void {
    if (Checks.ON) checkIndex("block", block, this.g.blocks);
    const end = this.g.blockCell[block + 1]!;
    for (let c = this.g.blockCell[block]!; c < end; c++) this.s[this.at + c] = value;
  }
}
