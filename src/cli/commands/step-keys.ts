/**
 * Walking a run by keys.
 */
import { on } from "node:events";
import { emitKeypressEvents, type Key } from "node:readline";
import { programLines, stepPage, type Walk } from "../../report/step-text.js";
import { wrap } from "../../report/style.js";
import type { Session } from "../terminal/terminal.js";
import { helpLines, KEYS } from "./step-help.js";
import { isQuit, press, type State } from "./step-press.js";

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
