/** Programs for the guards of orders of steps that are alike. */
import type { GuardedProgram } from "./guarded-program.js";

export const ORDER_PROGRAMS = {
  "evicted-between": {
    kernel: "6.0",
    text: `
file: { size: 4k, block: 4k }
threads:
  t0: [{ write: 0..4k }, { evict: 0..4k }]
  t1: [{ writeback: 0..4k }, { write: 2k..4k }]`,
  },
  "stale-before-lock": {
    kernel: "6.5",
    without: ["validate-after-lock"],
    text: `
file: { size: 4k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ write: 0..4k }]
  t1: [{ writeback: 0..4k }]
  t2: [{ writeback: 0..4k }, { write: 2k..4k }]`,
  },
  "evicted-before-lock": {
    kernel: "6.0",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 0..4k }]
budget: { evictions: 1 }
threads:
  t0: [{ write: 2k..4k }, { writeback: 4k..8k }]
  t1: [{ writeback: 0..4k }]`,
  },
  "read-again": {
    kernel: "6.5",
    without: ["complete-before-end-writeback"],
    text: `
file: { size: 8k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ write: 0..4k }]
  t1: [{ writeback: 0..4k }, { read: 0..4k }]`,
  },
  "gone-in-scan": {
    kernel: "6.2",
    text: `
file: { size: 8k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ writeback: 0..4k }]
  t1: [{ read: 4k..8k }, { write: 0..6k }]
  t2: [{ write: 4k..8k }]`,
  },
  "held-by-a-pass": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 0..4k }, { zero: 2k..4k }]
budget: { evictions: 1 }
threads:
  t0: [{ write: 4k..8k }]
  t1: [{ fsync: {} }]`,
  },
  "one-write": {
    kernel: "cured",
    text: `
file: { size: 6k, block: 4k }
setup: [{ write: 4k..6k }]
threads:
  t0: [{ writeback: 4k..8k }]`,
  },
  "growing-ioend": {
    kernel: "5.4",
    text: `
file: { size: 10k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ writeback: 4k..12k }]
  t1: [{ write: 0..10k }]`,
  },
  "ends-before-conversion": {
    kernel: "6.2",
    without: ["complete-before-end-writeback"],
    text: `
file: { size: 8k, block: 4k }
threads:
  t0: [{ write: 4k..8k }]
  t1: [{ sync_file_range: 4k..8k }]`,
  },
  "short-copy-sent": {
    kernel: "6.0",
    without: ["delalloc-to-unwritten"],
    text: `
file: { size: 4k, block: 4k }
setup: [{ write: 0..3k, fault-at: 2k }]
threads:
  w: [{ write: 0..4k }]
  f: [{ writeback: 0..4k }]`,
  },
  "two-passes": {
    kernel: "cured",
    text: `
file: { size: 6k, block: 4k }
setup: [{ write: 4k..8k }]
budget: { evictions: 1 }
threads:
  t0: [{ writeback: 4k..8k }]
  t1: [{ writeback: 4k..8k }]`,
  },
  "last-copy": {
    kernel: "cured",
    text: `
file: { size: 12k, block: 4k }
setup: [{ write: 2k..9k }]
budget: { evictions: 1 }
threads:
  t0: [{ writeback: 0..4k }, { write: 8k..12k }]`,
  },
  "last-is-stale": {
    kernel: "cured",
    without: ["remap-on-zero-progress"],
    text: `
file: { size: 8k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ write: 2k..6k }]
  t1: [{ writeback: 0..4k }]`,
  },
  "dirty-again": {
    kernel: "cured",
    text: `
file: { size: 4k, block: 4k }
setup: [{ zero: 0..4k }, { write: 0..4k }]
budget: { evictions: 1 }
threads:
  t0: [{ writeback: 0..4k }, { writeback: 0..4k }]
  t1: [{ writeback: 0..4k }, { write: 0..4k }]`,
  },
  "dirty-again-behind": {
    kernel: "cured",
    text: `
file: { size: 6k, block: 4k }
budget: { evictions: 2 }
threads:
  t0: [{ write: 0..6k }, { writeback: 4k..8k }, { write: 0..6k }, { writeback: 4k..8k }]
  t1: [{ writeback: 0..8k }]`,
  },
  "dirty-under-writeback": {
    kernel: "cured",
    text: `
file: { size: 11k, block: 4k }
setup: [{ write: 0..11k }]
budget: { evictions: 1 }
threads:
  t0: [{ write: 4k..8k }]
  t1: [{ writeback: 4k..12k }]`,
  },
  "not-sent-yet": {
    kernel: "cured",
    text: `
file: { size: 11k, block: 4k }
setup: [{ write: 0..11k }]
threads:
  t0: [{ writeback: 4k..12k }]
  t1: [{ write: 4k..8k }, { writeback: 4k..8k }]`,
  },
  "mapped-twice": {
    kernel: "6.0",
    text: `
file: { size: 8k, block: 4k }
setup: [{ fallocate: 0..8k }, { write: 0..4k }]
threads:
  t0: [{ write: 0..8k }]
  t1: [{ writeback: 0..4k }]
`,
  },
  "dirty-again-beside-a-wait": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 0..8k }, { fsync: {} }]
threads:
  t0: [{ write: 0..4k }, { writeback: 0..4k }, { write: 0..4k }]
  t1: [{ writeback: 0..4k }]
  t2: [{ sync_file_range: 4k..8k }]
`,
  },
  "locked-again": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 0..8k }, { fsync: {} }]
threads:
  t0: [{ write: 0..4k }, { writeback: 0..4k }, { write: 0..4k }, { write: 0..4k }]
  t1: [{ writeback: 0..8k }]
`,
  },
  preempted: {
    kernel: "6.0",
    preemptions: 3,
    text: `
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k }]
budget: { evictions: 1 }
threads:
  w: [{ write: 0..2k }]
  f: [{ writeback: 0..4k }]
`,
  },
} as const satisfies Readonly<Record<string, GuardedProgram>>;
