/**
 * The log of a bisection: one JSON line for the question, one per verdict. It is rewritten as a whole with each
 * verdict, so that it is never half a log, and a later run need not judge again what is in it.
 */
import * as z from "zod";
import type { JudgeVerdict } from "../../bisect/asking.js";
import { quoted, visible } from "../../scenario/yaml/diagnostic.js";
import { invalid } from "../exit.js";
import { exists, readText } from "./files.js";
import { targetOf, writeWhole } from "./output-files.js";

/** What the verdicts depend on, by name. */
export type BisectQuestion = Readonly<Record<string, string | number | undefined>>;

const SCHEMA = "stalemap/bisect-log/1";
const REMEDY = "choose another file with --log";

const head = z.record(z.string(), z.union([z.string(), z.number()]));
const line = z.strictObject({
  kernel: z.string(),
  commit: z.string().nullable(),
  verdict: z.enum(["ok", "mismatch", "undecided"]),
});
type LogLine = z.infer<typeof line>;

export class BisectLog {
  readonly #file: string;
  readonly #question: BisectQuestion;
  readonly #lines: LogLine[] = [];

  /** A new log, or one to go on with; 128 when the file is not what it should be. */
  constructor(file: string, question: BisectQuestion, resumes: boolean) {
    this.#file = file;
    this.#question = { schema: SCHEMA, ...question };
    targetOf(file, REMEDY);
    if (resumes) this.#read();
    else if (exists(file))
      throw invalid(
        `${visible(file)} is there already`,
        "--resume goes on with it, or choose another with --log",
      );
    this.#write();
  }

  verdictOf(kernel: string): JudgeVerdict | undefined {
    return this.#lines.find((one) => one.kernel === kernel)?.verdict;
  }

  add(judged: LogLine): void {
    this.#lines.push(judged);
    this.#write();
  }

  #write(): void {
    const all = [this.#question, ...this.#lines];
    writeWhole(this.#file, all.map((one) => `${JSON.stringify(one)}\n`).join(""), REMEDY);
  }

  #read(): void {
    const [first = "", ...rest] = readText(this.#file).trimEnd().split("\n");
    const question = this.#parse(first, 0, head);
    if (question.schema !== SCHEMA) throw this.#broken(0, `expected the schema ${SCHEMA}`);
    for (const name of new Set([...Object.keys(question), ...Object.keys(this.#question)])) {
      const [was, is] = [question[name], this.#question[name]];
      if (was !== is)
        throw invalid(
          `the log ${visible(this.#file)} is of another question: ${name} was ${said(was)}, now it is ${said(is)}`,
          "ask the same again, or start another log with --log",
        );
    }
    this.#lines.push(...rest.map((text, at) => this.#parse(text, at + 1, line)));
  }

  #parse<T>(text: string, at: number, schema: z.ZodType<T>): T {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw this.#broken(at, "this is not JSON");
    }
    const read = schema.safeParse(json);
    if (!read.success) throw this.#broken(at, read.error.issues[0]?.message ?? "");
    return read.data;
  }

  #broken(at: number, why: string) {
    return invalid(`${visible(this.#file)}:${at + 1}: not a line of a bisection's log: ${why}`, REMEDY);
  }
}

const said = (value?: string | number) => (value === undefined ? "not given" : quoted(String(value)));
