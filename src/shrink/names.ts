/**
 * Names for threads that say what they do. Merging and dropping operations can leave a `flusher` that writes; names
 * that nobody chose are drawn again, others stay.
 */
import type { OpKind, Scenario } from "../scenario/types.js";

/** What a thread is called after, the most telling operation first. */
const ROLES: readonly (readonly [string, readonly OpKind[]])[] = [
  ["writer", ["write"]],
  ["truncater", ["truncate"]],
  ["allocator", ["fallocate", "zero", "punch"]],
  ["mapper", ["store", "load"]],
  ["reader", ["read"]],
  ["syncer", ["fsync", "sync"]],
  ["flusher", ["writeback"]],
  ["evicter", ["evict", "dontneed"]],
];
const ROLE_NAMES = ROLES.map(([role]) => role);
/** Names that the random generator and the shrinker give. */
const NOBODYS =
  /^([a-d]|ambient-\d+|(writer|truncater|allocator|mapper|reader|syncer|flusher|evicter)(-\d+)?)$/;

export function nameThreads(scenario: Scenario): Scenario {
  const kept = new Set(scenario.threads.map((t) => t.name).filter((name) => !NOBODYS.test(name)));
  const taken = new Set(kept);
  const threads = scenario.threads.map((t) => {
    if (kept.has(t.name)) return t;
    const kinds = new Set(t.ops.map((op) => op.kind));
    const role = ROLES.find(([, of]) => of.some((kind) => kinds.has(kind)))?.[0] ?? ROLE_NAMES[0]!;
    let name = role;
    for (let n = 2; taken.has(name); n++) name = `${role}-${n}`;
    taken.add(name);
    return { ...t, name };
  });
  return { ...scenario, threads };
}
