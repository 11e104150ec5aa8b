/** real record: random traces of this machine's kernel, or of others under QEMU. */
import { join } from "node:path";
import { Interrupted } from "../../real/machine/cleanup.js";
import { nativeProblems, qemuProblems } from "../../real/machine/environment.js";
import { type RecordRequest, recordAll } from "../../real/record/record-here.js";
import { recordQemu } from "../../real/record/record-qemu.js";
import type { TraceKind } from "../../real/record/recorder.js";
import type { Recorded } from "../../report/real-text.js";
import { EXIT, undecided, usage } from "../exit.js";
import type { CommonOptions } from "../input/options.js";
import { writeWhole } from "../input/output-files.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";

export interface RecordOptions extends CommonOptions {
  /** Bytes. */
  readonly block?: number;
  readonly ops?: number;
  readonly count?: number;
  readonly kind?: TraceKind;
  readonly fsImage?: string;
  readonly qemu?: readonly string[];
  readonly output?: string;
}

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
  for (const kernel of qemu ?? [undefined]) {
    if (kernel !== undefined) note(session, `booting ${kernel}`);
    const traces = await orUndecided(() =>
      kernel === undefined
        ? recordAll(requests, fsImage)
        : recordQemu(requests, { kernel, imageDir: fsImage }),
    );
    for (const { request, path, json } of traces) {
      const file = join(output, path);
      writeWhole(file, json);
      written.push({ request, file });
      report.item({ request, file });
    }
  }
  report.end(written);
  return EXIT.OK;
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
    if (error instanceof Interrupted) throw error;
    throw undecided((error as Error).message);
  }
}
