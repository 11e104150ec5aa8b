/**
 * What is foreign in a text (names of files, words of a scenario, a guest's console) must not move the cursor, hide or
 * reorder anything. Colours of our own are marked until the stream is written, so that foreign escape sequences are
 * told apart from them.
 */

const ESCAPE = "\u001b";
/** Stands for the escape character of a colour; a code point that Unicode keeps from texts. */
const MARK = "\uFDD0";
const MARKED_COLOUR = /\uFDD0(\[\d{1,3}(?:;\d{1,3})*m)/g;
/** All that a terminal obeys or hides, line ends and tabs apart. */
const OBEYED = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text as it may go to a terminal: every character that one would obey is a visible mark of the same width. */
export function harmless(text: string): string {
  return text.replace(OBEYED, "·").replace(MARKED_COLOUR, `${ESCAPE}$1`);
}

/** A paint of which the colours outlive `harmless`. */
export function markedPaint(paint: (text: string) => string): (text: string) => string {
  return (text) => paint(harmless(text)).replaceAll(ESCAPE, MARK);
}
