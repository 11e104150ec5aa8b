/**
 * What a guest's kernel says on its console when something is wrong with itself: oopses, bugs, warnings, lockdep, tasks and
 * processors that hang, memory that ran out, XFS giving up. Nothing that such a guest says after it is a verdict.
 */

import { SIGNS } from "./trouble-signs.js";

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
