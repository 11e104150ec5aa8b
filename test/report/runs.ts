/**
 * Findings to report on: witnesses with the schedule that shows them.
 */
import { examine, type Finding } from "../../src/explore/finding/finding.js";
import { ScheduleStrategy } from "../../src/explore/pin/pinned-schedule.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { makeSubject } from "../../src/explore/run/subject.js";
import { canForce } from "../../src/force/follow.js";
import type { ReportedFinding } from "../../src/report/finding-text.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import type { RunSpec } from "../../src/scenario/token.js";

/** What the schedule of a scenario file shows on a kernel. */
export function reported(text: string, kernel: string, more: Partial<ReportedFinding> = {}): ReportedFinding {
  const parsed = parseScenario(text, "test.yaml");
  if (!("scenario" in parsed)) throw new Error(parsed.diagnostics.map((d) => d.message).join("\n"));
  const { scenario } = parsed;
  const variant = { base: kernel, with: [], without: [] };
  const subject = makeSubject(scenario, variant);
  const strategy = new ScheduleStrategy(subject, scenario.schedule ?? []);
  subject.engine.run(strategy);
  if (strategy.problem !== undefined) throw new Error(strategy.problem.reason);
  const choices = choicesOf(subject.engine);
  const finding = examine(subject, choices) as Finding;
  const run: RunSpec = { scenario, variant, choices };
  const realizable = canForce(subject, choices);
  return { finding, run, realizable, ...more };
}

/** The race of the RFC. */
export const UNWRITTEN_TAIL = `
name: unwritten-tail
file: { size: 12k, block: 4k }
setup:
  - fallocate: 0..12k
  - write: 10k..12k
threads:
  writer: [{ write: 0..10k }]
  flusher: [{ writeback: 8k..12k }]
  reclaim-8k: [{ evict: 8k..12k }]
schedule:
  - writer until __iomap_write_begin@0
  - flusher end
  - kworker/1 end
  - reclaim-8k end
  - writer end
`;

/** The bytes are in the page cache to the end, and nothing stands behind them. */
export const EOF_PUNCH = `
name: eof-punch
file: { size: 2k, block: 4k }
threads:
  writer: [{ write: 0..1k, fault-at: 0 }]
  mapper: [{ store: 1k..2k }]
schedule:
  - writer until fault_in_iov_iter_readable
  - mapper end
  - writer end
`;

/** A failed write that takes a store with it: two threads, two columns. */
export const FAILED_WRITE = `
name: failed-write-drops-store
file: { size: 8k, block: 4k }
threads:
  writer: [{ write: 0..8k, fault-at: 0 }]
  mapper: [{ store: 5k..6k }]
schedule:
  - writer until fault_in_iov_iter_readable
  - mapper end
  - writer end
`;

/** Something is lost before anything runs beside anything. */
export const IN_SETUP = `
name: in-setup
file: { size: 2k, block: 2k }
setup:
  - store: 2k..4k
  - truncate: 4k
threads: {}
schedule: []
`;

/** More threads than have room for a column each. */
export const MANY_THREADS = `
name: many
file: { size: 8k, block: 4k }
setup:
  - fallocate: 0..8k
  - write: 6k..8k
threads:
  writer: [{ write: 0..6k }]
  flusher: [{ writeback: 4k..8k }]
  a: [{ load: 0..1k }, { load: 1k..2k }]
  b: [{ read: 0..1k }]
  evicter: [{ evict: 4k..8k }]
schedule:
  - writer until __iomap_write_begin@0
  - flusher end
  - kworker/1 end
  - evicter end
  - writer end
  - a end
  - b end
`;
