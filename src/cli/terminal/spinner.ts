/** Progress on a terminal: a spinner with its text. */
import type { Ora } from "ora";
import { harmless } from "./harmless.js";
import type { Session } from "./terminal.js";

/** What a spinner needs. */
export const LEAST_COLUMNS = 20;

export interface Progress {
  /** What to show now; asked for lazily, as often as it is shown. */
  update(text: () => string): void;
  /** Removes the spinner; call before writing anything else to the terminal. */
  stop(): void;
}

/** Ora divides by the width, which is 0 on a serial console and may become so while it spins. */
function neverNarrow(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return Object.create(stream, {
    columns: { get: () => Math.max(LEAST_COLUMNS, stream.columns ?? 0) },
  }) as NodeJS.WriteStream;
}

const FRAME_MS = 100;

/** Redrawn in place, also while the work is on other threads. Ora is loaded meanwhile. */
export function spinner({ terminal: { err } }: Session): Progress {
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
