/**
 * What init does in a boot under QEMU to run programs, and the reader of the serial console: lines that begin with
 * @@stalemap, and what was printed between them.
 */
import { type ProgramRuns, verdictOfExit } from "./program-verdict.js";
import { kernelLabel } from "./running-kernel.js";

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

export interface ConsoleReport {
  readonly kernel: string;
  /** Per program: its verdicts in order, and what was printed before each line that reports one. */
  readonly runs: ReadonlyMap<string, ProgramRuns>;
  readonly problems: readonly string[];
}

export function parseConsole(text: string): ConsoleReport {
  const runs = new Map<string, ProgramRuns>();
  const { kernel, problems } = readMarks(text, (what, rest, pending) => {
    if (what !== "run") return;
    const [name = "", , code] = rest.split(" ");
    const run = runs.get(name) ?? { verdicts: [], output: "" };
    run.verdicts.push(verdictOfExit(Number(code)));
    if (pending.length > 0) run.output += `${pending.join("\n")}\n`;
    runs.set(name, run);
  });
  return { kernel, runs, problems };
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
