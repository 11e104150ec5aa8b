/**
 * What a kernel's trace shows of one file: events, thread by thread, each with its place in the order of all. Some are made by
 * a step of the model, others say what held when they were made.
 */

/** As far as a line says: `allocated` is unwritten or written. */
export type RecordType = "hole" | "delalloc" | "unwritten" | "written" | "allocated";

/** What an event shows; bytes, ranges half-open. */
export type Sight =
  /** ->iomap_begin of a write or fault at `at` gave the record (or reserved the delalloc) that holds it. */
  | {
      readonly what: "map";
      readonly isNew: boolean;
      readonly at: number;
      readonly end: number;
      readonly from: number;
      readonly to: number;
      readonly type: RecordType;
    }
  | { readonly what: "no space"; readonly at: number }
  | { readonly what: "stale map"; readonly from: number; readonly to: number }
  | { readonly what: "page added" | "page dropped"; readonly at: number }
  | { readonly what: "writeback of"; readonly from: number; readonly to: number }
  | {
      readonly what: "writeback map";
      readonly isNew: boolean;
      readonly at: number;
      readonly from: number;
      readonly to: number;
      readonly type: RecordType;
    }
  | { readonly what: "conversion"; readonly from: number; readonly to: number }
  | { readonly what: "size to disk"; readonly to: number }
  /** Statements: i_disk_size and i_size; and the record that holds `at`, as the thread's map has it or the file, as far as the line says. */
  | { readonly what: "disk size" | "file size"; readonly size: number }
  | {
      readonly what: "extent";
      readonly isMapped: boolean;
      readonly at: number;
      readonly from: number;
      readonly to: number;
      readonly type: RecordType;
    };

export interface ObservedEvent {
  /** Of the file, from 1. */
  readonly line: number;
  readonly name: string;
  /** Its place in the order of all events. */
  readonly place: number;
  /** The trace was told while it was done, before or after it. */
  readonly told: "meanwhile" | "before" | "after";
  readonly sight: Sight;
}

/** One thread of the kernel in one part that it plays. */
export interface Lane {
  /** The thread of the scenario; undefined for what completes I/O. */
  readonly thread?: string | undefined;
  readonly events: readonly ObservedEvent[];
}

export interface Observed {
  readonly file: string;
  /** Bytes at which no extent goes on that was begun before them: what lies there is elsewhere on the disk. */
  readonly apart: readonly number[];
  readonly lanes: readonly Lane[];
  /** The first line that is at odds with one before it, whatever the model says. */
  readonly contrary?: { readonly line: number; readonly name: string; readonly why: string } | undefined;
}
