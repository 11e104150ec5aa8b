/** Operations that do less: a writeback pass for an fsync, an eviction for a fadvise, a whole fsync for one of a
 * range, an allocation for zeroing, without keep-size. */
import type { Op } from "../../scenario/types.js";
import type { Run } from "../best-run.js";
import { offsetsOf } from "../cost.js";
import { mapOps, opLists, type ProgramCandidate } from "../edit.js";

export function simplerOperations({ scenario }: Run): ProgramCandidate[] {
  const end = Math.max(...offsetsOf(scenario));
  return opLists(scenario).flatMap(([owner, ops]) =>
    ops.flatMap((op, index) =>
      simpler(op, end).flatMap((other) => {
        const edited = mapOps(scenario, (o, at, i) => (at === owner && i === index ? other : o));
        return edited === undefined ? [] : [{ scenario: edited }];
      }),
    ),
  );
}

function simpler(op: Op, end: number): Op[] {
  switch (op.kind) {
    case "fsync": {
      const range = op.range ?? { from: 0, to: end };
      return range.from < range.to ? [{ kind: "writeback", ...range }] : [];
    }
    case "sync":
      return [{ kind: "writeback", from: op.from, to: op.to }];
    case "dontneed":
      return [{ kind: "evict", from: op.from, to: op.to }];
    case "read":
      return [{ kind: "load", from: op.from, to: op.to }];
    case "zero":
      return [
        { kind: "fallocate", from: op.from, to: op.to, keepSize: op.keepSize },
        ...(op.keepSize ? [{ ...op, keepSize: false }] : []),
      ];
    case "fallocate":
      return op.keepSize ? [{ ...op, keepSize: false }] : [];
    default:
      return [];
  }
}
