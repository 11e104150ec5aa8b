/**
 * Progress on stderr: a spinner with its text on a terminal, else a plain line every 10 seconds; nothing under -q. A
 * terminal without a width (a serial console, many of CI) gets lines too.
 */
import { plural } from "../../report/style.js";
import { isDumb } from "./colour.js";
import { LEAST_COLUMNS, type Progress, spinner } from "./spinner.js";
import { note, type Session } from "./terminal.js";

const LINE_EVERY_MS = 10_000;

export function startProgress(session: Session): Progress {
  if (session.isQuiet) return { update: () => {}, stop: () => {} };
  const { stream, isTTY } = session.terminal.err;
  const { columns = LEAST_COLUMNS, rows = 2 } = stream;
  const canSpin = isTTY && !isDumb(process.env) && columns >= LEAST_COLUMNS && rows > 1;
  return canSpin ? spinner(session) : plainLines(session);
}

function plainLines(session: Session): Progress {
  let last = performance.now();
  return {
    update(text) {
      const now = performance.now();
      if (now - last < LINE_EVERY_MS) return;
      last = now;
      // Once and for all, so the table that a terminal redraws is left out.
      session.terminal.err.line(text().split("\n").slice(0, 2).join(","));
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
