/** What an exported program says by its exit code, and what many runs of it amount to. */
import type { RealProgram } from "../../force/real-program.js";

export type RealVerdict = "right" | "lost" | "set-up problem" | "stop not reached";

const BY_EXIT: readonly RealVerdict[] = ["right", "lost", "set-up problem", "stop not reached"];

/** Anything but 0 to 3 (a signal, a shell's 127) is a set-up problem. */
export function verdictOfExit(code: number | null): RealVerdict {
  return BY_EXIT[code ?? 2] ?? "set-up problem";
}

/** The same, where what started the program may end with such a code, too: the program says its verdict in words. */
export function verdictOfRun(code: number | null, stdout: string): RealVerdict {
  const verdict = verdictOfExit(code);
  if (verdict === "stop not reached") return verdict;
  return stdout.includes(`\nverdict: data ${verdict}\n`) ? verdict : "set-up problem";
}

/** Runs of one program so far. */
export interface ProgramRuns {
  readonly verdicts: RealVerdict[];
  output: string;
}

/** All runs of one program on one kernel and block size. */
export interface RealResult {
  readonly name: string;
  readonly block: number;
  /** Label of the kernel, as releases are named: 6.1.192. */
  readonly kernel: string;
  readonly runs: readonly RealVerdict[];
  /** The verdict of every run, or `flaky` when they differ; a set-up problem when there is a problem with them. */
  readonly verdict: RealVerdict | "flaky" | "not run";
  /** What the first run printed, and the first that was different. */
  readonly output: string;
  /** Why the runs are not to be believed, whatever they say. */
  readonly problem?: string | undefined;
}

export function summarize(runs: readonly RealVerdict[]): RealResult["verdict"] {
  const [first = "not run", ...others] = runs;
  return others.every((run) => run === first) ? first : "flaky";
}

export function resultOf(
  { name, file }: RealProgram,
  kernel: string,
  { verdicts, output }: ProgramRuns,
  problem?: string,
): RealResult {
  const verdict = problem === undefined ? summarize(verdicts) : "set-up problem";
  return { name, block: file.block, kernel, runs: verdicts, verdict, output, problem };
}
