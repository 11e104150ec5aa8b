/** Operations and threads as a person would have written them. */
import { MODIFIERS } from "../../kernel/modifiers.js";
import { OPS } from "../../kernel/ops.js";
import { isWhole, modifiersOf } from "../op-bytes.js";
import type { Op, ThreadSpec } from "../types.js";
import { printQuantity, printRange } from "../yaml/units.js";
import { flow } from "./print-yaml.js";

/** One operation as a flow map, `{ write: 0..12k, fault-at: 8k }`. */
export function printOp(op: Op): string {
  const modifiers = modifiersOf(op).map(
    ([name, value]) => `${MODIFIERS[name].word}: ${value === true ? "true" : printQuantity(value)}`,
  );
  return flow([`${op.kind}: ${printArgument(op) ?? "{}"}`, ...modifiers]);
}

/** An operation in few words: `write 0..10k fault-at 8k`. */
export function opText(op: Op): string {
  const modifiers = modifiersOf(op).map(
    ([name, value]) => `${MODIFIERS[name].word}${value === true ? "" : ` ${printQuantity(value)}`}`,
  );
  return [op.kind, printArgument(op) ?? [], modifiers].flat().join(" ");
}

/** What a thread does in few words: `write 0..4k; fsync`, `repeat writeback 0..8k`. */
export function threadText({ ops, repeats }: Pick<ThreadSpec, "ops" | "repeats">): string {
  return `${repeats === true ? "repeat " : ""}${ops.map(opText).join("; ")}`;
}

/** The range or size of an operation; undefined for the whole file. */
function printArgument(op: Op): string | undefined {
  const { takes } = OPS[op.kind];
  if (takes === "size" || takes === "length") return printQuantity(op.to);
  return isWhole(op) ? undefined : printRange(op);
}
