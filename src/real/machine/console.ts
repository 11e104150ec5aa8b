/** Reads the serial console of a boot under QEMU: the lines that initramfs.ts makes init print. */
import { type RealVerdict, verdictOfExit } from "./program-verdict.js";
import { kernelLabel } from "./running-kernel.js";

export interface ConsoleReport {
  readonly kernel: string;
  /** Per program: its verdicts in order, and what was printed before each line that reports one. */
  readonly runs: ReadonlyMap<string, { readonly verdicts: readonly RealVerdict[]; readonly output: string }>;
  readonly problems: readonly string[];
  /** Whether init got to its end. */
  readonly done: boolean;
}

export function parseConsole(text: string): ConsoleReport {
  const runs = new Map<string, { verdicts: RealVerdict[]; output: string }>();
  let done = false;
  const { kernel, problems } = readMarks(text, (what, rest, pending) => {
    if (what === "done") done = true;
    else if (what === "run") addRun(runs, rest.split(" "), pending);
  });
  return { kernel, runs, problems, done };
}

/**
 * Gives each line of ours, with what was printed since the one before; those that every init prints are read here:
 * the kernel and what went wrong.
 */
export function readMarks(
  text: string,
  onMark: (what: string, rest: string, pending: readonly string[]) => void,
): Pick<ConsoleReport, "kernel" | "problems"> {
  const problems: string[] = [];
  let kernel = "unknown";
  let pending: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    // kernel messages may stand before ours on one line
    const mark = /@@stalemap (\w+) ?(.*)$/.exec(line);
    if (mark === null) {
      pending.push(line);
      continue;
    }
    const [, what = "", rest = ""] = mark;
    if (what === "kernel") kernel = kernelLabel(rest);
    else if (what === "problem") problems.push(rest);
    else onMark(what, rest, pending);
    pending = [];
  }
  const panic = /Kernel panic[^\r\n]*/.exec(text);
  if (panic) problems.push(panic[0]);
  return { kernel, problems };
}

type Runs = Map<string, { verdicts: RealVerdict[]; output: string }>;

function addRun(runs: Runs, [name = "", , code]: string[], pending: readonly string[]): void {
  const run = runs.get(name) ?? { verdicts: [], output: "" };
  run.verdicts.push(verdictOfExit(Number(code)));
  if (pending.length > 0) run.output += `${pending.join("\n")}\n`;
  runs.set(name, run);
}
