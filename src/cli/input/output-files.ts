/**
 * Output files: they appear whole or not at all, and replace nothing unless that is asked for. What a killed run left
 * of its temporary files goes when the next one writes into the same directory.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { invalid, Stop } from "../exit.js";
import { reason } from "./reasons.js";
import { discard, sweep, temporaryIn } from "./temporary-files.js";

export const OTHER_DIRECTORY = "choose another directory with --out";

/** The bits of a file's mode that let somebody write. A rename would not ask for them. */
const ANY_WRITE = 0o222;

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
    makeFolder(dirname(path));
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

/** Where a folder cannot be made, as in /proc, mkdirSync() may try for ever to make those that it is in. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (!existsSync(path)) throw error;
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
