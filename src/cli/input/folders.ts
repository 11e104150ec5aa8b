/** Folders that a command line names: what in them is input. */
import { join } from "node:path";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { invalid } from "../exit.js";
import { isFolder, listed, located } from "./named.js";

/** What is taken of a folder. */
const READABLE = /\.(ya?ml|fsxops|fsxlog|log|syz|xfs_io|sh)$/i;
/** What is taken if it holds something that is read. */
const TEXT = /\.txt$/i;
const MOST_NAMES = 5;
const TRACE = /\.json(\.gz)?$/i;

/** Whether what is no file was meant to be one: it has a folder or an ending, and tokens and case seeds have neither. */
export function looksLikePath(x: string): boolean {
  return !/^sm\d/.test(x) && (/[/\\]/.test(x) || READABLE.test(x) || TEXT.test(x) || TRACE.test(x));
}

/**
 * The files that are meant: of a folder those that look like input, in the order of their names. `isTold` says whether a
 * file that ends in .txt is in one of the forms that are read; `tell` is given a line on what else the folder holds.
 */
export function expanded(
  x: string,
  isTold: (path: string) => boolean,
  tell: (line: string) => void = () => {},
): string[] {
  const path = located(x);
  if (!isFolder(path)) return [path];
  const names = listed(path, false);
  const isRead = (name: string) => READABLE.test(name) || (TEXT.test(name) && isTold(join(path, name)));
  const files = names.filter(isRead);
  const others = names.filter((name) => !name.startsWith(".") && !files.includes(name));
  if (files.length > 0 && others.length > 0) tell(passedOver(path, others));
  if (files.length > 0) return files.map((name) => join(path, name));
  throw invalid(
    `there is no scenario in ${visible(path)}`,
    "of a folder files are read that end in .yaml, .yml, .fsxops, .log, .syz, .xfs_io or .sh, and logs, programs and traces in .txt",
  );
}

function passedOver(folder: string, names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `passed over in ${visible(folder)}: ${names.slice(0, MOST_NAMES).map(visible).join(", ")}${more}`;
}

/** The recorded traces that are meant: of a folder all those in it and below, as `real record` leaves them. */
export function expandedTraces(path: string): string[] {
  if (!isFolder(path)) return [path];
  const files = listed(path, true).filter((name) => TRACE.test(name));
  if (files.length > 0) return files.map((name) => join(path, name));
  throw invalid(
    `there is no trace in ${visible(path)}`,
    "of a folder files are read that end in .json or .json.gz",
  );
}
