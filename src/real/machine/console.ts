/**
 * What init does in a boot under QEMU to run programs, and the reader of the serial console: lines that begin with
 * @@stalemap, and what was printed between them.
 */
import { deathOf } from "./guest-trouble.js";
import { type ProgramRuns, verdictOfExit } from "./program-verdict.js";
import { kernelLabel, UNKNOWN_KERNEL } from "./running-kernel.js";

export interface InitRun {
  readonly name: string;
  /** The mount point: /4k or /1k. */
  readonly mount: string;
  readonly repeat: number;
}

/** Mounts the disks in turn and runs the programs; a program's own output on its first run and on new verdicts. */
export function runCommands(
  mounts: readonly string[],
  runs: readonly InitRun[],
  runLimitSeconds: number,
): string[] {
  return [
    "disk() { # device mount",
    '  mkdir -p $2; mount -t xfs $1 $2 || echo "@@stalemap problem mount $2"',
    "}",
    "run() { # name mount repeat",
    "  i=0; seen=",
    '  while [ "$i" -lt "$3" ]; do',
    `    timeout -s KILL ${runLimitSeconds} /programs/$1 $2/file-$i > /tmp/out 2>&1; code=$?`,
    '    case "$seen" in *" $code "*) ;; *) seen="$seen $code "; cat /tmp/out;; esac',
    '    echo "@@stalemap run $1 $i $code"; i=$((i + 1))',
    "  done",
    "}",
    ...mounts.map((mount, i) => `disk /dev/vd${"abcd".charAt(i)} ${mount}`),
    ...runs.map((run) => `run ${run.name} ${run.mount} ${run.repeat}`),
    ...mounts.map((mount) => `umount ${mount}`),
  ];
}

/** What every console says: which kernel, and whatever keeps the rest from being believed. */
interface Marks {
  readonly kernel: string;
  readonly problems: readonly string[];
}

export interface ConsoleReport extends Marks {
  /** Per program: its verdicts in order, and what was printed before each line that reports one. */
  readonly runs: ReadonlyMap<string, ProgramRuns>;
}

/** What a boot that was to make these runs has printed. Whatever is amiss with it is among the problems. */
export function parseConsole(text: string, expected: readonly InitRun[]): ConsoleReport {
  const runs = new Map(
    expected.map(({ name }): [string, ProgramRuns] => [name, { verdicts: [], output: "" }]),
  );
  const wrong: string[] = [];
  const marks = readMarks(text, (what, rest, pending) => {
    const [name = "", number, code = ""] = rest.split(" ");
    const run = runs.get(name);
    if (
      what !== "run" ||
      run === undefined ||
      number !== String(run.verdicts.length) ||
      !/^\d{1,3}$/.test(code)
    ) {
      wrong.push(`a line that no program of ours printed: ${what} ${rest.slice(0, 80)}`);
      return;
    }
    run.verdicts.push(verdictOfExit(Number(code)));
    if (pending.length > 0) run.output += `${pending.join("\n")}\n`;
  });
  for (const { name, repeat } of expected) {
    const count = runs.get(name)?.verdicts.length ?? 0;
    if (count !== repeat) wrong.push(`${name}: ${count} of ${repeat} runs`);
  }
  return { ...marks, runs, problems: [...marks.problems, ...firstOf(wrong)] };
}

const MOST_PROBLEMS = 5;

/** A flood of them says no more than the first ones. */
function firstOf(problems: readonly string[]): string[] {
  const few = problems.slice(0, MOST_PROBLEMS);
  return problems.length === few.length
    ? few
    : [...few, `and ${problems.length - few.length} more of the kind`];
}

/** More than any line of ours has; the rest of a longer one is dropped. */
const LINE_LENGTH = 2000;

/**
 * Gives each line of ours up to the one that says that init came to its end, with what was printed since the one
 * before. Those that every init prints are read here; so is the death of the kernel, and an end that did not come or
 * was not the end.
 */
export function readMarks(
  text: string,
  onMark: (what: string, rest: string, pending: readonly string[]) => void,
): Marks {
  const problems: string[] = [];
  let kernel: string | undefined;
  let isDone = false;
  let pending: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const line = text.slice(at, Math.min(end, at + LINE_LENGTH)).replace(/\r$/, "");
    at = end + 1;
    // kernel messages may stand before ours on one line
    const mark = /@@stalemap (\w+) ?(.*)$/.exec(line);
    if (mark === null) {
      pending.push(line);
      continue;
    }
    const [, what = "", rest = ""] = mark;
    if (isDone) problems.push(`a line after the end of init: ${what} ${rest.slice(0, 80)}`);
    else if (what === "kernel" && kernel !== undefined) problems.push("it booted more than once");
    else if (what === "kernel") kernel = kernelLabel(rest);
    else if (what === "problem") problems.push(rest);
    else if (what === "done") isDone = true;
    else onMark(what, rest, pending);
    pending = [];
  }
  const death = deathOf(text);
  if (death !== undefined) problems.push(death);
  if (!isDone) problems.push("init did not come to its end");
  const known = kernel ?? UNKNOWN_KERNEL;
  if (known === UNKNOWN_KERNEL) problems.push("the kernel did not say which it is");
  return { kernel: known, problems: firstOf(problems) };
}
