/**
 * Recordings that were made one after the other on one file system, without a word of what was free. Each file was
 * removed before the next was made, and until the log is forced its blocks are busy: the next one's first blocks go
 * elsewhere, which decides what is one record and so how far a write goes under one map. The replay of a recording
 * therefore starts with the disk as the replay of the one before it left it. Which that is says the name:
 * 4k-wstop-s25.json comes after 4k-wstop-s24.json.
 */
import type { DiskExtent } from "../kernel/program.js";
import { leftBusy, modelOf } from "./conform.js";
import type { TraceFile } from "./trace-format.js";

export class RecordingSession {
  readonly #read: (file: string) => TraceFile | undefined;
  readonly #left = new Map<string, readonly DiskExtent[]>();

  /** `read` brings a trace by its path, or nothing when there is none to be read. */
  constructor(read: (file: string) => TraceFile | undefined) {
    this.#read = read;
  }

  /** Disk blocks that are busy when the recording of `file` starts. */
  busyBefore(file: string, trace: TraceFile): readonly DiskExtent[] {
    if (trace.layout !== undefined) return [];
    const earlier: { readonly file: string; readonly trace: TraceFile }[] = [];
    let busy: readonly DiskExtent[] | undefined;
    for (let name = before(file); name !== undefined && busy === undefined; name = before(name)) {
      busy = this.#left.get(name);
      const found = busy === undefined ? this.#read(name) : undefined;
      if (found === undefined || !isSameSession(found, trace)) break;
      earlier.push({ file: name, trace: found });
    }
    busy ??= [];
    for (const one of earlier.reverse()) {
      busy = leftBusy(one.trace, { model: modelOf(one.trace.kernel)!, busy }) ?? [];
      this.#left.set(one.file, busy);
    }
    return busy;
  }
}

function before(file: string): string | undefined {
  const [, start, seed, end] = /^(.*-s)(\d+)(\.json(?:\.gz)?)$/s.exec(file) ?? [];
  return seed === undefined || Number(seed) === 0 ? undefined : `${start}${Number(seed) - 1}${end}`;
}

function isSameSession(a: TraceFile, b: TraceFile): boolean {
  return a.layout === undefined && a.kernel === b.kernel && a.bs === b.bs && modelOf(a.kernel) !== undefined;
}
