/**
 * Whether a log of fsx is whole: operations that are missing between its lines or at its end, lines out of their order, and
 * lines that say of the file's size what those above do not lead to.
 */
import type { Call, FsxLog } from "./fsx-log.js";
import { fitsSaid, sizeAfter } from "./fsx-sizes.js";

/** Live logs do not number what fsx skips: so many in a row it may skip. */
const MOST_SKIPPED = 20;

/** Sentences on what is missing or at odds; `size` is what the file has before the first call, in bytes. */
export function gapsIn(log: FsxLog, size: number, lineOf: (offset: number) => number): string[] {
  // A replay folds what an operation file says into the file.
  if (log.form === "operation file") return [];
  const numbered = numbersAtOdds(log, lineOf);
  // A line that says nothing may be the one that set the size.
  const sized = (log.damaged ?? 0) > 0 ? [] : sizesAtOdds(log.calls, size, lineOf);
  return [...numbered, ...sized];
}

interface Numbered {
  readonly number: number;
  readonly start: number;
}

function numbersAtOdds({ calls, isLive = false, total }: FsxLog, lineOf: (at: number) => number) {
  const lines = calls.flatMap(({ number, start }): Numbered[] =>
    number === undefined ? [] : [{ number, start }],
  );
  const first = lines[0]?.number ?? 1;
  const last = lines.at(-1)?.number ?? 0;
  const odd: Numbered[] = [];
  let missing = 0;
  let closings = 0;
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1]?.number ?? line.number - 1;
    const step = line.number - before;
    if (step === 1 || (isLive && step >= 0 && step <= MOST_SKIPPED + 1)) continue;
    // The log is a ring, of which some print the end before the beginning.
    if (step < 0 && first > 1 && line.number < first && last < first && closings++ === 0) continue;
    odd.push(line);
    missing += Math.max(0, step - 1);
  }
  const [at] = odd;
  const said =
    at === undefined
      ? []
      : [
          `operations are missing or out of order: line ${lineOf(at.start)} is operation ${at.number}, behind ${lines[lines.indexOf(at) - 1]?.number}${odd.length === 1 ? "" : `; so are ${odd.length - 1} more`}`,
        ];
  const found = last - first + 1;
  if (total !== undefined && !isLive && first <= 1 && found < total && missing === 0)
    said.push(`operations are missing at the end: the log says that it has ${total}, and ${found} are there`);
  return said;
}

function sizesAtOdds(calls: readonly Call[], start: number, lineOf: (at: number) => number): string[] {
  let size = start;
  let first: string | undefined;
  let more = -1;
  for (const call of calls) {
    const { name, size: said, offset, length } = call;
    if (!fitsSaid(size, call)) {
      const what =
        said === undefined
          ? `reads up to 0x${(offset + length).toString(16)}`
          : `is a ${name} of a file of 0x${said.toString(16)} bytes`;
      first ??= `sizes are at odds: line ${lineOf(call.start)} ${what}, and the lines above lead to 0x${size.toString(16)}`;
      more++;
    }
    size = sizeAfter(said ?? size, call);
  }
  return first === undefined ? [] : [more === 0 ? first : `${first}; so are ${more} more`];
}
