/**
 * Runs that neither witnesses nor random walks come to: each tells the model from a mutant of it that differs in what one
 * task waits for. Written as legs, which every kernel can follow.
 */
import type { KernelVariant } from "../../kernel/versions/variant.js";
import { type DirectedRun, type Leg, playLegs } from "../../real/force/play-directed.js";
import { MAP_MADE } from "../../real/force/points.js";
import { parseScenario } from "../../scenario/language/parse.js";

interface Probe {
  readonly scenario: string;
  readonly legs: readonly Leg[];
  readonly holdsMaps?: true;
}

/** To the n-th call of a function, by its latest name; without one to the end of the operation. */
const go = (who: string, fn?: string, nth = 1): Leg => ({ do: "go", who, fn, nth, forced: [] });
const io = (n: number): Leg => ({ do: "io", n, forced: [] });

const PROBES: readonly Probe[] = [
  {
    // The page is dirty again under writeback: an integrity pass waits before it writes it.
    scenario: `
name: redirtied-under-writeback
file: { size: 4k, block: 4k }
setup:
  - { store: 0..1k }
threads:
  flusher: [{ writeback: 0..4k }]
  mapper: [{ store: 1k..2k }]
  syncer: [{ fsync: {} }]
`,
    legs: [go("flusher"), go("mapper"), go("syncer"), io(1), go("syncer")],
  },
  {
    // Writeback has the page whose tail is to be zeroed.
    scenario: `
name: truncated-under-the-folio-lock
file: { size: 4k, block: 4k }
setup:
  - { write: 0..4k }
  - { fsync: {} }
threads:
  truncater: [{ truncate: 2k }]
  flusher: [{ writeback: 0..4k }]
`,
    legs: [
      go("truncater", "truncate_inode_pages_range"),
      go("flusher", "xfs_writeback_range"),
      go("truncater"),
      go("flusher"),
      io(1),
    ],
  },
  {
    // A page that is being mapped is clean already: who syncs waits for its writeback, where that has begun by then.
    scenario: `
name: synced-while-mapped
file: { size: 4k, block: 4k }
setup:
  - { write: 0..4k }
threads:
  a: [{ writeback: 0..4k }]
  b: [{ fsync: {} }]
`,
    legs: [go("a", "xfs_writeback_range"), go("b"), go("a"), io(1)],
  },
  {
    // The map's extent is converted after ILOCK was dropped, and before the map is filled in.
    scenario: `
name: converted-before-the-map-is-filled-in
file: { size: 4k, block: 4k }
setup:
  - { fallocate: 0..4k }
  - { write: 0..4k }
threads:
  flusher: [{ writeback: 0..4k }]
  writer: [{ write: 0..1k }]
`,
    legs: [go("flusher"), go("writer", MAP_MADE), io(1), go("io/1"), go("writer")],
    holdsMaps: true,
  },
];

/** All of them, by their names, as the model of a kernel makes them. */
export function probesOn(model: KernelVariant): { readonly name: string; readonly run: DirectedRun }[] {
  return PROBES.map(({ scenario: text, legs, holdsMaps }) => {
    const read = parseScenario(text, "a probe");
    if ("diagnostics" in read) throw new Error(`no scenario: ${text}`);
    const { scenario } = read;
    return { name: scenario.name, run: playLegs(scenario, model, legs, holdsMaps) };
  });
}
