/**
 * Programs of which a search needs not look at every state and every order of steps: nothing fails in them, no size
 * changes, no block is freed and nothing dirty is dropped. What follows from that is in dead-values.ts and transitions.ts.
 */
import { Choice } from "../../kernel/machine/choices.js";
import { type KernelOp, kernelOp } from "../../kernel/machine/program.js";
import { ExtentType } from "../../kernel/objects/extent-types.js";
import { FolioFlag } from "../../kernel/objects/folios.js";
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
 * Whether a program on a kernel is one: folios are blocks, a write stays below EOF and is not cut short, and no fault can
 * strike. Nothing else of a kernel matters: a map that writeback keeps covers nothing that is freed, so that it errs only in
 * whether a block has been converted since; and what a write reserved and gives back was a hole, over which nothing is dirty.
 */
export function isPlainProgram(engine: Engine): boolean {
  const { k, startSize } = engine;
  const { program, fixes, g } = k;
  const { budget, setup, threads } = program;
  // Of these two no program is known that needs them: --fine is what merging is held to, and laps are judged by all of a state.
  if (k.fine || program.repeats !== undefined) return false;
  if (g.blocksPerPage !== 1 || fixes.writeLargeFolios) return false;
  if (budget.some((n, choice) => n > 0 && choice !== Choice.EVICT)) return false;
  // What RWF_DONTCACHE brought in goes by itself, also when the setup left it behind.
  return (
    !setup.some(({ dontcache }) => dontcache) &&
    threads.every((ops) => ops.every((op) => PLAIN.has(op.kind) && isWithin(op, startSize))) &&
    startsBacked(engine)
  );
}

/**
 * Whether no folio is dirty over a hole when threads start, to which the machine is put back. Nothing in a plain program makes one
 * so, but a setup on a kernel that moves extents below the page cache does. Folios are blocks.
 */
function startsBacked(engine: Engine): boolean {
  const { folios, extents, g } = engine.k;
  engine.putBack();
  for (let p = 0; p < g.pages; p++)
    if (folios.has(p, FolioFlag.DIRTY) && extents.type(p) === ExtentType.HOLE) return false;
  return true;
}

/**
 * Nothing stands beside the operation, and what it writes lies below `size`, in cells. That, and PLAIN, keep out more than any
 * program is known to need: what changes i_size or extents is argued for nowhere, and agreed on all random programs that were tried.
 */
function isWithin(op: KernelOp, size: number): boolean {
  const { kind, does, from, to, value, returns } = op;
  const bare = kernelOp(kind, from, to, { value, returns });
  const names = Object.keys(bare) as (keyof KernelOp)[];
  return names.every((name) => op[name] === bare[name]) && (does.data === "none" || to <= size);
}
