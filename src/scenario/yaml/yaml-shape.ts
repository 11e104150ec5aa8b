/** Refuses YAML whose shape could crash or hang the library that reads it, before it does. */
import type { Reporter } from "./source.js";

const MAX_DEPTH = 32;
/** The YAML library takes longer than linear time on some marks and lines; no scenario needs so many. */
const MAX_MARKS = 40_000;
/** Keys of keys between two commas; a stack holds ten times as many, and text for people has fewer colons. */
const MAX_CHAIN = 200;
export const MARKS = /[[\]{},:&*!?|>#%@`"'\t-]/g;
export const TOO_DEEP = `expected at most ${MAX_DEPTH} levels of nesting`;

export function checkShape(report: Reporter): boolean {
  const { text } = report;
  const refuse = (at: number, message: string): false => {
    report.add(at, at + 1, message);
    return false;
  };
  const tooMuch = "expected a scenario, found far more YAML than one can hold";
  const indents: number[] = [];
  let marks = 0;
  let flow = 0;
  let chain = 0;
  for (const line of text.matchAll(/^([ \t]*)((?:[-?:][ \t]+)*)(.*)$/gm)) {
    marks += 1;
    if (marks > MAX_MARKS) return refuse(line.index, tooMuch);
    const [whole, indent = "", markers = "", rest = ""] = line;
    if (markers === "" && rest.trim() === "") continue;
    while ((indents.at(-1) ?? -1) >= indent.length) indents.pop();
    indents.push(indent.length);
    if (indents.length + markers.length / 2 > MAX_DEPTH) return refuse(line.index, TOO_DEEP);
    for (const mark of whole.matchAll(MARKS)) {
      marks += 1;
      if (/[:?]/.test(mark[0])) chain += flow > 0 ? 1 : 0;
      else if (/[,[\]{}]/.test(mark[0])) chain = 0;
      if (mark[0] === "[" || mark[0] === "{") flow += 1;
      else if ((mark[0] === "]" || mark[0] === "}") && flow > 0) flow -= 1;
      if (marks > MAX_MARKS) return refuse(line.index + mark.index, tooMuch);
      if (flow > MAX_DEPTH || chain > MAX_CHAIN) return refuse(line.index + mark.index, TOO_DEEP);
    }
  }
  return true;
}
