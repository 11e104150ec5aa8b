/**
 * The file of a finding: written as it was found, replaced once it is shrunk. No other file is ever overwritten: a
 * number is appended to the name instead.
 */
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type KernelVariant, variantName } from "../../kernel/versions/variant.js";
import { Stop } from "../exit.js";
import { parseFile } from "../input/files.js";
import { writeNew, writeWhole } from "../input/output-files.js";
import { namesIn } from "../input/temporary-files.js";
import { renderStop } from "../terminal/stop-text.js";
import type { Session } from "../terminal/terminal.js";

export class KeptFinding {
  readonly #session: Session;
  readonly #path: string;
  #file: string | undefined;
  #text: string | undefined;
  #hasFailed = false;

  /** `path` ends in .yaml. */
  constructor(session: Session, path: string) {
    this.#session = session;
    this.#path = path;
  }

  /** Saves the finding in place of what was saved of it before; gives its file, undefined when there is none. */
  put(text: string): string | undefined {
    try {
      const there = this.#inFile(text);
      if (this.#file !== undefined && readIfAny(this.#file) === this.#text) {
        if (there === undefined) writeWhole(this.#file, text);
        else if (there !== this.#file) rmSync(this.#file, { force: true });
        this.#file = there ?? this.#file;
      } else this.#file = there ?? this.#inNewFile(text);
      this.#text = text;
    } catch (error) {
      this.#fail(error);
    }
    return this.#file;
  }

  #fail(error: unknown): void {
    if (!(error instanceof Stop)) throw error;
    const { err } = this.#session.terminal;
    if (!this.#hasFailed) err.write(renderStop(error, err.colours));
    this.#hasFailed = true;
  }

  #inFile(text: string): string | undefined {
    for (const file of this.#names()) {
      const there = readIfAny(file);
      if (there === undefined || there === text) return there === text ? file : undefined;
    }
    return undefined;
  }

  #inNewFile(text: string): string | undefined {
    for (const file of this.#names()) if (writeNew(file, text)) return file;
    return undefined;
  }

  *#names(): Generator<string> {
    yield this.#path;
    for (let n = 2; ; n++) yield this.#path.replace(/\.yaml$/, `-${n}.yaml`);
  }
}

function readIfAny(file: string): string | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** Kinds that the scenario files of a directory show on the kernel, each with its file. */
export function kindsIn(directory: string, variant: KernelVariant): Map<string, string> {
  const kinds = new Map<string, string>();
  const name = variantName(variant);
  for (const file of namesIn(directory).filter((one) => one.endsWith(".yaml"))) {
    const path = join(directory, file);
    const read = parseFile(path, readIfAny(path) ?? "");
    if (!("scenario" in read)) continue;
    const { expect, variants } = read.scenario;
    const bases = expect.map(({ kernel, kind }) => ({ base: kernel, with: [], without: [], kind }));
    for (const { kind, ...shown } of [...bases, ...variants])
      if (kind !== undefined && variantName(shown) === name && !kinds.has(kind)) kinds.set(kind, path);
  }
  return kinds;
}
