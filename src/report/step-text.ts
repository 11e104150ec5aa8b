/**
 * A run step by step, with the state of the machine, the threads and the locks at each: a page per position, and all of
 * them as a text or a document.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import type { Row } from "./rows.js";
import { beside, type Palette, PLAIN } from "./style.js";

export interface Walk {
  readonly scenario: string;
  readonly kernel: string;
  readonly title: string;
  /** The program: what each thread does. */
  readonly program: readonly (readonly [thread: string, ops: string])[];
  readonly rows: readonly Row[];
  /** State before the first step, and after each. */
  readonly states: readonly (readonly string[])[];
  /** Step that loses the data; 0 when none does, one more than there are when only the end does. */
  readonly lostAt: number;
}

/** What is shown at a position: 0 is the state after setup. */
export function stepPage(walk: Walk, at: number, paint: Palette = PLAIN): string[] {
  const row = walk.rows[at - 1];
  const lines: string[] = [];
  if (row === undefined) lines.push(paint.bold("  0 after setup"));
  else {
    const mark = row.i === walk.lostAt ? "x" : " ";
    const lost = row.i === walk.lostAt ? "   <- the data is lost here" : "";
    lines.push(paint.bold(`${mark} ${row.i} ${row.thread}${lost}`));
    if (row.begins !== undefined) lines.push(paint.dim(`    (${row.begins})`));
    for (const { fn, notes } of row.calls)
      lines.push(...beside("    ", 4, `${fn} ${notes.join("; ")}`.trim(), "  "));
  }
  const before = walk.states[at - 1];
  for (const line of walk.states[at] ?? []) {
    const isNew = before !== undefined && !before.includes(line);
    lines.push(`  ${isNew ? "*" : " "} ${isNew ? paint.yellow(line) : paint.dim(line)}`);
  }
  return lines;
}

/** `writer   write 0..10k`, a line per thread. */
export function programLines({ program }: Walk): string[] {
  const width = Math.max(8, ...program.map(([thread]) => thread.length));
  return program.flatMap(([thread, ops]) => beside(`  ${thread.padEnd(width)}  `, width + 4, ops, "  "));
}

/** Every page, one after the other. */
export function walkText(walk: Walk, paint: Palette = PLAIN): string {
  const pages = walk.states.map((_, i) => `\n${stepPage(walk, i, paint).join("\n")}\n`);
  return [walk.title, "\n\n", programLines(walk).join("\n"), "\n", ...pages].join("");
}

/** The first position after `at` whose page has the text, going round; undefined when none has. */
export function findPage(walk: Walk, text: string, at: number): number | undefined {
  const n = walk.states.length;
  const wanted = text.toLowerCase();
  const order = Array.from({ length: n }, (_, i) => (at + 1 + i) % n);
  return order.find((i) => stepPage(walk, i).join("\n").toLowerCase().includes(wanted));
}

export function walkJson({ scenario, kernel, program, rows, states, lostAt }: Walk) {
  return {
    schema: "stalemap/step/1",
    model: MODEL,
    scenario,
    kernel,
    program: program.map(([thread, ops]) => ({ thread, ops })),
    lostAt,
    start: states[0] ?? [],
    steps: rows.map(({ i, thread, calls }) => ({ i, thread, calls, state: states[i] ?? [] })),
  };
}
