/** What may stand beside an operation and change what it does or what befalls it. */

/**
 * What may stand beside an operation. Offsets are bytes of the file (cells in the kernel): `inside` the operation's
 * range, its start included or not, anywhere, or apart: a range as long as the operation's from there has none of its bytes.
 * Faults are what goes wrong by plan; what is needed is never left out.
 */
export const MODIFIERS = {
  /** Source bytes from here on cannot be read (EFAULT). */
  faultAt: { word: "fault-at", takes: "offset", inside: "start included", isFault: true, isNeeded: false },
  /** The first atomic copy that reaches this stops there, and is retried. */
  shortCopy: { word: "short-copy", takes: "offset", inside: "strictly", isFault: true, isNeeded: false },
  /** FALLOC_FL_KEEP_SIZE. */
  keepSize: { word: "keep-size", takes: "flag", inside: "anywhere", isFault: false, isNeeded: false },
  /** RWF_DONTCACHE. */
  dontcache: { word: "dontcache", takes: "flag", inside: "anywhere", isFault: false, isNeeded: false },
  /** Where the bytes of the range go; it must be there. */
  target: { word: "to", takes: "offset", inside: "apart", isFault: false, isNeeded: true },
} as const;
export type ModifierName = keyof typeof MODIFIERS;
/** Those that an operation has; a flag is there or not. */
export type Modifiers = {
  readonly [M in ModifierName]?: (typeof MODIFIERS)[M]["takes"] extends "flag" ? true : number;
};
