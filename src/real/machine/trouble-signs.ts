/** What a kernel prints when something is wrong with itself, and what of it is its death. */

interface Sign {
  readonly kind: string;
  /** What follows the time in a line of the kernel; after `words` comes the rest of the message. */
  readonly words: RegExp;
  /** Nothing that comes later can be believed, wherever in a line it stands. */
  readonly isDeath?: true;
}

/** The first that fits names the kind of a line. */
export const SIGNS: readonly Sign[] = [
  { kind: "panic", words: /Kernel panic/, isDeath: true },
  { kind: "soft lockup", words: /(?:watchdog: )?BUG: (?:soft lockup|workqueue lockup)/, isDeath: true },
  {
    kind: "hard lockup",
    words: /(?:NMI watchdog: |watchdog: )?Watchdog detected hard LOCKUP/,
    isDeath: true,
  },
  { kind: "locks", words: /BUG: (?:sleeping function|scheduling while atomic)/, isDeath: true },
  { kind: "oops", words: /(?:Oops: |BUG: (?:unable to handle|kernel NULL pointer))/, isDeath: true },
  { kind: "oops", words: /general protection fault/, isDeath: true },
  { kind: "oops", words: /(?:invalid opcode|divide error|int3|double fault|stack segment): [0-9a-f]{4} \[#/ },
  { kind: "bug", words: /(?:kernel BUG at |BUG: )/, isDeath: true },
  {
    kind: "file system",
    words:
      /XFS \(\w{1,32}\): (?:[^\r\n]{0,120}Shutting down filesystem|(?:Metadata c|C)orruption|Internal error)/,
    isDeath: true,
  },
  { kind: "file system", words: /XFS: Assertion failed/ },
  {
    kind: "locks",
    words: /(?:WARNING|INFO): (?:possible|inconsistent|suspicious|bad unlock|trying to register|lock held)/,
  },
  { kind: "warning", words: /(?:WARNING: |UBSAN: |-{4,}\[ ftrace bug \])/ },
  { kind: "hung task", words: /INFO: task \S.{0,40} blocked for more than \d+ seconds/ },
  { kind: "stall", words: /(?:rcu: )?INFO: rcu_\w+ (?:self-)?detected (?:expedited )?stall/ },
  { kind: "memory", words: /(?:Out of memory|\S+: page allocation failure)/ },
];

/** At most this much of a message. */
const TAIL = "[^\\r\\n]{0,200}";
const DEATH = new RegExp(
  `\\b(?:${SIGNS.filter(({ isDeath }) => isDeath)
    .map(({ words }) => words.source)
    .join("|")})${TAIL}`,
);

/** The first words of a kernel after which nothing that it says can be believed. */
export function deathOf(console: string): string | undefined {
  return DEATH.exec(console)?.[0];
}
