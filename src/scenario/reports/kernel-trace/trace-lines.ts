/**
 * Lines of a kernel trace as text: what the trace file of tracefs holds, and what trace-cmd report prints. A line is a thread,
 * a CPU, a time, the name of an event and its fields.
 */
import { linesOf } from "../fsx-lines.js";

export interface TraceLine {
  readonly start: number;
  readonly length: number;
  /** From 1. */
  readonly number: number;
  readonly comm: string;
  readonly pid: string;
  /** In nanoseconds or as fine as the trace has it, as text of equal length within a file. */
  readonly time: number;
  readonly name: string;
  readonly fields: string;
}

export interface LostEvents {
  readonly start: number;
  readonly length: number;
  readonly cpu: string;
  /** Absent where the trace does not say. */
  readonly count: string | undefined;
}

/** Thread, CPU, flags or none, time, event. */
const EVENT =
  /^\s*(\S[^\n]{0,40}?)-(\d{1,8})\s+(?:\(\s*[\d-]{1,8}\)\s+)?\[(\d{1,5})\]\s+(?:[\w.#+-]{3,8}\s+)?(\d{1,12}\.\d{1,9}):\s+(\w+)(:|\(| -> )(.*)$/;
const LOST = /^\s*CPU:?\s*(\d+)\s+\[(?:LOST (\d+) EVENTS|(?:(\d+) )?EVENTS DROPPED)\]/;
/** What both programs print besides. */
const HEAD = /^\s*(#|cpus=|version = |CPU \d+ is empty|$)/;

export const isEventLine = (text: string): boolean => EVENT.test(text);

/** Whether a text is such a trace: one of its first lines is an event or tells of lost ones. */
export function looksLikeKernelTrace(text: string): boolean {
  for (const line of linesOf(text.slice(0, 65536))) {
    if (HEAD.test(line.text)) continue;
    return isEventLine(line.text) || LOST.test(line.text);
  }
  return /^# tracer: nop/.test(text);
}

export type Line =
  | { readonly kind: "event"; readonly event: TraceLine }
  | { readonly kind: "lost"; readonly lost: LostEvents }
  | { readonly kind: "other"; readonly start: number; readonly text: string };

/** The lines that say something. */
export function* traceLines(text: string): Generator<Line> {
  let number = 0;
  for (const { text: line, start } of linesOf(text)) {
    number++;
    const found = EVENT.exec(line);
    if (found !== null) {
      const [, comm = "", pid = "", , time = "", name = "", sign = ":", behind = ""] = found;
      const rest = behind.trim();
      const fields = sign === "(" ? rest.replace(/\)$/, "") : sign === ":" ? rest : `-> ${rest}`;
      // Written out: spreading one object into the other takes ten times as long.
      const event: TraceLine = {
        start,
        length: line.length,
        number,
        comm: comm.trim(),
        pid,
        time: Number(time),
        name,
        fields,
      };
      yield { kind: "event", event };
      continue;
    }
    if (HEAD.test(line)) continue;
    const lost = LOST.exec(line);
    if (lost === null) yield { kind: "other", start, text: line };
    else {
      const [, cpu = "", lostHere, dropped] = lost;
      yield { kind: "lost", lost: { start, length: line.length, cpu, count: lostHere ?? dropped } };
    }
  }
}
