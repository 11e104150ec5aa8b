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
  #fill(block: number, value: number): void {
    if (Checks.ON) checkIndex("block", block, this.g.blocks);
    const end = this.g.blockCell[block + 1]!;
    for (let c = this.g.blockCell[block]!; c < end; c++) this.s[this.at + c] = value;
  }
}
