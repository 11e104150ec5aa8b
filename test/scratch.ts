/**
 * All temporary files of the tests, and of the programs that they start, go into one folder, which is removed at the
 * end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = "stalemap-tests-";

export function setup(): (() => void) | undefined {
  // Each project of the tests calls it.
  if (process.env.TMPDIR?.includes(NAME) === true) return undefined;
  const folder = mkdtempSync(join(tmpdir(), NAME));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
