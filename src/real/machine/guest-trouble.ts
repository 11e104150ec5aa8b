/**
 * What a guest's kernel says on its console when something is wrong with itself: oopses, bugs, warnings, lockdep, tasks and
 * processors that hang, memory that ran out, XFS giving up. Nothing that such a guest says after it is a verdict.
 */

interface Sign {
  readonly kind: string;
  /** What follows the time in a line of the kernel; after `words` comes the rest of the message. */
  readonly words: RegExp;
  /** Nothing that comes later can be believed, wherever in a line it stands. */
  readonly isDeath?: true;
}

/** The first that fits names the kind of a line. */
const SIGNS: readonly Sign[] = [
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

const HEADS = SIGNS.map(({ kind, words }) => ({ kind, words: new RegExp(`^${words.source}`) }));
/** The time that begins a line of the kernel, where other output may stand before it, and perhaps who printed it. */
const TIME = /\[ {0,8}\d{1,9}\.\d{6}\](?:\[ {0,8}[TC]\d{1,9}\])? /g;
const MOST_LINES_TO_PLACE = 40;
const MOST = 20;

/**
 * One line for each thing that went wrong, in order: its kind, the kernel's message and, where a report follows, the
 * function that it names. Equal ones are told once; the first 20 suffice.
 */
export function guestTrouble(console: string): string[] {
  const found = new Set<string>();
  const messages = messagesOf(console);
  for (const [i, message] of messages.entries()) {
    const sign = HEADS.find(({ words }) => words.test(message));
    if (sign === undefined) continue;
    const place = placeOf(messages.slice(i + 1, i + 1 + MOST_LINES_TO_PLACE));
    const isNamed = place === undefined || message.includes(place);
    found.add(`${sign.kind}: ${message.slice(0, 200)}${isNamed ? "" : ` in ${place}`}`);
    if (found.size === MOST) break;
  }
  return [...found];
}

/** What the kernel said, a message per line, without the time. Lines of others have none. */
function messagesOf(console: string): string[] {
  return console.split("\n").flatMap((line) => {
    const times = [...line.slice(0, 2000).matchAll(TIME)];
    const last = times.at(-1);
    return last === undefined ? [] : [line.slice(last.index + last[0].length, 2000).trimEnd()];
  });
}

/** The function at the head of a report: where the processor stood. */
function placeOf(report: readonly string[]): string | undefined {
  for (const line of report) {
    if (/^(?:---\[ end|@@stalemap)/.test(line) || HEADS.some(({ words }) => words.test(line)))
      return undefined;
    const place = /^RIP: 0010:([\w.]+)\+0x/.exec(line)?.[1];
    if (place !== undefined) return place;
  }
  return undefined;
}
