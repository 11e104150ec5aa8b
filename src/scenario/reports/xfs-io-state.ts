/** What one process of xfs_io keeps between its commands: its open files, what it has mapped, and whether it still runs. Bytes. */

export interface OpenFile {
  readonly appends: boolean;
  /** O_SYNC or O_DSYNC: each write is followed by what fsync does to its bytes. */
  readonly syncs: boolean;
  readonly isReadOnly: boolean;
}

export interface Mapping {
  readonly from: number;
  readonly to: number;
  readonly isWritable: boolean;
  /** There is room behind it (mmap -s). */
  readonly hasRoom: boolean;
}

export class XfsIoState {
  /** The last is the one that commands are about. */
  readonly files: OpenFile[];
  readonly maps: Mapping[] = [];
  /** Index of the mapping that commands are about. */
  at = 0;
  /** It quit or was killed. */
  isOver = false;
  /** What may have killed it, where only the schedule knows. */
  risk: string | undefined;
  /** Its commands are about the last file only, not about each that is open. */
  isOnce = false;
  /** No file was named: there is one all the same, until it opens another. */
  isImplied = false;
  /** A helper has mapped what it stores to. */
  readonly mapsAll: boolean;
  /** xfs_io goes on with vectors once it was asked for them. */
  isVectored = false;

  constructor(file: Partial<OpenFile>, mapsAll = false) {
    this.files = [{ appends: false, syncs: false, isReadOnly: false, ...file }];
    this.mapsAll = mapsAll;
  }

  open(file: OpenFile): void {
    if (this.isImplied) this.files.pop();
    this.isImplied = false;
    this.files.push(file);
  }

  get file(): OpenFile | undefined {
    return this.files.at(-1);
  }

  get map(): Mapping | undefined {
    return this.maps[this.at];
  }

  /** The one at hand is another now, or none. */
  remap(map: Mapping | undefined): void {
    if (map !== undefined) this.maps[this.at] = map;
    else {
      this.maps.splice(this.at, 1);
      this.at = 0;
    }
  }
}

/** One of which nobody has seen how it was called. */
export function anonymous(): XfsIoState {
  const state = new XfsIoState({});
  state.isOnce = true;
  state.isImplied = true;
  return state;
}
