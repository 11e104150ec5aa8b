/**
 * Input files, with every problem of all of them reported at once.
 */
import { existsSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { KIND } from "../../explore/finding/kinds.js";
import { CHOICE_NAMES } from "../../kernel/machine/choices.js";
import { WINDOW_NAMES } from "../../kernel/machine/windows.js";
import { FUNCTION_NAMES } from "../../kernel/paths/step-names.js";
import { FIX_NAMES } from "../../kernel/versions/fixes.js";
import { nearestKernels, RELEASES } from "../../kernel/versions/releases.js";
import { type InPieces, whole } from "../../real/traces/in-pieces.js";
import { looksLikeTrace, MAX_TRACE_LENGTH } from "../../real/traces/trace-text.js";
import { parseScenario } from "../../scenario/language/parse.js";
import type { Vocabulary } from "../../scenario/language/vocabulary.js";
import { asPosted } from "../../scenario/reports/as-posted.js";
import { parseFsxLog, parseFsxOps } from "../../scenario/reports/fsx.js";
import { looksLikeFsxLog } from "../../scenario/reports/fsx-dump.js";
import { looksLikeFsxOps } from "../../scenario/reports/fsx-ops-file.js";
import { FORMS_READ, type HowRead, MOST_BYTES } from "../../scenario/reports/how-read.js";
import { parseKernelTrace } from "../../scenario/reports/kernel-trace/kernel-trace.js";
import { looksLikeKernelTrace } from "../../scenario/reports/kernel-trace/trace-lines.js";
import { looksLikeSyz, parseSyz } from "../../scenario/reports/syz.js";
import { looksLikeXfsIo, parseXfsIo } from "../../scenario/reports/xfs-io.js";
import type { Scenario } from "../../scenario/types.js";
import { type Diagnostic, type Read, visible } from "../../scenario/yaml/diagnostic.js";
import { Reporter } from "../../scenario/yaml/source.js";
import { faulty, invalid, Stop } from "../exit.js";
import type { Interrupt } from "../terminal/interrupt.js";
import { expanded } from "./folders.js";
import { checkUnused, howToRead } from "./how-read-options.js";
import { isInput, located, STDIN } from "./named.js";
import { readBytes, readPipesAhead } from "./read-bytes.js";

/** More than any file within the language's limits needs. */
const MAX_FILE_BYTES = 1 << 20;

/** The words of the kernel model that scenario files may use. */
export const VOCABULARY: Vocabulary = {
  kernels: RELEASES.map((r) => r.name),
  fixes: FIX_NAMES,
  windows: WINDOW_NAMES,
  steps: [...FUNCTION_NAMES],
  kinds: KIND,
  choices: CHOICE_NAMES.filter((name) => name !== "thread"),
  nearestKernels,
};

/** The text of a file; 128 when it cannot be read or is over the limit. */
export function readText(path: string, limit = MAX_FILE_BYTES): string {
  return readBytes(path, limit).toString("utf8");
}

/**
 * Reads what a command line names and is a pipe, before a command begins, while signals are heard; loads what reads
 * traces where something may be one.
 */
export async function readAhead(names: readonly string[], interrupt: Interrupt): Promise<void> {
  const paths = names.map(located);
  await readPipesAhead(paths, MAX_TRACE_LENGTH, interrupt);
  if (paths.some((path) => isInput(path) && !/\.ya?ml$/i.test(path))) await loadTraces();
}

let traces: typeof import("../../real/traces/trace-input.js") | undefined;

/** To be called before parseFile() is given what may be a trace. */
export async function loadTraces(): Promise<void> {
  traces = await import("../../real/traces/trace-input.js");
}

/** The text of a recorded trace, which may be compressed. */
export function readTraceText(path: string): string {
  const bytes = readBytes(path, MAX_TRACE_LENGTH);
  return (path.endsWith(".gz") ? unzipped(path, bytes, MAX_TRACE_LENGTH) : bytes).toString("utf8");
}

export interface LoadedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** A scenario, log, program or recorded trace as data, or what is wrong with it. */
export function parseFile(
  file: string,
  given: string,
  how: HowRead = {},
): Read<{ readonly scenario: Scenario }> {
  const isReport = !/\.ya?ml$/i.test(file);
  const text = isReport ? asPosted(given) : given;
  if (isReport) {
    if (looksLikeKernelTrace(text)) {
      checkUnused({ fsx: how.fsx, page: how.page }, visible(file));
      return parseKernelTrace(text, file, how);
    }
    checkUnused({ inode: how.inode }, visible(file));
    if (looksLikeFsxOps(text)) return parseFsxOps(text, file, how);
    if (looksLikeFsxLog(text)) return parseFsxLog(text, file, how);
    const parse = looksLikeXfsIo(text) ? parseXfsIo : looksLikeSyz(text) ? parseSyz : undefined;
    if (parse !== undefined) {
      checkUnused({ fsx: how.fsx }, visible(file));
      return parse(text, file, how);
    }
    if (looksLikeTrace(text)) {
      checkUnused(how, visible(file));
      if (traces === undefined) throw new Error("what reads traces was not loaded");
      return traces.readTraceScenario(text, file);
    }
  }
  if (isReport && (isC(text) || MAIL.test(text))) return { diagnostics: notTold(text, file) };
  if (isReport && text.trim() !== "" && !/^[ \t]*(["']?[a-z]+["']?\s*:|[-{[#%])/m.test(text))
    return { diagnostics: notTold(text, file) };
  checkUnused(how, visible(file));
  if (/^(?:\{\s*"?)?base"?\s*:/m.test(text) && !/^(?:name|file|threads|setup)\s*:/m.test(text))
    return { diagnostics: isVariant(text, file) };
  return parseScenario(text, file, VOCABULARY);
}

/** Of a variant file that stands where a scenario should. */
function isVariant(text: string, file: string): Diagnostic[] {
  const report = new Reporter(text, file);
  const at = text.search(/\bbase"?\s*:/);
  report.add(at, at + "base".length, "expected a scenario, found a variant of a kernel", {
    remedy: "it stands where kernels do: --kernel FILE",
  });
  return report.diagnostics();
}

const isC = (text: string): boolean => /^[ \t>]*#[ \t]*include[ \t]*[<"]/m.test(text);
/** Headers of a mail. */
const MAIL = /^(?:From|To|Cc|Subject|Date|Message-ID):[ \t]\S/im;

/** Of a text that is in none of the forms. */
function notTold(text: string, file: string): Diagnostic[] {
  const report = new Reporter(text, file);
  const at = text.search(/\S/);
  const program = isC(text)
    ? "programs in C are not read: give the program of syzkaller that it was made of (repro.syz), or write its calls down as a scenario; "
    : "";
  const link = /\bsyz repro:/.test(text) ? 'the program of syzkaller is behind the link "syz repro"; ' : "";
  report.add(at, at + 1, "expected a scenario, log or program", { remedy: `${program}${link}${FORMS_READ}` });
  return report.diagnostics();
}

/** What is made of each of the files, one after the other, or stops with all that is wrong with any of them. */
export function* reading<T extends object>(
  files: readonly string[],
  read: (file: string) => Read<T>,
): InPieces<(T & { readonly file: string })[]> {
  const all: (T & { readonly file: string })[] = [];
  const problems: (Diagnostic | Stop)[] = [];
  for (const file of files) {
    yield;
    try {
      const result = read(file);
      if ("diagnostics" in result) problems.push(...result.diagnostics);
      else all.push({ ...result, file });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      problems.push(error);
    }
  }
  if (problems.length > 0) throw faulty(problems);
  return all;
}

/** The scenarios of files and folders; `tell` is given a line on what a folder holds beside them. */
export function loadScenarios(
  files: readonly string[],
  options: HowRead,
  tell?: (line: string) => void,
): LoadedScenario[] {
  const how = howToRead(options);
  const all = files.flatMap((file) => expanded(file, isTold, tell));
  return whole(reading<{ readonly scenario: Scenario }>(all, (file) => readScenario(file, how)));
}

export function loadScenario(file: string, options: HowRead = {}): Scenario {
  const read = readScenario(located(file), howToRead(options));
  if ("diagnostics" in read) throw faulty(read.diagnostics);
  return read.scenario;
}

function readScenario(file: string, how: HowRead) {
  const text = /\.json(\.gz)?$/i.test(file) ? readTraceText(file) : readReport(file);
  return parseFile(file === STDIN ? "stdin" : file, text, how);
}

/** Whether a file holds a log, a program or a kernel trace; false where it cannot be read. */
function isTold(path: string): boolean {
  try {
    const text = asPosted(readReport(path));
    return [looksLikeKernelTrace, looksLikeFsxOps, looksLikeFsxLog, looksLikeXfsIo, looksLikeSyz].some(
      (looks) => looks(text),
    );
  } catch (error) {
    if (error instanceof Stop) return false;
    throw error;
  }
}

/** The text of a log, which may be compressed or in UTF-16, as editors of Windows write it. */
function readReport(path: string): string {
  let bytes = readBytes(path, MOST_BYTES);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unzipped(path, bytes, MOST_BYTES);
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) bytes = Buffer.from(bytes).swap16();
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8");
}

function unzipped(path: string, bytes: Buffer, limit: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch {
    throw invalid(`cannot read ${visible(path)}: it is not what gzip makes, or too large`);
  }
}

export function exists(path: string): boolean {
  return !path.includes("\0") && existsSync(path);
}
