/**
 * Progress on stderr: a spinner with its text on a terminal, else a plain line every 10 seconds; nothing under -q. A
 * terminal without a width (a serial console, many of CI) gets lines too.
 */
import { plural } from "../../report/style.js";
import { isDumb } from "./colour.js";
import { harmless } from "./harmless.js";
import { note, type Session } from "./terminal.js";

const LINE_EVERY_MS = 10_000;
/** What a spinner needs. */
const LEAST_COLUMNS = 20;

export interface Progress {
  /** What to show now; asked for lazily, as often as it is shown. */
  update(text: () => string): void;
  /** Removes the spinner; call before writing anything else to the terminal. */
  stop(): void;
}

export function startProgress(session: Session): Progress {
  if (session.isQuiet) return { update: () => {}, stop: () => {} };
  const { stream, isTTY } = session.terminal.err;
  const { columns = LEAST_COLUMNS, rows = 2 } = stream;
  const canSpin = isTTY && !isDumb(process.env) && columns >= LEAST_COLUMNS && rows > 1;
  return canSpin ? spinner(session) : plainLines(session);
}

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const FRAME_MS = 100;

/** Redrawn in place, also while the work is on other threads. */
function spinner({ terminal: { err } }: Session): Progress {
  let shown = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let latest = (): string => "";
  const clear = (): string => (shown === 0 ? "" : `\x1b[${shown}A\x1b[J`);
  const draw = (): void => {
    last = performance.now();
    // A line that fills the terminal would go on in the next.
    const width = Math.max(LEAST_COLUMNS, err.stream.columns ?? 0) - 1;
    const lines = `${FRAMES[frame++ % FRAMES.length]} ${latest()}`.split("\n");
    const rows = lines.slice(0, Math.max(1, (err.stream.rows ?? 2) - 1)).map((text) => text.slice(0, width));
    err.control(`${clear()}${harmless(err.colours.cyan(rows[0]?.slice(0, 1) ?? ""))}`);
    err.write(`${rows.join("\n").slice(1)}\n`);
    shown = rows.length;
  };
  return {
    update(text) {
      latest = text;
      timer ??= setInterval(draw, FRAME_MS).unref();
      // The work may be synchronous: timers come late then.
      if (performance.now() - last >= FRAME_MS) draw();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      err.control(clear());
      shown = 0;
      last = Number.NEGATIVE_INFINITY;
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

/** At the first signal, while findings are being shrunk: what a second one skips. */
export function tellOfSecond(session: Session, findings: number, progress: Progress): void {
  if (findings === 0) return;
  progress.stop();
  const { signal } = session.interrupt;
  note(session, `${signal}: still shrinking ${plural(findings, "finding")}; a second signal skips that`);
}
