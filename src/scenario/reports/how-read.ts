/**
 * What a report cannot say and the user can: how the file system was made, how fsx was called, and what of it is to be
 * left out.
 */
export interface HowRead {
  /** Bytes. */
  readonly page?: number | undefined;
  readonly block?: number | undefined;
  /** Of a kernel trace: the inode that is read. */
  readonly inode?: number | undefined;
  /** Options of fsx, as on its command line. */
  readonly fsx?: string | undefined;
  /** Names of what the model does not have (beyond-model.ts). */
  readonly leaveOut?: readonly string[] | undefined;
}

/** Enough for 100,000 lines of any report. */
export const MOST_BYTES = 16 * 2 ** 20;
/** More operations than this are cut to those that touch the pages in question. */
export const MOST_OPS = 10_000;
/** What the model's machine is still built for in a moment. */
export const MOST_PAGES = 4096;

/** What to do with what is in none of the forms. */
export const FORMS_READ =
  "read are scenarios (YAML), operation files and logs of fsx, command lines of xfs_io, programs of syzkaller, kernel traces (tracefs, trace-cmd report: with the events of xfs, iomap, filemap and system calls) and recorded traces (JSON)";
