/**
 * conform: replays recorded traces of real kernels on the model and says how far the two agree.
 */
import { basename, dirname } from "node:path";
import { modelOf } from "../../kernel/versions/releases.js";
import { fixesOf, type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { conforming } from "../../real/traces/agreement.js";
import type { InPieces } from "../../real/traces/in-pieces.js";
import { type Library, RecordingSession } from "../../real/traces/recording-session.js";
import { parseTrace, type TraceFile } from "../../real/traces/trace-format.js";
import { type ConformResult, conformVerdict } from "../../report/conform-verdict.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { nextTurn } from "../../workers/pool.js";
import type { CommandSpec } from "../command.js";
import { EXIT, Stop, undecided } from "../exit.js";
import { reading, readTraceText } from "../input/files.js";
import { expandedTraces } from "../input/folders.js";
import { chosenKernel, kernelNamed } from "../input/kernels.js";
import { type CommonOptions, ONE_KERNEL, type OptionsOf, type OptionTable } from "../input/options.js";
import { namesIn } from "../input/temporary-files.js";
import { startProgress } from "../terminal/progress-line.js";
import { openReport } from "../terminal/report.js";
import { note, type Session } from "../terminal/terminal.js";

const OWN = {
  assume: {
    flags: "--no-assume",
    about: "try no starts of the disk where the trace does not say what was busy",
  },
} as const satisfies OptionTable;

export const conformCommand: CommandSpec = {
  options: [...ONE_KERNEL, OWN],
  reports: ["conform"],
  isVerdict: true,
  run: conformAll,
};

interface Loaded {
  readonly file: string;
  readonly trace: TraceFile;
  readonly variant: KernelVariant;
}

type ConformOptions = OptionsOf<typeof OWN>;

async function conformAll(
  session: Session,
  options: ConformOptions,
  files: readonly string[],
): Promise<number> {
  const report = openReport(session, options, "conform");
  const loaded = await load(session, files, options);
  note(session, `conform ${loaded.length} traces`);
  report.begin();
  const progress = startProgress(session);
  const results: ConformResult[] = [];
  const recordings = new RecordingSession(libraryOf(loaded), options.assume !== false);
  for (const { file, trace, variant } of loaded) {
    const work = replayed(file, trace, variant, recordings);
    const result = await inTurns(session, work, () =>
      progress.update(() => `${results.length} of ${loaded.length} traces, at ${visible(basename(file))}`),
    );
    if (result === undefined) break;
    results.push(result);
    progress.stop();
    report.item(result);
  }
  progress.stop();
  report.end(results);
  return STATUS[conformVerdict(results)];
}

function* replayed(
  file: string,
  trace: TraceFile,
  variant: KernelVariant,
  recordings: RecordingSession,
): InPieces<ConformResult> {
  const start = yield* recordings.starting(file, trace);
  const options = { model: variant.base, fixes: fixesOf(variant), busy: start.busy };
  const conformance = yield* conforming(trace, options);
  return { file, start, conformance: { ...conformance, model: variantName(variant) } };
}

/** So long nobody else gets a turn. */
const TURN_MS = 100;

/** The result of work that gives way every now and then; undefined when a signal has come. */
async function inTurns<T>(session: Session, work: InPieces<T>, onTurn: () => void): Promise<T | undefined> {
  let since = Number.NEGATIVE_INFINITY;
  for (let next = work.next(); ; next = work.next()) {
    if (next.done === true) return next.value;
    if (performance.now() - since < TURN_MS) continue;
    onTurn();
    await nextTurn();
    if (session.interrupt.signal !== undefined) return undefined;
    since = performance.now();
  }
}

const STATUS = { ok: EXIT.OK, x: EXIT.VIOLATION, "?": EXIT.UNDECIDED } as const;

/** The traces that were asked for, and those beside them. */
function libraryOf(loaded: readonly Loaded[]): Library {
  const known = new Map(loaded.map(({ file, trace }) => [file, trace]));
  const folders = new Map<string, readonly string[]>();
  return {
    names: (file) => {
      const folder = dirname(file);
      const prefix = file.slice(0, file.length - basename(file).length);
      const names = folders.get(folder) ?? namesIn(folder).map((name) => `${prefix}${name}`);
      folders.set(folder, names);
      return names;
    },
    // One that was not asked for is needed once: many may be more than there is memory for.
    read: (file) => known.get(file) ?? readable(file),
  };
}

/** The trace of a file that was not asked for, if it is one. */
function readable(file: string): TraceFile | undefined {
  try {
    const result = parseTrace(readTraceText(file), file);
    return "trace" in result ? result.trace : undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return undefined;
  }
}

/** The traces, each with the kernel to replay it on; none after a signal. */
async function load(session: Session, files: readonly string[], options: CommonOptions): Promise<Loaded[]> {
  const traces = await inTurns(
    session,
    reading(files.flatMap(expandedTraces), (file) => parseTrace(readTraceText(file), file)),
    () => {},
  );
  return (traces ?? []).map(({ file, trace }) => {
    const variant = chosenKernel(options, () => modelled(file, trace.kernel));
    return { file, trace, variant };
  });
}

/** The model of the kernel that the trace names. */
function modelled(file: string, kernel: string): KernelVariant {
  const model = modelOf(kernel);
  if (model !== undefined) return kernelNamed(model);
  throw undecided(
    `no model of kernel ${visible(kernel)}, which ${visible(basename(file))} was recorded on`,
    "choose one with --kernel",
  );
}
