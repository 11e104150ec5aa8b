/**
 * Where a command's result goes: one format to stdout, others to files that appear whole at the end. Whatever ends
 * with another status than 0 is seen in each of them.
 */
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { FORMATS, type FormatName } from "../../report/formats/index.js";
import type { Failure, Format, Kind, Pages, Results } from "../../report/reporter.js";
import { type Palette, PLAIN } from "../../report/style.js";
import { visible } from "../../scenario/yaml/diagnostic.js";
import { EXIT, invalid, Stop, usage } from "../exit.js";
import { exists } from "../input/files.js";
import type { CommonOptions, Reporting } from "../input/options.js";
import { targetOf, writeWhole } from "../input/output-files.js";
import { harmless } from "./harmless.js";
import { note, type OpenReport, type Session } from "./terminal.js";

/** Loads the formats that the options ask for. */
export async function loadFormats(options: CommonOptions): Promise<ReadonlyMap<FormatName, Format>> {
  const { json, reporter = [] } = options;
  const names = new Set<FormatName>(reporter.map(({ format }) => format));
  if (json === true) names.add("json");
  else if (reporter.every(({ file }) => file !== undefined)) names.add("text");
  // What the text of a tree does not tell is tried unseen, as documents.
  if (options.tree !== undefined) names.add("json");
  return new Map(await Promise.all([...names].map(async (name) => [name, await loadFormat(name)] as const)));
}

function loadFormat(name: FormatName): Promise<Format> {
  return FORMATS[name].load();
}

/** Opens what the options ask for; the text is printed where nothing else takes stdout. */
export function openReport<K extends Kind>(session: Session, options: CommonOptions, kind: K): Report<K> {
  const report = new Report(kind, session, chosen(options));
  session.report = report;
  return report;
}

function chosen({ json, reporter = [] }: CommonOptions): Reporting[] {
  const all = [...(json === true ? [{ format: "json" as const, file: undefined }] : []), ...reporter];
  const different = all.filter((one, i) => all.findIndex((o) => isSame(o, one)) === i);
  const [first, second] = different.filter(({ file }) => file === undefined);
  if (first === undefined) return [{ format: "text", file: undefined }, ...different];
  if (second === undefined) return different;
  throw usage(
    `stdout takes one reporter, found ${first.format} and ${second.format}`,
    `write one to a file: --reporter ${second.format}=FILE`,
  );
}

function isSame(a: Reporting, b: Reporting): boolean {
  return a.file === b.file && a.format === b.format;
}

/** What the command tells. */
export class Report<K extends Kind> implements OpenReport {
  /** Whether a format shows every failing run with its finding, those that were expected too. */
  readonly showsAll: boolean;
  readonly #outputs: readonly Output<K>[];

  constructor(kind: K, session: Session, reportings: readonly Reporting[]) {
    this.#outputs = reportings.map((one) => new Output(one, kind, session));
    this.showsAll = reportings.some(({ format }) => session.formats.get(format)?.showsAll === true);
  }
  begin(): void {
    for (const one of this.#outputs) one.write(one.pages?.begin?.(one.paint));
  }
  item(item: Results[K]["item"]): void {
    for (const one of this.#outputs) one.write(one.pages?.item?.(item, one.paint));
  }
  end(whole: Results[K]["whole"]): void {
    for (const one of this.#outputs) one.end(whole);
  }
  /** Ends with a text of the command's own where text goes to stdout, and with items and the whole elsewhere. */
  endAs(text: string, whole: Results[K]["whole"], items: readonly Results[K]["item"][] = []): void {
    for (const one of this.#outputs) {
      if (one.isStdoutText) {
        one.write(text);
        continue;
      }
      for (const item of items) one.write(one.pages?.item?.(item, one.paint));
      one.end(whole);
    }
  }
  close(status: number): void {
    if (status !== EXIT.OK) for (const one of this.#outputs) one.explain(endedWith(status));
    for (const one of this.#outputs) one.close();
  }
  fail(error: unknown): void {
    for (const one of this.#outputs) one.fail(failureOf(error));
    for (const one of this.#outputs) one.close();
  }
}

/** One format: on stdout as it comes, or in a file at the end. */
class Output<K extends Kind> {
  readonly pages: Pages<K> | undefined;
  readonly paint: Palette;
  readonly #format: Format;
  readonly #file: string | undefined;
  readonly #session: Session;
  /** What goes into the file. */
  #text = "";
  #hasWritten = false;
  #hasEnded = false;

  constructor({ format, file }: Reporting, kind: K, session: Session) {
    const loaded = session.formats.get(format);
    if (loaded === undefined) throw new Error(`the format ${format} was not loaded`);
    this.#format = loaded;
    this.pages = loaded.pages[kind];
    this.paint = file === undefined ? session.terminal.out.colours : PLAIN;
    this.#file = file;
    this.#session = session;
    if (file !== undefined) checkFile(file);
    else if (format !== "text") session.terminal.out.isDocument = true;
  }
  get isStdoutText(): boolean {
    return this.#file === undefined && !this.#session.terminal.out.isDocument;
  }
  write(text = ""): void {
    if (text === "") return;
    this.#hasWritten = true;
    if (this.#file === undefined) this.#session.terminal.out.write(text);
    else this.#text += harmless(text);
  }
  end(whole: Results[K]["whole"]): void {
    this.write(this.pages?.end?.(whole, this.paint));
    this.#hasEnded = true;
    if (this.pages?.legend !== undefined) note(this.#session, this.pages.legend);
  }
  /** Says why there is no result, where nothing else was said. */
  explain(failure: Failure): void {
    if (!this.#hasWritten) this.write(this.#format.failure?.(failure));
  }
  /** Says why the result is missing or not whole. */
  fail(failure: Failure): void {
    if (!this.#hasEnded) this.write(this.#format.failure?.(failure));
  }
  close(): void {
    if (this.#file !== undefined) writeWhole(this.#file, this.#text, REMEDY);
  }
}

const REMEDY = "choose another file for --reporter";

/** Refuses, before any work is done, a file that cannot be made. */
function checkFile(file: string): void {
  const fail = (why: string) => invalid(`cannot write ${visible(file)}: ${why}`, REMEDY);
  targetOf(file, REMEDY);
  const folder = dirname(file);
  if (exists(folder) && !statSync(folder).isDirectory()) throw fail(`${visible(folder)} is not a directory`);
}

function endedWith(status: number): Failure {
  const words: { readonly [status: number]: string } = {
    [EXIT.VIOLATION]: "a violation, or an expectation that is not met",
    [EXIT.UNDECIDED]: "it could not be judged: nothing was completed",
    [EXIT.SIGINT]: "interrupted by SIGINT before there was a result",
    [EXIT.SIGTERM]: "interrupted by SIGTERM before there was a result",
  };
  return { exit: status, message: words[status] ?? `ended with status ${status}`, problems: [] };
}

/** What goes to stdout of a command line that was refused before anything was opened, in the format that it asks for. */
export async function refusal(args: readonly string[], error: unknown): Promise<string> {
  const asked = args.flatMap((word, i) => {
    if (word === "--json") return ["json"];
    return word === "--reporter"
      ? args.slice(i + 1, i + 2)
      : (/^--reporter=(.*)$/.exec(word)?.slice(1) ?? []);
  });
  const name = asked.find((word): word is FormatName => Object.hasOwn(FORMATS, word));
  const format = name === undefined ? undefined : await loadFormat(name);
  return format?.failure?.(failureOf(error)) ?? "";
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Stop)) {
    const text = error instanceof Error ? error.message : String(error);
    return { exit: EXIT.INTERNAL, message: `internal error: ${text}`, problems: [] };
  }
  const { code, message, remedy, problems } = error;
  return {
    exit: code,
    message,
    remedy,
    problems: problems.map((one) =>
      one instanceof Stop ? { message: one.message, remedy: one.remedy } : one,
    ),
  };
}
