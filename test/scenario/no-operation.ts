/** What is said where an operation is expected: the list of all operations comes from their table. */
import { OP_NAMES } from "../../src/kernel/ops.js";

/** The lines, broken for a terminal of 80 columns; `found` as it is shown. */
export function noOperation(place: string, found: string): readonly [string, ...string[]] {
  const last = OP_NAMES.length - 1;
  const list = `${OP_NAMES.slice(0, last).join(", ")} or ${OP_NAMES[last]}`;
  const [start = "", ...words] = `${place} error: expected an operation: ${list}; found ${found}`.split(" ");
  const lines: [string, ...string[]] = [start];
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (longer.length <= 80) lines[lines.length - 1] = longer;
    else lines.push(`    ${word}`);
  }
  return lines;
}
