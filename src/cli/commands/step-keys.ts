/**
 * Walking a run by keys.
 */
import { on } from "node:events";
import { emitKeypressEvents, type Key } from "node:readline";
import { findPage, programLines, stepPage, type Walk } from "../../report/step-text.js";
import { wrap } from "../../report/style.js";
import type { Session } from "../terminal/terminal.js";

const KEYS = "n next  p back  x lost  g G ends  12 Enter  / search  ? help  q quit";
const HELP: readonly (readonly [keys: string, what: string])[] = [
  ["n, right, down, space, Enter", "the next step"],
  ["p, left, up", "the step before"],
  ["x", "where the data is lost"],
  ["g, home / G, end", "the start, the end"],
  ["12 Enter", "step 12"],
  ["/text Enter", "the next step that has the text; / Enter looks for it again"],
  ["?", "this help; any key ends it"],
  ["q, Esc, Ctrl-C", "quit"],
];
const HELP_MARGIN = 31;
const ABOUT =
  "A step is what runs from one point at which another CPU can come in to the next; it is named by the kernel functions in it. * marks what the step changed. Lines below it: the size of the file, its extents, the folios in the page cache, the data in the cache and on disk by the operation that wrote it, the maps that writers hold (seq counts changes of the extents; NEW: just allocated), the locks, and what each thread does next.";

function helpLines(columns: number): string[] {
  const keys = HELP.flatMap(([head, what]) =>
    wrap(what, Math.max(20, columns - HELP_MARGIN)).map(
      (line, i) => (i === 0 ? head : "").padEnd(HELP_MARGIN) + line,
    ),
  );
  return [...keys, "", ...wrap(ABOUT, columns)];
}

/** What was typed and not yet entered: digits of a step, or a text after a slash. */
interface State {
  at: number;
  typed: string;
  search: string;
  isHelp: boolean;
}

export async function interactive(session: Session, walk: Walk): Promise<void> {
  const { out } = session.terminal;
  const { stdin } = process;
  const state: State = { at: 0, typed: "", search: "", isHelp: false };
  const draw = (): void => {
    const { columns = 80 } = out.stream;
    const width = Math.max(20, columns - 1);
    const keys = wrap(KEYS, width);
    const where = `${state.at} of ${walk.states.length - 1}`;
    const lines = [out.colours.bold(walk.title), "", ...programLines(walk).map(out.colours.dim), ""];
    lines.push(...(state.isHelp ? helpLines(width) : stepPage(walk, state.at, out.colours)), "");
    lines.push(
      out.colours.dim(state.typed === "" ? where : `${where}  ${state.typed}`),
      ...keys.map(out.colours.dim),
    );
    out.control("\x1b[2J\x1b[H");
    out.write(`${lines.join("\n")}\n`);
  };
  // Also when something ends the process: a second signal, an error that nobody caught.
  const giveBack = (): void => {
    process.off("exit", giveBack);
    out.stream.off("resize", draw);
    out.control("\x1b[?25h\x1b[?1049l");
    stdin.setRawMode(false);
    stdin.pause();
  };
  process.on("exit", giveBack);
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  out.control("\x1b[?1049h\x1b[?25l");
  out.stream.on("resize", draw);
  try {
    draw();
    // A terminal that has gone away ends its input, with an error or without.
    const keys = on(stdin, "keypress", { close: ["end", "close", "error"] }) as AsyncIterator<[unknown, Key]>;
    for await (const [text, key] of session.interrupt.until(keys)) {
      if (isQuit(key, state)) break;
      press(walk, state, typeof text === "string" ? text : "", key);
      draw();
    }
  } finally {
    giveBack();
  }
}

function isQuit({ name = "", ctrl }: Key, { typed }: State): boolean {
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
