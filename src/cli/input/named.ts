/**
 * What a command line names as input: a file, all files of a folder that can be read, a scenario that comes with the
 * package by its name, or stdin.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { packageFile } from "../../real/package-file.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, invalid } from "../exit.js";
import { reason } from "./reasons.js";

export const STDIN = "-";

const FOLDERS = ["witnesses", "examples"];
/** What names a scenario of the package. */
const NAME = /^[A-Za-z0-9][\w.+-]{0,79}$/;
/** What is taken of a folder. */
const READABLE = /\.(ya?ml|fsxops|fsxlog|log|syz|xfs_io|sh)$/i;
/** What is taken if it holds something that is read. */
const TEXT = /\.txt$/i;
const MOST_NAMES = 5;
const TRACE = /\.json(\.gz)?$/i;

/** The path of a scenario of the package that is called so, where there is no file of that name; else what was given. */
export function located(x: string): string {
  if (x === STDIN || !NAME.test(x) || existsSync(x)) return x;
  for (const folder of FOLDERS) {
    const path = packageFile(`scenarios/${folder}/${x}.yaml`);
    if (existsSync(path)) return near(path);
  }
  return x;
}

/** The remedy for a word that names none of the package's scenarios: the nearest that there is, else the given one. */
export function orScenario(x: string, otherwise?: string): string | undefined {
  if (!NAME.test(x)) return otherwise;
  const names = FOLDERS.flatMap((folder) => listed(packageFile(`scenarios/${folder}`), false));
  return didYouMean(
    x,
    names.map((name) => name.replace(/\.yaml$/, "")),
    otherwise,
  );
}

/** Whether it names something to read. */
export function isInput(x: string): boolean {
  return x === STDIN || (!x.includes("\0") && existsSync(x));
}

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

function listed(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: "utf8" }).sort();
  } catch (error) {
    throw invalid(`cannot read ${visible(folder)}: ${reason(error)}`);
  }
}

function isFolder(path: string): boolean {
  try {
    return path !== STDIN && !path.includes("\0") && statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
