/** Whether a sync or an unmount in a shell script is about the file's file system, by the path that it is given. */
import { isName } from "./shell-commands.js";

export const SYNCS = /^(?:sync|_(?:scratch|test)_sync)$/;
export const UNMOUNTS = /(?:cycle_mount|remount|unmount)$|^umount$/;

export type Place = "ours" | "other" | "unknown";

/** The variables of fstests for one file system. */
const SCRATCH = /^\$SCRATCH_(?:MNT|DEV)\b/;
const TEST = /^\$TEST_(?:DIR|DEV|MNT)\b/;

const plain = (word: string): string => word.replace(/\$\{(\w+)\}/g, "$$$1");
const isOf = (folder: string, file: string): boolean =>
  folder !== "" && file.startsWith(`${folder.replace(/\/+$/, "")}/`);

/** What a command is about that writes back or drops what a file system has. */
export function placeOf(name: string, args: readonly string[], given: string): Place {
  const file = plain(given);
  const helper = /^_(scratch|test)_/.exec(name)?.[1];
  if (helper !== undefined) return onMount(helper === "scratch" ? "$SCRATCH_MNT" : "$TEST_DIR", file);
  const paths = args.filter((arg) => !arg.startsWith("-")).map(plain);
  if (paths.length === 0) return "ours";
  const isFile = name === "sync" && !args.some((arg) => /^(?:-\w*f|--file)/.test(arg));
  const all = paths.map((path) => (isFile ? ofFile(path, file) : ofSystem(path, file, name === "umount")));
  return all.find((one) => one === "ours") ?? all.find((one) => one === "unknown") ?? "other";
}

/** A file that is not in a folder of fstests stands for one that is. */
function onMount(mount: string, file: string): Place {
  const [its, another] = mount === "$TEST_DIR" ? [TEST, SCRATCH] : [SCRATCH, TEST];
  return its.test(file) ? "ours" : another.test(file) ? "other" : file.startsWith("/") ? "unknown" : "ours";
}

function ofFile(path: string, file: string): Place {
  if (isName(path, file)) return "ours";
  return areTwo(path, file) ? "other" : "unknown";
}

/** Whether two paths that are not the same name two files for sure. */
export function areTwo(a: string, b: string): boolean {
  const [x = "", y = ""] = [a, b].map((one) => one.replace(/^.*\//s, ""));
  return (
    a !== b && (!`${a}${b}`.includes("$") || (x !== y && !/[$`*?[]|^$/.test(x) && !/[$`*?[]|^$/.test(y)))
  );
}

function ofSystem(path: string, file: string, isMount: boolean): Place {
  if (path === file || isOf(path, file)) return "ours";
  const onScratch = SCRATCH.test(path);
  if (onScratch || TEST.test(path)) {
    const place = onMount(onScratch ? "$SCRATCH_MNT" : "$TEST_DIR", file);
    return isMount && !/^\$\w+$/.test(path) && place === "ours" ? "other" : place;
  }
  if (!isMount && path.replace(/[^/]*$/, "") === file.replace(/[^/]*$/, "")) return "ours";
  return isMount && canCompare(path, file) && !path.startsWith("/dev/") ? "other" : "unknown";
}

/** Both begin alike, or with a folder that is told. */
function canCompare(a: string, b: string): boolean {
  const [x, y] = [a, b].map((one) => /^(?:\$\w+|)(?=\/)/.exec(one)?.[0]);
  if (`${a.slice(x?.length)}${b.slice(y?.length)}`.includes("$")) return false;
  return x !== undefined && x === y;
}
