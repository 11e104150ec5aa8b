/**
 * What commands of a shell script do to the file that it is about, where they are neither xfs_io nor one of shell-tools.ts:
 * some read all of it, some look at nothing that the model has, and of the others it is not known.
 */
import { patternOf } from "./shell-patterns.js";

/** They read what they name from its beginning to its end. */
const READERS =
  /^(?:cat|tac|od|xxd|hd|_?hexdump|md5sum|sha\w*sum|b2sum|cksum|sum|crc32|_md5_checksum|cmp|diff|wc|head|tail|strings|base64|[ef]?grep|awk|sed|sort|uniq|cut|tr|nl|rev)$/;
/** Names, sizes and extents; what they do with a name changes no byte of the file. */
const LOOKERS =
  /^(?:stat|ls|du|df|file|filefrag|test|\[\[?|echo|printf|touch|chmod|chown|basename|dirname|readlink|realpath|pwd|cd|pushd|popd|:|true|which|type|command|hash|_get\w*|_require\w*|_begin\w*|_supported\w*|\{|\}|\(|\)|fi|done|esac|local|export|declare|typeset|readonly|set|exec)$/;
const HARMLESS =
  /^(?:seq|false|_scratch_mkfs\w*|_test_mkfs\w*|mkfs|mkfs\.(?:xfs|\$.*)|_fixed_by\w*|mkdir|rmdir|tee|_cleanup\w*|_register\w*|_\w*filter\w*|sleep|usleep|losetup|modprobe|sysctl|xfs_info|dmesg|date|uname|id|nproc|free|uptime|hostname|whoami|mktemp|umask|mountpoint|findmnt|lsblk|jobs|disown|clear|expr|_?pgrep)$/;
/** What makes a file system be there, or be there anew. */
const MOUNTS = /^(?:mount|_(?:scratch|test)_(?:cycle_)?(?:re)?mount\w*)$/;
/** Commands that are asked rather than told. */
const TESTS = /^(?:[ef]?grep|cmp|diff|which|type|command|_?pgrep|mountpoint|expr|ls|stat|_has_\w+|_is_\w+)$/;
const MAY_FAIL =
  /^(?:cat|tac|od|xxd|hd|hexdump|head|tail|wc|\w+sum|file|filefrag|readlink|realpath|touch|chmod|chown|cd|pushd|popd|mount|mkfs(?:\.\w+)?|mkdir|rmdir|rm|losetup|modprobe|sysctl|findmnt|id)$/;
/** A script that ends so says that it could not be run. */
const ENDS = /^(?:_exit|_fail|_notrun)$/;

export const isReader = (name: string): boolean => READERS.test(name);
export const isMount = (name: string): boolean => MOUNTS.test(name);
/** Whether it is asked, with what it is given. */
export const isAsked = (name: string, args: readonly string[]): boolean =>
  TESTS.test(name) || (/sum$/.test(name) && args.some((arg) => /^(?:-\w*c|--check$)/.test(arg)));
/** Whether it may fail by what only a shell knows. */
export const mayFail = (name: string): boolean => MAY_FAIL.test(name);
export const endsScript = (name: string): boolean => ENDS.test(name);

/** `/usr/bin/od`, `$OD_PROG` and `od` are one. */
export function nameOf(text: string): string {
  const program = /^\$\{?([A-Z0-9_]+)_PROG\}?$/.exec(text)?.[1]?.toLowerCase();
  return program ?? text.replace(/^[/.\w-]*\/(?=[\w.-]+$)/, "");
}

/** Whether it leaves every file as it is that it does not name. */
export const isHarmless = (name: string): boolean =>
  READERS.test(name) || LOOKERS.test(name) || HARMLESS.test(name) || MOUNTS.test(name);

/** What stands before a command and says how it runs: its options that take a value. */
const BEFORE: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ugCDhpRT]$/,
  env: /^-[uCS]$/,
  nice: /^-n$/,
  ionice: /^-[cn]$/,
  stdbuf: /^-[ioe]$/,
  chrt: /^$/,
  setsid: /^$/,
  nohup: /^$/,
  command: /^$/,
  builtin: /^$/,
  taskset: /^-c$/,
};

/** How many words stand before the command itself: `LC_ALL=C sudo cmp a b`. */
export function wordsBefore(words: readonly string[]): number {
  let at = 0;
  for (;;) {
    const name = nameOf(words[at] ?? "");
    const takes = Object.hasOwn(BEFORE, name) ? BEFORE[name] : undefined;
    if (takes === undefined || at + 1 >= words.length) return at;
    const from = at++;
    // `command -v` only asks.
    if (name === "command" && /^-[vV]/.test(words[at] ?? "")) return from;
    while (/^-./.test(words[at] ?? "") || (/^(?:env|sudo)$/.test(name) && /^\w+=/.test(words[at] ?? "")))
      at += takes.test(words[at] ?? "") ? 2 : 1;
    if (name === "taskset" && words[from + 1] !== "-c") at++;
    if (name === "chrt") at++;
    if (at >= words.length) return from;
  }
}

/** Where input comes from and output goes to. */
export interface Redirected {
  readonly sign: string;
  readonly target: string;
}

/** `may read` one that only a shell knows. */
export type Use = "reads" | "may read" | "writes" | "names" | "nothing";

/** What a command does to the file. */
export function useOf(
  name: string,
  args: readonly string[],
  redirects: readonly Redirected[],
  file: string,
): Use {
  const signs = redirects.flatMap(({ sign, target }) => (isName(target, file) ? [sign] : []));
  if (signs.some((sign) => sign.includes(">"))) return "writes";
  const isNamed = args.some((arg) => isName(arg, file) || isName(arg.replace(/^-*\w+=/, ""), file));
  // sed -i writes what it has read.
  const reads =
    READERS.test(name) && !(name === "sed" && args.some((arg) => /^(?:-\w*i|--in-place)/.test(arg)));
  if (signs.length > 0 || (isNamed && reads)) return "reads";
  if (isNamed && !LOOKERS.test(name)) return "names";
  return reads && /^\$\{?\w+\}?$/.test(args.at(-1) ?? "") ? "may read" : "nothing";
}

/** Whether a word is the file's name, with or without its folder, or a pattern for it. */
export function isName(word: string, file: string): boolean {
  if (word === "" || file === "") return false;
  const base = file.replace(/^.*\//s, "");
  if (word === file || (word === base && !word.startsWith("$"))) return true;
  if (!/[*?]/.test(word) || /[[\]]/.test(word)) return false;
  const pattern = new RegExp(`^${patternOf(word)}$`, "s");
  return pattern.test(file) || (!word.includes("/") && pattern.test(base));
}

/** Options of a mount that change nothing the model has. */
const MOUNT_OPTIONS =
  /^(?:rw|defaults|loop|remount|(?:no|rel|strict|lazy)?a?time|no(?:dir)?atime|nodiratime|relatime|inode(?:32|64)|nouuid|(?:no)?discard|log(?:bufs|bsize|dev)=.*|rtdev=.*|dax=never|noquota|[ugp]?(?:usr|grp|prj)?quota|[ugp]qno?enforce|largeio|nolargeio|(?:no)?attr2|(?:no)?ikeep|wsync|swalloc|noalign|noexec|nosuid|nodev|acl|user_xattr|\$.*)$/;
const OPTION = /^-{1,2}(?:o|options)(?:=|$)/;

/** What a mount asks for that the model does not have: `dax`, another, or nothing. */
export function askedOfMount(args: readonly string[]): string | undefined {
  const words = args.flatMap((arg) => arg.split(/\s+/));
  for (const [i, word] of words.entries()) {
    if (/^-[rt]./.test(word) || word === "-r" || (word === "-t" && words[i + 1] !== "xfs")) return word;
    const own = /^-o(.+)$/.exec(word)?.[1];
    const given = own ?? (OPTION.test(word) ? (word.split(/=(.*)/s)[1] ?? words[i + 1] ?? "") : "");
    for (const option of given.split(",").filter((one) => one !== "")) {
      if (/^dax(?:=always)?$/.test(option)) return "dax";
      if (!MOUNT_OPTIONS.test(option)) return option;
    }
  }
  return undefined;
}
