/**
 * The data folder of a new embedded store: a copy of the one that the build has made (tools/build-store.mjs), which
 * takes a third of a second where PGlite would take some to make its own.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

/** Beside the program. */
const PACKED = join(import.meta.dirname, "store.br");

interface Index {
  readonly folders: readonly string[];
  /** Path, where its bytes begin and how many they are, and its size: zeroes at its end are left out. */
  readonly files: readonly (readonly [path: string, from: number, length: number, size: number])[];
}

/** Makes the folder, whole or not at all; does nothing where there is one, or nothing to make it of. */
export function makeDataFolder(folder: string, packed = PACKED): void {
  if (existsSync(folder) || !existsSync(packed)) return;
  const bytes = brotliDecompressSync(readFileSync(packed));
  const start = bytes.indexOf("\n") + 1;
  const { folders, files } = JSON.parse(bytes.toString("utf8", 0, start)) as Index;
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  for (const path of ["", ...folders]) mkdirSync(join(half, path), { mode: 0o700 });
  for (const [path, from, length, size] of files) {
    const file = join(half, path);
    writeFileSync(file, bytes.subarray(start + from, start + from + length), { mode: 0o600 });
    if (size > length) truncateSync(file, size);
  }
  renameSync(half, folder);
}
