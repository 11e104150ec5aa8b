/**
 * Names for threads that say what they do. Merging and dropping operations can leave a `flusher` that writes; names
 * that nobody chose are drawn again, others stay.
 */
import { ROLES } from "../kernel/op-info.js";
import { OPS } from "../kernel/ops.js";
import type { Scenario } from "../scenario/types.js";

/** Names that the random generator and the shrinker give. */
const NOBODYS = new RegExp(`^([a-d]|writeback/\\d+|(${ROLES.join("|")})(-\\d+)?)$`);

export function nameThreads(scenario: Scenario): Scenario {
  const kept = new Set(scenario.threads.map((t) => t.name).filter((name) => !NOBODYS.test(name)));
  const taken = new Set(kept);
  const threads = scenario.threads.map((t) => {
    if (kept.has(t.name)) return t;
    const role = ROLES.find((r) => t.ops.some((op) => OPS[op.kind].role === r)) ?? ROLES[0];
    let name: string = role;
    for (let n = 2; taken.has(name); n++) name = `${role}-${n}`;
    taken.add(name);
    return { ...t, name };
  });
  return { ...scenario, threads };
}
