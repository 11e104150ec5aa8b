/**
 * Progress on stderr: a spinner with its text on a terminal, else a plain line every 10 seconds; nothing under -q. A
 * terminal without a width (a serial console, many of CI) gets lines too.
 */
import type { Ora } from "ora";
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

const FRAME_MS = 100;

/** Redrawn in place, also while the work is on other threads. Ora is loaded meanwhile. */
function spinner({ terminal: { err } }: Session): Progress {
  let make: typeof import("ora").default | undefined;
  let isWanted = false;
  let shown: Ora | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let latest = (): string => "";
  const draw = (): void => {
    last = performance.now();
    if (make === undefined) return;
    const color = err.isColoured ? "cyan" : false;
    const options = { stream: neverNarrow(err.stream), discardStdin: false, color, isEnabled: true } as const;
    shown ??= make(options).start();
    shown.text = harmless(cut(latest(), err.stream));
    // The work may be synchronous: timers come late then.
    shown.render();
  };
  void import("ora").then((loaded) => {
    make = loaded.default;
    if (isWanted) draw();
  });
  return {
    update(text) {
      latest = text;
      isWanted = true;
      if (performance.now() - last >= FRAME_MS) draw();
    },
    stop() {
      isWanted = false;
      shown?.stop();
      shown = undefined;
      last = Number.NEGATIVE_INFINITY;
    },
  };
}

/** As much as the terminal shows: a line that fills it would go on in the next. Two columns are the spinner's. */
function cut(text: string, { columns = 0, rows = 2 }: NodeJS.WriteStream): string {
  const width = Math.max(LEAST_COLUMNS, columns) - 3;
  const lines = text.split("\n").slice(0, Math.max(1, rows - 1));
  return lines.map((line) => line.slice(0, width)).join("\n");
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
