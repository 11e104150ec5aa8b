/**
 * Recorded traces of real kernels on their models, however many: all folders below those named, each the recordings of a
 * kernel. Results, sizes and contents must agree throughout, extents and residency in the shares that are printed.
 */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { stalemap } from "./built-program.js";

/** The least share of operations, of each kernel. */
const LEAST = { ret: 1, size: 1, contents: 1, extents: 0.995, residency: 0.99 } as const;
type Aspect = keyof typeof LEAST;
const ASPECTS = Object.keys(LEAST) as Aspect[];

export function traces(folders: readonly string[]): boolean {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.json(\.gz)?$/.test(name))
      .map((name) => join(folder, name)),
  );
  const kernels = [...new Set(files.map((file) => dirname(file)))].sort();
  const met = kernels.map((kernel) =>
    agreeing(
      basename(kernel),
      files.filter((file) => dirname(file) === kernel),
    ),
  );
  console.log(`needed: ${ASPECTS.map((aspect) => `${aspect} ${100 * LEAST[aspect]} %`).join(", ")}`);
  return met.length > 0 && met.every((isMet) => isMet);
}

interface Total {
  readonly traces: number;
  readonly ops: number;
  /** Shares of operations. */
  readonly agree: Readonly<Record<Aspect, number>>;
}

function agreeing(kernel: string, files: readonly string[]): boolean {
  const { stdout, stderr } = stalemap(["conform", ...files, "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!String(stdout).startsWith("{")) {
    console.log(`${kernel}: ${String(stderr).trim()}`);
    return false;
  }
  const { traces, ops, agree } = (JSON.parse(String(stdout)) as { total: Total }).total;
  const shares = ASPECTS.map((aspect) => `${aspect} ${Math.floor(10_000 * agree[aspect]) / 100} %`);
  console.log(`${kernel}: ${traces} traces, ${ops} operations, ${shares.join(", ")}`);
  return ASPECTS.every((aspect) => agree[aspect] >= LEAST[aspect]);
}
