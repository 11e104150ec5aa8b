/**
 * Progress on stderr: a spinner on a terminal, else a plain line every 10 seconds; nothing under -q.
 */
import ora, { type Ora } from "ora";
import type { Session } from "./terminal.js";

const LINE_EVERY_MS = 10_000;

export interface Progress {
  /** What to show now; asked for lazily, as often as it is shown. */
  update(text: () => string): void;
  /** Removes the spinner; call before writing anything else to the terminal. */
  stop(): void;
}

export function startProgress(session: Session): Progress {
  if (session.isQuiet) return { update: () => {}, stop: () => {} };
  const { err } = session.terminal;
  const isDumb = process.env.TERM === "dumb";
  return err.isTTY && !isDumb ? spinner(session) : plainLines(session);
}

function spinner(session: Session): Progress {
  const { err } = session.terminal;
  let shown: Ora | undefined;
  let last = 0;
  return {
    update(text) {
      const now = performance.now();
      if (shown !== undefined && now - last < 100) return;
      last = now;
      if (shown === undefined) {
        const color = err.isColoured ? "cyan" : false;
        shown = ora({ stream: err.stream, discardStdin: false, color, isEnabled: true }).start();
      }
      shown.text = text();
      // The work is synchronous: timers that would turn the spinner come late.
      shown.render();
    },
    stop() {
      shown?.stop();
      shown = undefined;
    },
  };
}

function plainLines(session: Session): Progress {
  let last = performance.now();
  return {
    update(text) {
      const now = performance.now();
      if (now - last < LINE_EVERY_MS) return;
      last = now;
      session.terminal.err.line(text());
    },
    stop() {},
  };
}
