/** Plans as the player in c/player reads them: a program and its moves, and where each is to stop. */

import { Value } from "../../kernel/objects/values.js";
import type { Op, Scenario } from "../../scenario/types.js";
import { byteOfValue } from "./end-state.js";
import type { PlayedMove } from "./forced-moves.js";
import { type HookNames, moveLines } from "./plan-moves.js";

/** A program, and moves of it that a model has made. */
export interface ForcedPlan {
  /** One word. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly moves: readonly PlayedMove[];
}

/** Lines, each with its end. */
export function planText({ name, scenario, moves }: ForcedPlan, hooks: HookNames): string {
  let value = Value.FIRST_DATA as number;
  const op = (one: Op): string => opLine(one, value++);
  const lines = [
    `plan ${name}`,
    `size ${scenario.file.size}`,
    ...scenario.setup.map(op),
    ...scenario.threads.flatMap((t) => [`thread ${t.name} ${t.ownFd ? 1 : 0}`, ...t.ops.map(op)]),
    "start",
    ...moves.flatMap((_, i) => moveLines(moves, i, hooks)),
    "end",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** The player's enum. */
const KEEPS_SIZE = 1;
const LEAVES_NOTHING = 2;
/** More than any file of ours has. */
const TO_THE_END = 1 << 30;

function opLine(op: Op, value: number): string {
  const flags = (op.keepSize === true ? KEEPS_SIZE : 0) | (op.dontcache === true ? LEAVES_NOTHING : 0);
  const isWhole = op.to === Number.POSITIVE_INFINITY;
  // An fsync of the whole file is no msync of a range.
  const to = isWhole ? (op.kind === "fsync" ? -1 : TO_THE_END) : op.to;
  const modified = [op.faultAt, op.shortCopy, op.target].map((at) => at ?? -1).join(" ");
  return `op ${op.kind} ${op.from} ${to} ${byteOfValue(value)} ${modified} ${flags}`;
}
