/**
 * Searches by the built program on one thread and on more, of grids larger than those of scenarios/grid too.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stalemap } from "../accept/built-program.js";
import type { Searched } from "./grid.js";
import { medianOf } from "./sampling.js";

/** A grid of 3 writers: pages, flushers, and how often it is searched. */
export interface Grid {
  readonly pages: number;
  readonly flushers: 2 | 3;
  readonly rounds: number;
}

/** Searches the grid on `cured`, so many times. Throws when a search ends without a proof. */
export function measureGrid({ pages, flushers, rounds }: Grid, threads: number): Searched {
  const folder = mkdtempSync(join(tmpdir(), "stalemap-bench-"));
  try {
    const file = join(folder, `p${pages}w3k${flushers}.yaml`);
    const three = readFileSync(`scenarios/grid/p3w3k${flushers}.yaml`, "utf8");
    writeFileSync(file, three.replaceAll("12k", `${4 * pages}k`).replaceAll("10k", `${4 * pages - 2}k`));
    const searched = Array.from({ length: rounds }, () => searchOnce(file, threads));
    const { states, transitions, bytes } = searched[0] ?? { states: 0, transitions: 0, bytes: 0 };
    return { states, transitions, bytes, seconds: medianOf(searched.map((one) => one.seconds)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function searchOnce(file: string, threads: number): Searched {
  const args = ["explore", file, "--kernel", "cured", "--memory", "8g", "--json", "--jobs", `${threads}`];
  const { status, stdout, stderr } = stalemap(args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${file}: ${status}, ${String(stderr)}`);
  const { states, transitions, seconds, bytesPerState } = JSON.parse(String(stdout));
  return { states, transitions, seconds, bytes: bytesPerState * states };
}
