/** Descriptors of a program of syzkaller: how the file was opened, and where each stands. Bytes. */
import type { FileSize } from "./file-size.js";
import { O_TRUNC } from "./kernel-trace/system-calls.js";

export const O = {
  access: 3,
  creat: 0x40,
  excl: 0x80,
  trunc: O_TRUNC,
  append: 0x400,
  dsync: 0x1000,
  direct: 0x4000,
  directory: 0x10000,
  path: 0x200000,
} as const;

/** What descriptors that were duplicated share. */
export class SyzFile {
  readonly flags: number;
  /** Undefined where it depends on who comes first. */
  position: number | undefined = 0;

  constructor(flags: number) {
    this.flags = flags;
  }

  is(flag: keyof typeof O): boolean {
    return (this.flags & O[flag]) !== 0;
  }

  /** Whether it is open for it. */
  allows(what: "reading" | "writing"): boolean {
    const access = this.flags & O.access;
    return what === "reading" ? access !== 1 : access === 1 || access === 2;
  }

  /** lseek(); what looks for data or holes may end anywhere. */
  seek(offset: number, whence: number, size: FileSize): void {
    const from = whence === 0 ? 0 : whence === 1 ? this.position : whence === 2 ? size.known : undefined;
    this.position = from === undefined ? undefined : from + offset;
  }

  /** It read or wrote so many bytes; a read ends with the file, and O_APPEND writes where that ends. */
  move(isWrite: boolean, length: number, size: FileSize): void {
    const { position, flags } = this;
    if (isWrite && (flags & O.append) !== 0) this.position = size.known;
    else if (position === undefined || isWrite)
      this.position = position === undefined ? undefined : position + length;
    else if (position + length <= size.low) this.position = position + length;
    else this.position = size.known === undefined ? undefined : Math.max(position, size.known);
  }
}

export class SyzFiles {
  readonly #open = new Map<string, SyzFile>();
  readonly #closed = new Set<string>();

  get(name = ""): SyzFile | undefined {
    return this.#open.get(name);
  }

  isClosed(name: string): boolean {
    return this.#closed.has(name);
  }

  put(name: string, file: SyzFile): void {
    this.#open.set(name, file);
    this.#closed.delete(name);
  }

  /** Whether it was the last of its description. */
  close(name: string): boolean {
    const file = this.#open.get(name);
    this.#open.delete(name);
    this.#closed.add(name);
    return ![...this.#open.values()].includes(file as SyzFile);
  }
}
