/**
 * Writes the folder of an embedded store that nobody has used yet, packed, to the file that the command line names:
 * PGlite takes seconds to make one. Clock and chance stand still meanwhile, so that the same PGlite makes the same file.
 * src/campaign/store/new-folder.ts unpacks it.
 */
import crypto from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const NOW = Date.UTC(2026, 0, 1);
Date.now = () => NOW;
Math.random = () => 0.5;
crypto.randomFillSync = (bytes) => bytes.fill(7);
const { PGlite } = await import("@electric-sql/pglite");

const scratch = mkdtempSync(join(tmpdir(), "stalemap-store-"));
const folder = join(scratch, "data");
const db = await PGlite.create(folder);
await db.exec("checkpoint");
await db.close();

const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
const paths = (isWanted) =>
  entries
    .filter(isWanted)
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
// Files of the databases that it begins with are the same: each content is in it once.
const places = new Map();
const contents = [];
let end = 0;
const files = paths((entry) => entry.isFile()).map((path) => {
  const whole = readFileSync(join(folder, path));
  // Most of the log is zeroes that nobody has written yet.
  const bytes = whole.subarray(0, whole.findLastIndex((byte) => byte !== 0) + 1);
  const digest = crypto.createHash("sha256").update(bytes).digest("hex");
  const from = places.get(digest) ?? end;
  if (from === end) {
    places.set(digest, end);
    contents.push(bytes);
    end += bytes.length;
  }
  return [path, from, bytes.length, whole.length];
});
const index = JSON.stringify({ folders: paths((entry) => entry.isDirectory()), files });
const packed = brotliCompressSync(Buffer.concat([Buffer.from(`${index}\n`), ...contents]), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const [, , target] = process.argv;
writeFileSync(`${target}.${process.pid}`, packed);
renameSync(`${target}.${process.pid}`, target);
rmSync(scratch, { recursive: true });
