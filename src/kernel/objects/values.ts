/**
 * What one cell of page cache or disk holds: the bytes of a cell always share one fate, so one small number stands for
 * all of them.
 */
export const enum Value {
  ZERO = 0,
  /** Fresh page memory that nobody filled. */
  UNINITIALISED = 1,
  /** What a free disk block held before; the block is the cell's own. */
  GARBAGE = 2,
  /** From here on the data of the program's writes and stores, a value each. */
  FIRST_DATA = 3,
}
