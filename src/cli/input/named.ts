/**
 * What a command line names as input: a file or folder, a scenario that comes with the package by its name, or
 * stdin.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { relative } from "node:path";
import { packageFile } from "../../real/package-file.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { didYouMean, invalid } from "../exit.js";
import { reason } from "./reasons.js";

export const STDIN = "-";

const FOLDERS = ["witnesses", "examples"];
/** What names a scenario of the package. */
const NAME = /^[A-Za-z0-9][\w.+-]{0,79}$/;

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

function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

/** The names in a folder, sorted; 128 where it cannot be read. */
export function listed(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: "utf8" }).sort();
  } catch (error) {
    throw invalid(`cannot read ${visible(folder)}: ${reason(error)}`);
  }
}

export function isFolder(path: string): boolean {
  try {
    return path !== STDIN && !path.includes("\0") && statSync(path).isDirectory();
  } catch {
    return false;
  }
}
