/**
 * Where a YAML value stands in the file, and how what is wrong with it is reported.
 */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Vocabulary } from "../language/vocabulary.js";
import { type Hint, quoted } from "./diagnostic.js";
import type { Reporter } from "./source.js";

/** A thread named somewhere; judged when all threads are known. */
export interface ThreadUse {
  readonly name: string;
  readonly at: Place;
}

/** A verdict that is stated somewhere; judged beside the others when all are known. */
export interface Stated {
  /** What kernel it is about, however that is written. */
  readonly kernel: string;
  /** In words. */
  readonly name: string;
  readonly oracles: readonly string[];
  readonly kind: string | undefined;
  readonly at: Place;
}

/** A call that is named somewhere, `writer.1`; judged when the program is known. */
export interface NamedCall {
  readonly call: string;
  readonly at: Place;
}

/** What all fields of one file share. */
export interface Reading {
  readonly report: Reporter;
  readonly vocabulary: Vocabulary;
  readonly threadUses: ThreadUse[];
  readonly stated: Stated[];
  readonly calls: NamedCall[];
  /** What is said of a word that means something which there is none of, instead of what was expected. */
  readonly refusal?: (word: string) => Refusal | undefined;
}

export interface Refusal {
  readonly message: string;
  readonly remedy: string;
}

/** A value in the file, or the key that should have had one. */
export class Place {
  constructor(
    readonly reading: Reading,
    readonly node: ParsedNode | null,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The place of a value, or of its key where the value is missing. */
  static of(reading: Reading, node: ParsedNode | null, key?: Place): Place {
    if (node !== null && (node.range[1] > node.range[0] || key === undefined)) {
      return new Place(reading, node, node.range[0], node.range[1]);
    }
    return new Place(reading, node, key?.start ?? 0, key?.end ?? 1);
  }

  /** Counts from 1. */
  get line(): number {
    return this.reading.report.lineOf(this.start);
  }

  /** Reports an error here and gives undefined, which is what a field that failed gives. */
  fail(message: string, hint?: Hint): undefined {
    return this.reading.report.add(this.start, this.end, message, hint);
  }

  /** Reports a word that was not expected. */
  failWord(word: string, message: string, hint?: Hint): undefined {
    const refusal = this.reading.refusal?.(word);
    return refusal === undefined ? this.fail(message, hint) : this.fail(refusal.message, refusal);
  }

  /** The source text of a scalar; undefined, and reported, for anything else. */
  scalar(expected: string): string | undefined {
    const { node } = this;
    if (isScalar(node) && node.tag === undefined && node.anchor === undefined) {
      const text = typeof node.value === "string" ? node.value : (node.source ?? "");
      return text === "" ? this.fail(`expected ${expected}, found nothing`) : text;
    }
    return this.failKind(expected);
  }

  /** Reports that this is not what was expected, by what it is. */
  failKind(expected: string, remedy?: string): undefined {
    const { node } = this;
    if (isAlias(node)) return this.fail(`expected ${expected}, found a YAML alias`, NO_ALIAS);
    if (node?.tag !== undefined) {
      return this.fail(`expected ${expected}, found a YAML tag`, { remedy: "write the value without a tag" });
    }
    if (node !== null && "anchor" in node && node.anchor !== undefined) {
      return this.fail(`expected ${expected}, found a YAML anchor`, NO_ALIAS);
    }
    if (isMap(node))
      return this.fail(`expected ${expected}, found a map`, remedy === undefined ? undefined : { remedy });
    if (isSeq(node)) return this.fail(`expected ${expected}, found a list`);
    const text = isScalar(node) ? String(node.value ?? "") : "";
    const found = text === "" ? "nothing" : quoted(text);
    return this.fail(`expected ${expected}, found ${found}`, remedy === undefined ? undefined : { remedy });
  }

  /** Whether the node is of the kind a field wants and carries neither tag nor anchor. */
  isPlain(): boolean {
    const { node } = this;
    return node !== null && !isAlias(node) && node.tag === undefined && node.anchor === undefined;
  }
}

const NO_ALIAS = { remedy: "anchors and aliases are not part of the language: write the value out" };
