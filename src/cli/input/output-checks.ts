/** What is refused of outputs before any work is done: files that would replace one another, and directories in which nothing can be written. */
import { lstatSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { invalid, Stop, usage } from "../exit.js";
import { exists } from "./files.js";
import { OTHER_DIRECTORY } from "./output-files.js";
import { reason } from "./reasons.js";
import { discard, sweep, temporaryIn } from "./temporary-files.js";

/** Most bytes of a file's name on Linux, whose system calls do not look below a directory that is not there. */
const NAME_MAX = 255;

/** Refuses outputs that would replace one another, or a file that is an input. */
export function checkDistinct(outputs: readonly string[], inputs: readonly string[]): void {
  const taken = new Map(inputs.filter(exists).map((path) => [placeOf(path), "is read"]));
  for (const path of outputs) {
    const place = placeOf(path);
    const why = taken.get(place);
    if (why !== undefined) throw usage(`${visible(path)} ${why}, and would be replaced`, "name another file");
    taken.set(place, "is written already");
  }
}

function placeOf(path: string): string {
  return exists(path) ? realpathSync(path) : resolve(path);
}

/** Refuses, before any work is done, a directory for output in which nothing can be written. */
export function checkDirectory(path: string, remedy = OTHER_DIRECTORY): void {
  const fail = (why: string) => invalid(`cannot write into ${visible(path)}: ${why}`, remedy);
  let folder = resolve(path);
  while (!exists(folder)) {
    try {
      if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
        throw fail(`${visible(folder)} is a symbolic link to nothing`);
      if (Buffer.byteLength(basename(folder)) > NAME_MAX) throw fail("a name in it is too long");
    } catch (error) {
      if (error instanceof Stop) throw error;
      // What is in the way is found further up.
      if ((error as NodeJS.ErrnoException).code !== "ENOTDIR") throw fail(reason(error));
    }
    folder = dirname(folder);
  }
  if (!statSync(folder).isDirectory())
    throw fail(folder === resolve(path) ? "it is not a directory" : `${visible(folder)} is not a directory`);
  const temporary = temporaryIn(folder);
  try {
    sweep(folder);
    writeFileSync(temporary, "", { flag: "wx" });
  } catch (error) {
    // A disk that is full may have room again when something is found, which is printed in any case.
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw fail(reason(error));
  } finally {
    discard(temporary);
  }
}
