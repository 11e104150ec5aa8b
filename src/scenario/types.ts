/**
 * The scenario as data: what a YAML file, an fsx operation file or the random generator gives, before it is
 * compiled for the kernel model. All offsets are bytes, all ranges half-open.
 */
import type { FaultCounts } from "../kernel/machine/choices.js";
import type { Modifiers } from "../kernel/modifiers.js";
import type { OpName } from "../kernel/ops.js";
import type { OracleName } from "../kernel/oracle-table.js";
import type { Observed } from "./observed.js";

/** Bytes `[from, to)` of the file. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * An operation and what modifies it (kernel/ops.ts says which take what). One that takes a size has it in both ends
 * of its range; WHOLE stands for the whole file where a range may be left out.
 */
export interface Op extends ByteRange, Modifiers {
  readonly kind: OpName;
}

/** The range of an operation on the whole file, however long it is. */
export const WHOLE: ByteRange = { from: 0, to: Number.POSITIVE_INFINITY };

/** What may still go wrong by a choice of the environment; every count defaults to 0. */
export interface Budget extends FaultCounts {
  /** How many faults there may be in all, evictions apart; absent: each has only its own budget. */
  faults?: number | undefined;
}

/** `ok`, `mismatch` (any oracle) or the oracles that must be violated. */
export type Expectation = "ok" | "mismatch" | readonly OracleName[];

/** What a call returns, by name (`writer.1`): one of these numbers of bytes, errors, signals or `ok`. */
export interface StatedReturn {
  readonly call: string;
  readonly values: readonly (number | string)[];
}

export interface ExpectEntry {
  readonly kernel: string;
  readonly expect: Expectation;
  /** The kind that a bad verdict must show, as `report` prints it. */
  readonly kind?: string | undefined;
  /** In every run. */
  readonly returns?: readonly StatedReturn[] | undefined;
}

export interface Variant {
  readonly base: string;
  readonly with: readonly string[];
  readonly without: readonly string[];
  readonly expect: Expectation;
  readonly kind?: string | undefined;
  readonly returns?: readonly StatedReturn[] | undefined;
}

export interface ThreadSpec {
  readonly name: string;
  readonly ops: readonly Op[];
  /** It opened the file itself; else it shares the description of the setup. */
  readonly ownFd?: true | undefined;
  /** It does its operations again and again, for as long as others go on. */
  readonly repeats?: true | undefined;
}

/** One entry of `schedule:`. Thread runs until just before the named step (optionally at a byte offset), to the
 * end of its program, or for one step; or the next choice of the named kind takes the given value. */
export type ScheduleItem =
  | { readonly kind: "until"; readonly thread: string; readonly step: string; readonly at?: number }
  | { readonly kind: "end"; readonly thread: string }
  | { readonly kind: "step"; readonly thread: string; readonly count: number }
  | { readonly kind: "choose"; readonly choice: string; readonly value: number };

/** A named step of a thread: `thread: step@offset`. */
export interface StepRef {
  readonly thread: string;
  readonly step: string;
  readonly at?: number;
}

/** The first occurrence of `before` happens before the first occurrence of `after`. */
export interface OrderConstraint {
  readonly before: StepRef;
  readonly after: StepRef;
}

export interface Scenario {
  /** What its file says and is not part of it: left out, cut, ignored; in sentences. */
  readonly notes?: readonly string[] | undefined;
  /** Something that its file does is not in it: that nothing is found says nothing of the file. */
  readonly isPart?: boolean | undefined;
  /** What its calls must return on the kernel at hand. */
  readonly returns?: readonly StatedReturn[] | undefined;
  /** What a kernel's trace shows of it: its runs are those that fit. */
  readonly observed?: Observed | undefined;
  /** Bytes that its file says were wrong. */
  readonly sought?: ByteRange | undefined;
  readonly name: string;
  readonly about?: string;
  readonly source?: string;
  /** All in bytes. `size` is ftruncated before setup: all hole. */
  readonly file: { readonly size: number; readonly block: number; readonly page: number };
  readonly setup: readonly Op[];
  readonly threads: readonly ThreadSpec[];
  readonly budget: Budget;
  readonly oracles?: readonly OracleName[] | undefined;
  readonly expect: readonly ExpectEntry[];
  readonly variants: readonly Variant[];
  readonly reached: readonly string[];
  readonly schedule?: readonly ScheduleItem[];
  readonly order?: readonly OrderConstraint[];
}

/** Of a scenario that says nothing about verdicts. */
export const NOTHING_STATED: Pick<Scenario, "expect" | "variants" | "reached"> = {
  expect: [],
  variants: [],
  reached: [],
};
