/**
 * What people write that the model does not have, in the words that they try, and what to do instead. One entry per
 * thing; an operation that the model gets is no longer looked up here (kernel/ops.ts goes first).
 */
import { OP_NAMES } from "../kernel/ops.js";

export interface Beyond {
  /** Its name for --leave-out. */
  readonly name: string;
  /** "the model has no ..." goes on so. */
  readonly what: string;
  /** What to do instead. */
  readonly instead: string;
}

type Entry = readonly [name: string, words: string, what: string, instead: string];

const OTHER_PROGRAM = "what is left is another program, and that it runs clean says nothing of this one";

/** In words: lower case, with blanks between them; `_` and `-` are the same, and so are `o-direct` and `direct`. */
const ENTRIES: readonly Entry[] = [
  [
    "direct",
    "direct direct-io direct-write direct-read dio dio-write dio-read odirect unaligned-dio iomap-dio",
    "direct I/O",
    "what buffered I/O does alone can be written with write and read",
  ],
  [
    "clone",
    "clone clone-range clonerange ficlone ficlonerange reflink reflinked cow cow-fork copy-on-write shared share remap remap-range reflink-range",
    "reflink: no extents are shared, so there is no copy on write",
    `leave it out, but ${OTHER_PROGRAM}`,
  ],
  [
    "dedupe",
    "dedupe dedupe-range deduperange fideduperange dedup",
    "dedupe: no extents are shared",
    `leave it out, but ${OTHER_PROGRAM}`,
  ],
  [
    "copy",
    "copy copy-file-range",
    "copy_file_range that shares extents",
    "write { copy_range: 0..4k, to: 8k }: without reflink it goes through the page cache",
  ],
  [
    "exchange",
    "exchange exchange-range exchangerange xchg swap swap-range swapext",
    "exchange of ranges",
    `leave it out, but ${OTHER_PROGRAM}`,
  ],
  ["atomic", "atomic write-atomic rwf-atomic", "atomic writes", "write a plain write"],
  [
    "crash",
    "crash shutdown power-fail powerfail power-failure power-loss powercut power-cut goingdown godown panic reboot log-recovery recovery journal-replay",
    "crash: the disk is judged when everything has been written back, not in between",
    "end with fsync and look at what is stale with the exposure oracle",
  ],
  [
    "mount",
    "mount umount unmount remount freeze unfreeze thaw fsfreeze syncfs",
    "mounting or freezing: there is one file, open all the time",
    "a remount is close to fsync: {} and evict of the whole file",
  ],
  [
    "nowait",
    "nowait rwf-nowait iocb-nowait nonblock nonblocking non-blocking again-at again eagain",
    "non-blocking I/O",
    "write blocking calls",
  ],
  [
    "dax",
    "dax fsdax xip",
    "DAX: all goes through the page cache",
    "what the page cache does can be tried without it",
  ],
  [
    "realtime",
    "realtime rt rtdev rtinherit rt-inherit real-time realtime-device extsize cowextsize",
    "realtime device and no extent size hints",
    "leave it out: the data device is what is modelled",
  ],
  [
    "open",
    "open reopen close-open closeopen release dup fork exec exit kill",
    "open or processes of its own",
    "close: {} closes the description of the thread and opens the file again",
  ],
  [
    "mmap",
    "mmap munmap mremap mprotect mlock mread mwrite",
    "mmap of its own: the file is mapped all the time",
    "write store and load for what is done through the mapping",
  ],
  [
    "drop-caches",
    "drop-caches dropcaches drop-cache reclaim shrink",
    "drop_caches of its own",
    "evict drops the clean pages of a range, fadvise is posix_fadvise(DONTNEED)",
  ],
  ["sync", "sync fdatasync", "sync or fdatasync of its own", "write fsync"],
  [
    "dontcache",
    "dontcache uncached rwf-dontcache rwf-uncached write-dontcache read-dontcache",
    "uncached I/O but that of write and read",
    "write { write: 0..4k, dontcache: true }, or read",
  ],
  [
    "aio",
    "aio io-uring uring liburing splice sendfile vmsplice writev readv pwritev preadv pwritev2 preadv2",
    "other ways in than one call with one buffer",
    "what ends in a buffered write or read is a write or a read: write those",
  ],
  [
    "seek",
    "lseek seek seek-data seek-hole seek-end fiemap bmap fibmap getbmap stat fstat statx",
    "look at extents or at the size",
    "leave it out: it changes nothing",
  ],
  [
    "names",
    "rename unlink link symlink mkdir rmdir creat mkfile setxattr getxattr chmod chown utimes",
    "other files and no names",
    "leave it out: the model is of one file",
  ],
  [
    "encryption",
    "encrypt encryption fscrypt verity fsverity compress compression inline inline-data swapfile swapon quota edquot",
    "inline data, compression, encryption, verity, quota or swap files",
    "leave it out",
  ],
];

/** Lower case, with dashes. */
function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, "-");
}

const BY_WORD: ReadonlyMap<string, Beyond> = new Map(
  ENTRIES.flatMap(([name, words, what, instead]) =>
    words.split(" ").map((word): [string, Beyond] => [word, { name, what, instead }]),
  ),
);

/** Names that --leave-out knows. */
export const BEYOND_NAMES: readonly string[] = ENTRIES.map(([name]) => name);

/** What the model does not have by this word, if it is one; operations that it has are none. */
export function beyondModel(word: string): Beyond | undefined {
  const key = plain(word);
  if ((OP_NAMES as readonly string[]).includes(key.replaceAll("-", "_"))) return undefined;
  return BY_WORD.get(key) ?? BY_WORD.get(key.replace(/^(?:o|rwf|iocb|f)-/, ""));
}

/** The message that refuses it. */
export function noneOf({ what }: Beyond): string {
  return `the model has no ${what}`;
}
