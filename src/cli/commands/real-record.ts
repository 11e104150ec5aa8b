/** real record: random traces of this machine's kernel, or of others under QEMU. */
import { join } from "node:path";
import { Interrupted } from "../../real/machine/cleanup.js";
import { nativeProblems, qemuProblems } from "../../real/machine/environment.js";
import { recordAll } from "../../real/record/record-here.js";
import { recordQemu } from "../../real/record/record-qemu.js";
import { type RecordRequest, TRACE_KINDS } from "../../real/record/recorder.js";
import type { RecordedTrace } from "../../real/record/recording.js";
import type { Recorded } from "../../report/real-text.js";
import { EXIT, Stop, undecided, usage } from "../exit.js";
import { flagsOf } from "../input/again.js";
import { notEmpty, oneOf, wholeNumber } from "../input/numbers.js";
import type { OptionsOf, OptionTable } from "../input/options.js";
import { checkDirectory } from "../input/output-checks.js";
import { writeWhole } from "../input/output-files.js";
import { openReport } from "../terminal/report.js";
import { note, type Session, suggest } from "../terminal/terminal.js";

/** What only a recording takes. */
export const OF_RECORDING = {
  ops: { flags: "--ops <n>", about: "record: operations", parse: wholeNumber(1, 100_000) },
  count: {
    flags: "--count <n>",
    about: "record: so many seeds from --seed on (1)",
    parse: wholeNumber(1, 10_000),
  },
  kind: { flags: "--kind <kind>", about: `record: ${TRACE_KINDS.join(", ")}`, parse: oneOf(TRACE_KINDS) },
  output: {
    flags: "-o, --output <dir>",
    about: "record: where the traces go (traces); trace: the file (trace.txt)",
  },
} as const satisfies OptionTable;

/** Where something is run or recorded. */
export const OF_MACHINE = {
  block: {
    flags: "--block <size>",
    about: "block size of the file system",
    parse: (text: string, flag: string) => parseInt(oneOf(["1k", "4k"])(text, flag), 10) * 1024,
  },
  qemu: {
    flags: "--qemu <kernel>",
    about: "Debian kernel package or unpacked directory; may be given again",
    parse: (text: string, flag: string, before: readonly string[] = []): readonly string[] => [
      ...before,
      notEmpty(text, flag),
    ],
  },
  fsImage: {
    flags: "--fs-image <dir>",
    about: "where the XFS image is made (the temporary directory)",
    parse: (text: string, flag: string): string => {
      checkDirectory(notEmpty(text, flag), `choose another directory with ${flag}`);
      return text;
    },
  },
} as const satisfies OptionTable;

export type RecordOptions = OptionsOf<typeof OF_RECORDING & typeof OF_MACHINE>;

const OPS = 100;

export async function recordTraces(
  session: Session,
  options: RecordOptions,
  xs: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "record");
  const written: Recorded[] = [];
  if (xs.length > 1) throw usage(`real record takes options only, found ${xs[1]}`);
  const requests = requestsOf(options);
  const { qemu, fsImage, output = "traces" } = options;
  const problems = qemu === undefined ? nativeProblems() : qemuProblems();
  if (problems.length > 0) throw undecided(problems.join(" "));
  checkDirectory(output, REMEDY);
  // As it comes: whatever ends the command, what it has recorded is there.
  const onTrace = ({ request, path, json }: RecordedTrace) => {
    const file = join(output, path);
    writeWhole(file, json, REMEDY);
    written.push({ request, file });
    report.item({ request, file });
  };
  const kernels = qemu ?? [undefined];
  try {
    for (const kernel of kernels) {
      if (kernel !== undefined) note(session, `booting ${kernel}`);
      await orUndecided(() =>
        kernel === undefined
          ? recordAll(requests, onTrace, fsImage)
          : recordQemu(requests, onTrace, { kernel, imageDir: fsImage }),
      );
    }
  } catch (error) {
    if (written.length > 0) report.end(written);
    const done = Math.floor(written.length / requests.length);
    const [first, ...others] = kernels.slice(done);
    const rest = requests.slice(written.length % requests.length);
    const [next] = rest;
    if (next !== undefined && written.length > 0) {
      note(session, `recorded ${written.length} of ${kernels.length * requests.length} traces`);
      suggest(session, [commandFor(options, first, next.seed, rest.length), "goes on"]);
      for (const kernel of others)
        suggest(session, [
          commandFor(options, kernel, requests[0]?.seed ?? 0, requests.length),
          "the next kernel",
        ]);
    }
    throw error;
  }
  report.end(written);
  return EXIT.OK;
}

const REMEDY = "choose another directory with --output";

/** What records so many traces from a seed on. */
function commandFor(
  options: RecordOptions,
  kernel: string | undefined,
  seed: number,
  count: number,
): string[] {
  const { ops, kind, fsImage, output } = options;
  const block = options.block && `${options.block / 1024}k`;
  return ["real", "record", ...flagsOf({ seed, count, ops, kind, block, fsImage, output, qemu: kernel })];
}

function requestsOf({ seed: text, count = 1, ops = OPS, kind = "any", block = 4096 }: RecordOptions) {
  const seed = Number(text ?? 1);
  if (!Number.isSafeInteger(seed + count) || seed < 0)
    throw usage("--seed: record needs a whole number", "for example --seed 42");
  return Array.from({ length: count }, (_, i): RecordRequest => ({ seed: seed + i, ops, kind, block }));
}

/** What cannot be done on this machine cannot be judged. */
export async function orUndecided<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Stop) throw error;
    throw undecided((error as Error).message);
  }
}
