/**
 * The kernel functions that run inside a scheduler step, as a trace shows them and as schedules written by people name
 * them: with what they did, and the byte offset that each works at.
 */
import { startByte } from "../../kernel/machine/geometry.js";
import type { Kernel, Tracer } from "../../kernel/machine/kernel.js";
import { LABEL_NAMES, Pc } from "../../kernel/machine/labels.js";
import type { Thread } from "../../kernel/machine/thread.js";
import { FUNCTIONS } from "../../kernel/paths/index.js";

/** A kernel function that a thread runs or would run. */
export interface Call {
  readonly fn: string;
  readonly pc: number;
  /** Byte offset that it works at. */
  readonly at: number;
  /** What it did. */
  readonly notes: string[];
}

/** Writes down the functions that run. */
export class CallRecorder implements Tracer {
  readonly calls: Call[] = [];
  readonly #k: Kernel;

  constructor(k: Kernel) {
    this.#k = k;
  }

  step(t: Thread, pc: number): void {
    const last = this.calls.at(-1);
    if (last !== undefined && isAccess(last.pc) && isAccess(pc)) {
      if (last.pc === pc) return;
      // A store that turns out to be a fault renames the call that has just begun.
      if (last.notes.length === 0) this.calls.pop();
    }
    this.calls.push({ fn: FUNCTIONS[pc]!, pc, at: positionOf(this.#k, t, pc), notes: [] });
  }

  note(_t: Thread, text: string): void {
    this.calls.at(-1)?.notes.push(text);
  }
}

function isAccess(pc: number): boolean {
  return pc >= Pc.S_FAULT && pc <= Pc.L_LOAD && pc !== Pc.S_READ_MAP && pc !== Pc.L_READ_MAP;
}

type Place = "cell" | "zero" | "truncate" | "punch" | "page" | "block";

/** Which register says where the step at each label works. */
const PLACES: readonly Place[] = LABEL_NAMES.map((name) => {
  if (/^Z_/.test(name)) return "zero";
  if (/^T_/.test(name)) return "truncate";
  if (/^P_|^S_MKWRITE_NEXT$/.test(name)) return "punch";
  if (/^B_(LOOKUP|CONVERT|DISCARD)/.test(name)) return "block";
  if (/^B_(?!START|RETURN)/.test(name)) return "page";
  return "cell";
});

/** The byte offset that thread `t` works at in the step at label `pc`. */
export function positionOf(k: Kernel, t: Thread, pc: number): number {
  if (t.index === k.layout.reclaim) return 0;
  if (t.index >= k.layout.programThreads && t.index < k.layout.reclaim) return blockByte(k, t.ioStart);
  switch (PLACES[pc]!) {
    case "zero":
      return startByte(k.g, t.zeroPos);
    case "truncate":
      return pageByte(k, t.truncPage);
    case "punch":
      return blockByte(k, t.punchFrom);
    case "block":
      return blockByte(k, t.wbBlock);
    case "page":
      return pageByte(k, t.wbPage);
    default:
      return startByte(k.g, t.pos);
  }
}

function blockByte(k: Kernel, block: number): number {
  return startByte(k.g, k.g.blockCell[Math.min(block, k.g.blocks)]!);
}
function pageByte(k: Kernel, page: number): number {
  return startByte(k.g, k.g.pageCell[Math.min(page, k.g.pages)]!);
}
