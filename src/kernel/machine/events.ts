/**
 * What the paths tell the oracles while they run. The kernel knows nothing of right and wrong; src/check implements
 * this for the kernel `K`. Ranges are half-open and in cells.
 */
import type { Thread } from "./thread.js";

export interface Judge<K> {
  /** The holder of IOLOCK starts to change cells `[from, to)`: their bytes are undefined until it is done. */
  changing(k: K, from: number, to: number): void;
  changed(k: K): void;
  /** i_size was raised from cell `from` to what it is now. */
  grew(k: K, from: number): void;
  /** A write put its bytes into the cache, not yet accepted. */
  copied(k: K, from: number, to: number, value: number): void;
  /** iomap_write_end accepted the bytes of a write. */
  accepted(k: K, from: number, to: number, value: number): void;
  /** A store through the mapping. */
  stored(k: K, from: number, to: number, value: number): void;
  /** Cells hold zero by intent from now on: truncated, punched or zeroed. */
  zeroed(k: K, from: number, to: number): void;
  /** Extents moved: what cell `from` on held stands at cell `to` on, and where nothing stands any more is zero. */
  shifted(k: K, from: number, to: number): void;
  /** The thread opened the file: of what others were told it is told no more. `isTold`: somebody was told of the last loss. */
  opened(k: K, t: Thread, isTold: boolean): void;
  /** A load or read() saw what the cache holds. */
  seen(k: K, t: Thread, from: number, to: number): void;
  /** Writeback looked up a block of a dirty folio and found a hole. */
  foundHole(k: K, t: Thread, block: number): void;
  /** A pass has come back to a dirty folio that it can neither write nor clean, as the one before. */
  wentRound(k: K, t: Thread): void;
  /** The kernel prints a warning about what it takes for impossible at cell `cell`, and goes on. */
  warned(k: K, t: Thread, cell: number): void;
  /** The bytes of blocks go to disk. */
  submitted(k: K, t: Thread, from: number, to: number): void;
  /** What writeback should have brought to disk is lost, by a fault: every open file description is to be told. */
  writebackFailed(k: K, from: number, to: number): void;
  /** A call that was to clear the cells failed half way, and says so. */
  gaveUp(k: K, from: number, to: number): void;
  /** A truncate failed after it had set i_size: the extents from cell `from` on, past EOF, keep what is on disk. */
  leftBehind(k: K, from: number): void;
  /** A write got to cell `done` and gives up IOLOCK. */
  wrote(k: K, t: Thread, done: number): void;
  /** A call returned. `done` is the cell up to which it got, `status` the error. */
  returned(k: K, t: Thread, done: number, status: number): void;
}
