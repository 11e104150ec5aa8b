/** Operations that move what lies behind them or write where the file ends, so that what others act on floats. */
import { OPS } from "../kernel/ops.js";
import { copiedCuts, offsetsInBlock } from "./copied-cuts.js";
import { allOps, isWhole, offsetsOf, targetOf } from "./op-bytes.js";
import type { Op, Scenario } from "./types.js";

/**
 * Byte past all that the operations can put into a file of `size` bytes, where some of them move what lies behind, or write
 * where the file ends; undefined where none does, and each acts where it says.
 */
export function endOfFloating(ops: readonly Op[], size: number): number | undefined {
  if (!ops.some(isFloating)) return undefined;
  let end = size;
  let more = 0;
  for (const op of ops) {
    const { takes, moves, covers, grows } = OPS[op.kind];
    if (moves === "up" || takes === "length") more += op.to - op.from;
    if (takes !== "length" && (covers !== "nothing" || grows) && !isWhole(op))
      end = Math.max(end, op.to, targetOf(op)?.to ?? 0);
  }
  return end + more;
}

/** Whether the bytes that it acts on follow from what others did. */
export function isFloating({ kind }: Op): boolean {
  return OPS[kind].moves !== undefined || OPS[kind].takes === "length";
}

/** How many pieces with a fate of their own the file has in a program whose operations float or copy; 0 for others. */
export function floatingCells({
  setup,
  threads,
  file,
}: Pick<Scenario, "setup" | "threads" | "file">): number {
  const ops = allOps({ setup, threads });
  const end = endOfFloating(ops, file.size);
  const cuts = [file.size, ...ops.flatMap(offsetsOf)];
  if (end === undefined) return copiedCuts(ops, cuts, file.block).size;
  return Math.ceil(end / file.block) * offsetsInBlock(ops, cuts, file.block).size;
}
