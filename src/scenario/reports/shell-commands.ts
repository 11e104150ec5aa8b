/**
 * What commands of a shell script do to the file that it is about, where they are neither xfs_io nor one of shell-tools.ts:
 * some read all of it, some look at nothing that the model has, and of the others it is not known.
 */
import type { Word } from "./word-split.js";

/** They read what they name from its beginning to its end. */
export const READERS =
  /^(?:cat|tac|od|xxd|hd|_?hexdump|md5sum|sha\w*sum|b2sum|cksum|sum|crc32|_md5_checksum|cmp|diff|wc|head|tail|strings|base64|[ef]?grep|awk|sed|sort|uniq|cut|tr|nl|rev)$/;
/** Names, sizes and extents; what they do with a name changes no byte of the file. */
export const LOOKERS =
  /^(?:stat|ls|du|df|file|filefrag|test|\[\[?|\(\(.*|echo|printf|touch|chmod|chown|basename|dirname|readlink|realpath|pwd|cd|:|set|shift|local|export|declare|readonly|unset|trap|return|exit|_exit|_fail|_notrun|_get\w*|_require\w*|_begin\w*|[A-Za-z_]\w*\+?=.*)$/s;
const HARMLESS = new RegExp(
  "^(?:#.*|[.:]|source|let|read|seq|break|continue|mount|mkfs\\S*|_scratch_(?:mkfs|mount)\\w*" +
    "|_fixed_by\\w*|_test_\\w*mount\\w*|mkdir|true|tee|xargs|_supported\\w*|_cleanup\\w*|_register\\w*|\\{|\\}|\\)|then|fi|done|esac" +
    "|_\\w*filter\\w*|sleep|_?pkill|_?pgrep|kill|killall|timeout|losetup|modprobe|sysctl|xfs_info)$",
  "s",
);
/** Commands that are asked rather than told. */
const TESTS =
  /^(?:test|\[\[?|\(\(.*|!|let|[ef]?grep|cmp|diff|which|type|command|false|_?pgrep|_has_\w+|_is_\w+)$/s;
/** What stands before a command and says how it runs. */
const BEFORE = /^(?:sudo|command|exec|env|nice|nohup|[A-Za-z_]\w*=(?!\().*)$/s;

/** Without what only says how it runs: `LC_ALL=C sudo cmp a b`. */
export function bare(words: readonly Word[]): readonly Word[] {
  const first = words.findIndex(({ text }) => !BEFORE.test(text));
  return first < 0 ? words.slice(-1) : words.slice(first);
}

/** `/usr/bin/od`, `$OD_PROG` and `od` are one. */
export function nameOf({ text }: Word): string {
  const program = /^\$\{?([A-Z0-9]+)_PROG\}?$/.exec(text)?.[1]?.toLowerCase();
  return program ?? text.replace(/^[/.\w-]*\/(?=[\w.-]+$)/, "");
}

/** Whether it leaves every file as it is that it does not name. */
export const isHarmless = (name: string): boolean =>
  READERS.test(name) || LOOKERS.test(name) || HARMLESS.test(name);

/** Whether it succeeds: `false` where that says no, undefined where only a shell knows. */
export function succeeds(words: readonly Word[], test: boolean | undefined): boolean | undefined {
  const name = nameOf(bare(words)[0] ?? { text: "", start: 0, end: 0 });
  return test ?? (TESTS.test(name) ? undefined : true);
}
