/** What keys do to a walk through a run. */
import type { Key } from "node:readline";
import { findPage, type Walk } from "../../report/step-text.js";

/** What was typed and not yet entered: digits of a step, or a text after a slash. */
export interface State {
  at: number;
  typed: string;
  search: string;
  isHelp: boolean;
}

export function isQuit({ name = "", ctrl }: Key, { typed }: State): boolean {
  if (ctrl === true && /^[cd]$/.test(name)) return true;
  return typed === "" && (name === "q" || name === "escape");
}

/** What a key does to the state. */
export function press(walk: Walk, state: State, text: string, key: Key): void {
  const last = walk.states.length - 1;
  if (state.isHelp) state.isHelp = false;
  else if (state.typed !== "") type(walk, state, text, key);
  else if (text === "?") state.isHelp = true;
  else if (text === "/" || /^\d$/.test(text)) state.typed = text;
  else state.at = target(key, state.at, last, Math.min(last, walk.lostAt));
}

function type(walk: Walk, state: State, text: string, { name = "" }: Key): void {
  const { typed } = state;
  if (name === "escape") state.typed = "";
  else if (name === "backspace") state.typed = typed.slice(0, -1);
  else if (name === "return" || name === "enter") {
    state.typed = "";
    if (typed.startsWith("/")) {
      state.search = typed.length > 1 ? typed.slice(1) : state.search;
      if (state.search !== "") state.at = findPage(walk, state.search, state.at) ?? state.at;
    } else state.at = Math.min(walk.states.length - 1, Number(typed));
  } else if (typed.startsWith("/") ? /^[ -~]$/.test(text) : /^\d$/.test(text))
    state.typed = `${typed}${text}`.slice(0, 60);
}

/** The position in `[0, last]` that a key leads to from `at`. */
function target({ name = "", shift }: Key, at: number, last: number, lostAt: number): number {
  if (/^(right|down|n|space|return|j)$/.test(name)) return Math.min(last, at + 1);
  if (/^(left|up|p|k)$/.test(name)) return Math.max(0, at - 1);
  if (name === "end" || (name === "g" && shift === true)) return last;
  if (name === "home" || name === "g") return 0;
  return name === "x" ? lostAt : at;
}
