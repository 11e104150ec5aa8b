/**
 * Programs of which a search needs not look at every state and every order of steps: nothing fails in them, no size
 * changes, no block is freed and nothing dirty is dropped. What follows from that is in dead-values.ts and transitions.ts.
 */
import { Choice } from "../../kernel/machine/choices.js";
import { keepsWritebackMap } from "../../kernel/machine/layout.js";
import { type KernelOp, kernelOp } from "../../kernel/machine/program.js";
import type { OpName } from "../../kernel/ops.js";
import type { Engine } from "../run/engine.js";

/** They change data, and which of it is where, and nothing else. */
const PLAIN: ReadonlySet<OpName> = new Set<OpName>([
  "write",
  "read",
  "writeback",
  "fsync",
  "sync_file_range",
  "evict",
]);

/**
 * Whether a program on a kernel is one: folios are blocks, a write stays below EOF and is not cut short, no fault can
 * strike, writeback looks every map up, and what a write does with reservations that it did not use spares what is dirty.
 */
export function isPlainProgram({ k, startSize }: Engine): boolean {
  const { program, fixes, g } = k;
  const { budget, disk, setup, threads } = program;
  if (
    k.fine ||
    program.repeats !== undefined ||
    disk !== undefined ||
    g.blocksPerPage !== 1 ||
    fixes.writeLargeFolios
  )
    return false;
  if (keepsWritebackMap(fixes) || (fixes.validate && !fixes.punchSkipsDirty)) return false;
  if (budget.some((n, choice) => n > 0 && choice !== Choice.EVICT)) return false;
  // What RWF_DONTCACHE brought in goes by itself.
  if ([setup, ...threads].some((ops) => ops.some(({ dontcache }) => dontcache))) return false;
  // What stands beside an operation may be what the setup leaves behind, too: folios that go by themselves.
  const isBare = [...program.setup, ...threads.flat()].every((op) => !op.dontcache);
  return isBare && threads.every((ops) => ops.every((op) => PLAIN.has(op.kind) && isWithin(op, startSize)));
}

/** Nothing stands beside the operation, and what it writes lies below `size`, in cells. */
function isWithin(op: KernelOp, size: number): boolean {
  const { kind, does, from, to, value, returns } = op;
  const bare = kernelOp(kind, from, to, { value, returns });
  const names = Object.keys(bare) as (keyof KernelOp)[];
  return names.every((name) => op[name] === bare[name]) && (does.data === "none" || to <= size);
}
