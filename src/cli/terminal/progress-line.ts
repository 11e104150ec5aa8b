/**
 * Progress on stderr: a spinner on a terminal, else a plain line every 10 seconds; nothing under -q. A
 * terminal without a width (a serial console, many of CI) gets lines too.
 */
import ora, { type Ora } from "ora";
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

/** Ora divides by the width, which is 0 on a serial console and may become so while it spins. */
function neverNarrow(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return Object.create(stream, {
    columns: { get: () => Math.max(LEAST_COLUMNS, stream.columns ?? 0) },
  }) as NodeJS.WriteStream;
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
        shown = ora({ stream: neverNarrow(err.stream), discardStdin: false, color, isEnabled: true }).start();
      }
      shown.text = harmless(text());
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

/** At the first signal, while findings are being shrunk: what a second one skips. */
export function tellOfSecond(session: Session, findings: number, progress: Progress): void {
  if (findings === 0) return;
  progress.stop();
  const { signal } = session.interrupt;
  note(session, `${signal}: still shrinking ${plural(findings, "finding")}; a second signal skips that`);
}
