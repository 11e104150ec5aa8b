/** Reports are read as they lie on disk: compressed, or in UTF-16 as editors of Windows write it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadScenario } from "../../src/cli/input/files.js";

const DUMP = `LOG DUMP (2 total operations):
1(  1 mod 256): WRITE    0x6c62 thru 0x1147d\t(0xa81c bytes) HOLE
2(  2 mod 256): TRUNCATE DOWN\tfrom 0x1147e to 0x5448
`;
const UTF16 = Buffer.from(`\ufeff${DUMP}`, "utf16le");

describe("a log is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const load = (bytes: Uint8Array) => {
    const file = join(folder, "a.log");
    writeFileSync(file, bytes);
    return loadScenario(file).threads.flatMap(({ ops }) => ops.map(({ kind, to }) => `${kind} ${to}`));
  };
  it.each<[string, Uint8Array]>([
    ["as it is", Buffer.from(DUMP)],
    ["compressed", gzipSync(DUMP)],
    ["in UTF-16, little end first", UTF16],
    ["in UTF-16, big end first", Buffer.from(UTF16).swap16()],
    ["in UTF-16 and compressed", gzipSync(UTF16)],
  ])("%s", (_, bytes) => {
    expect(load(bytes)).toEqual(["write 70782", "truncate 21576"]);
  });

  it("unless it is not what gzip makes, or grows too large", () => {
    expect(() => load(gzipSync(DUMP).subarray(0, 60))).toThrow(/not what gzip makes/);
    expect(() => load(gzipSync(Buffer.alloc(17 << 20, "a")))).toThrow(/too large/);
  });
});
