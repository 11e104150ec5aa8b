/** Programs for the guards of dead values, and of what a plain program is. */
import type { GuardedProgram } from "./guarded-program.js";

export const DEAD_PROGRAMS = {
  "starts-dirty-over-hole": {
    kernel: "5.0",
    without: ["shift-flushes-cache"],
    text: `
file: { size: 8k, block: 4k }
setup: [{ store: 0..8k }, { insert: 0..8k }]
threads:
  w: [{ write: 0..8k }]
  a: [{ sync_file_range: 0..8k }]
  b: [{ sync_file_range: 0..8k }]`,
  },
  "gives-back-mid-block": {
    kernel: "cured",
    without: ["release-rescans"],
    text: `
file: { size: 8k, block: 4k }
setup: [{ read: 4k..8k }, { write: 0..4k }]
budget: { evictions: 1 }
threads:
  w: [{ write: 6k..8k }]
  f: [{ writeback: 0..4k }]`,
  },
  "stale-at-once": {
    kernel: "6.2",
    without: ["remap-on-zero-progress"],
    text: `
file: { size: 10k, block: 4k }
threads:
  t0: [{ write: 4k..10k }]
  t1: [{ writeback: 4k..8k }]`,
  },
  "stale-in-last-copy": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ write: 0..4k }, { writeback: 0..8k }]
  t1: [{ write: 0..6k }]
  t2: [{ write: 4k..8k }]`,
  },
  "map-that-holds": {
    kernel: "cured",
    text: `
file: { size: 4k, block: 4k }
budget: { evictions: 1 }
threads:
  t0: [{ write: 0..4k }]
  t1: [{ write: 2k..4k }]
  t2: [{ writeback: 0..4k }]`,
  },
  "clean-over-unwritten": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
setup: [{ fallocate: 4k..8k }]
threads:
  t0: [{ read: 4k..8k }]`,
  },
  "one-pass": {
    kernel: "cured",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 2k..5k }]
threads:
  t0: [{ writeback: 0..8k }]`,
  },
  "evicted-under-a-pass": {
    kernel: "cured",
    text: `
file: { size: 6k, block: 4k }
threads:
  t0: [{ write: 4k..6k }, { write: 0..4k }]
  t1: [{ writeback: 4k..8k }, { evict: 0..8k }]
  t2: [{ fsync: {} }]`,
  },
  "blocks-of-1k": {
    kernel: "5.0",
    with: ["wb-validates-seq", "dirty-per-block"],
    text: `
file: { size: 4k, block: 1k }
threads:
  t0: [{ write: 2k..4k }, { writeback: 0..4k }]
  t1: [{ write: 0..4k }]`,
  },
  "folio-of-two-pages": {
    kernel: "6.12",
    text: `
file: { size: 8k, block: 4k }
threads:
  t0: [{ write: 4k..8k }]
  t1: [{ writeback: 0..4k }]
  t2: [{ write: 0..8k }]`,
  },
  "goes-by-itself": {
    kernel: "cured",
    with: ["rwf-dontcache", "dontcache-kicks-flusher"],
    without: ["validate"],
    text: `
file: { size: 4k, block: 4k }
setup: [{ fallocate: 0..4k }, { write: 2k..4k, dontcache: true }]
threads:
  w: [{ write: 0..2k }]
  f: [{ writeback: 0..4k }]`,
  },
  "device-error": {
    kernel: "5.4",
    text: `
file: { size: 2k, block: 4k }
budget: { evictions: 2, device-error: 1 }
threads:
  t0: [{ write: 0..2k }, { writeback: 0..4k }]`,
  },
  "unreadable-source": {
    kernel: "cured",
    text: `
file: { size: 12k, block: 4k }
setup: [{ zero: 8k..12k }]
threads:
  t0: [{ write: 8k..12k, fault-at: 8k }]`,
  },
  ordered: {
    kernel: "6.0",
    text: `
file: { size: 8k, block: 4k }
setup: [{ write: 0..4k }]
budget: { evictions: 1 }
threads:
  t0: [{ write: 2k..4k }, { writeback: 4k..8k }]
  t1: [{ writeback: 0..4k }]
order:
  - t0:xfs_vm_writepages < t0:__iomap_write_begin
`,
  },
  "stale-before-copy": {
    kernel: "cured",
    text: `
file: { size: 12k, block: 4k }
setup: [{ write: 8k..12k }]
threads:
  t0: [{ write: 0..8k }]
  t1: [{ writeback: 8k..12k }]
`,
  },
} as const satisfies Readonly<Record<string, GuardedProgram>>;
