/**
 * Output files: they appear whole or not at all, and replace nothing unless that is asked for. What a killed run left
 * of its temporary files goes when the next one writes into the same directory.
 */
import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { isAlive } from "../../workers/is-alive.js";
import { invalid, Stop, usage } from "../exit.js";
import { exists } from "./files.js";
import { reason } from "./reasons.js";

const OTHER_DIRECTORY = "choose another directory with --out";

/** The bits of a file's mode that let somebody write. A rename would not ask for them. */
const ANY_WRITE = 0o222;

/** Most bytes of a file's name on Linux, whose system calls do not look below a directory that is not there. */
const NAME_MAX = 255;

/** Writes a file under a temporary name and renames it, so that nobody sees half of it. */
export function writeWhole(path: string, text: string, remedy = OTHER_DIRECTORY): void {
  writeBeside(targetOf(path, remedy), text, remedy, renameSync);
}

/**
 * The file that a path names, through symbolic links, or will name. Whatever is there and no regular file, such as a
 * device, a pipe or a directory, is refused: a rename would replace it.
 */
export function targetOf(path: string, remedy = OTHER_DIRECTORY): string {
  const fail = (why: string) => invalid(`cannot write ${visible(path)}: ${why}`, remedy);
  let isThere = false;
  let isLink = false;
  let target = path;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) throw fail("it is a directory");
    if (there?.isFile() === false) throw fail("it is a device, pipe or socket, not a file");
    if (there !== undefined && (there.mode & ANY_WRITE) === 0) throw fail("it is read-only");
    isThere = there !== undefined;
    isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (isThere && isLink) target = realpathSync(path);
  } catch (error) {
    throw error instanceof Stop ? error : fail(reason(error));
  }
  if (isLink && !isThere) throw fail("it is a symbolic link to nothing");
  return target;
}

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

/** Writes a file whole where there is none yet; false when there is one. */
export function writeNew(path: string, text: string): boolean {
  return writeBeside(path, text, OTHER_DIRECTORY, linkOrCopy);
}

function writeBeside(
  path: string,
  text: string,
  remedy: string,
  place: (temporary: string, path: string) => void,
): boolean {
  const temporary = temporaryIn(dirname(path));
  try {
    mkdirSync(dirname(path), { recursive: true });
    sweep(dirname(path));
    writeFileSync(temporary, text, { flag: "wx" });
    place(temporary, path);
    return true;
  } catch (error) {
    if (place === linkOrCopy && (error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw invalid(`cannot write ${visible(path)}: ${reason(error)}`, remedy);
  } finally {
    discard(temporary);
  }
}

/** Both refuse a file that is there; not every file system has links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed was never made.
  }
}

function temporaryIn(directory: string): string {
  return join(directory, `.stalemap-${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
}

const swept = new Set<string>();

/** Removes what runs that were killed have left in a directory; once, before this process writes there. */
export function sweep(directory: string): void {
  if (swept.has(directory)) return;
  swept.add(directory);
  for (const name of namesIn(directory)) {
    const [, pid] = /^\.stalemap-(\d+)-[a-z0-9]+\.tmp$/.exec(name) ?? [];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid))))
      discard(join(directory, name));
  }
}

/** The names in a directory, in order; none when it cannot be read. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
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
