/** What a command of a script does to the file, said in commands of xfs_io. */
import type { OpenFile } from "./xfs-io-state.js";

export interface ToolCall {
  readonly file: string;
  /** Commands of xfs_io. */
  readonly commands: readonly string[];
  /** How the file is opened for them. */
  readonly opened?: Partial<OpenFile>;
  /** What of it the model does not have (beyond-model.ts). */
  readonly beyond?: string | undefined;
  /** What is taken for granted. */
  readonly notes?: readonly string[];
}

/** What the script is about: its file, as large as it is where that is known, and the size of a page. */
export interface About {
  readonly file: string;
  readonly size: number | undefined;
  readonly page: number;
}

/** What a command does, by the words behind its name; or the word of it that is not read. */
export type Tool = (words: readonly string[], about: About) => ToolCall | string;
