/**
 * Extents that were freed in a transaction which is not yet on disk, as the red-black tree the kernel keeps of them
 * (pagb_tree, fs/xfs/xfs_extent_busy.c; rb_insert_color(), lib/rbtree.c). What a free extent is trimmed to depends on
 * the order in which the tree is searched, so its shape counts.
 */

interface Busy {
  readonly start: number;
  readonly end: number;
  red: boolean;
  up: Busy | undefined;
  left: Busy | undefined;
  right: Busy | undefined;
}

export class BusyTree {
  #root: Busy | undefined;
  size = 0;

  /** Disk blocks `[start, end)`, which overlap no others of the tree. */
  insert(start: number, end: number): void {
    const node: Busy = { start, end, red: true, up: undefined, left: undefined, right: undefined };
    this.size++;
    for (let at = this.#root; at !== undefined; at = start < at.start ? at.left : at.right) node.up = at;
    if (node.up === undefined) this.#root = node;
    else if (start < node.up.start) node.up.left = node;
    else node.up.right = node;
    this.#balance(node);
  }

  /**
   * xfs_extent_busy_trim(): the part of `[from, to)` that an allocation of n blocks, and not less, may come from;
   * undefined when there is none.
   */
  trim(from: number, to: number, n: number): readonly [number, number] | undefined {
    let start = from;
    let end = to;
    let at = this.#root;
    while (at !== undefined && end - start >= n) {
      if (end <= at.start) at = at.left;
      else if (start >= at.end) at = at.right;
      else if (at.start <= start) {
        if (end <= at.end) return undefined;
        start = at.end;
      } else if (at.end >= end || at.start - start >= n) end = at.start;
      else if (end - at.end >= 4 * n) start = at.end;
      else return undefined;
    }
    return end - start >= n ? [start, end] : undefined;
  }

  #balance(inserted: Busy): void {
    let node = inserted;
    while (node.up?.red === true && node.up.up !== undefined) {
      const parent = node.up;
      const grand = node.up.up;
      const uncle = parent === grand.left ? grand.right : grand.left;
      if (uncle?.red === true) {
        parent.red = false;
        uncle.red = false;
        grand.red = true;
        node = grand;
        continue;
      }
      const isLeft = parent === grand.left;
      const isInner = node === (isLeft ? parent.right : parent.left);
      const top = isInner ? node : parent;
      if (isInner) this.#rotate(parent, isLeft);
      this.#rotate(grand, !isLeft);
      top.red = false;
      grand.red = true;
      break;
    }
    this.#root!.red = false;
  }

  /** The node's right child, or with `toLeft` false its left one, takes its place. */
  #rotate(node: Busy, toLeft: boolean): void {
    const child = (toLeft ? node.right : node.left)!;
    const inner = toLeft ? child.left : child.right;
    if (toLeft) {
      node.right = inner;
      child.left = node;
    } else {
      node.left = inner;
      child.right = node;
    }
    if (inner !== undefined) inner.up = node;
    child.up = node.up;
    if (node.up === undefined) this.#root = child;
    else if (node.up.left === node) node.up.left = child;
    else node.up.right = child;
    node.up = child;
  }
}
