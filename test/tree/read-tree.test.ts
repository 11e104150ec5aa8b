/**
 * Stand-in trees with any set of toggles are read back as that set; what text does not tell is unknown, and a tree that is
 * none is refused.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIX_NAMES, type FixName, isFixName } from "../../src/kernel/versions/fixes.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { fixesOf, variantName } from "../../src/kernel/versions/variant.js";
import { BadTree, readTree, type TreeReading } from "../../src/tree/read-tree.js";
import { SIGNATURES } from "../../src/tree/signatures.js";
import { UNMODELLED } from "../../src/tree/unmodelled.js";
import { type Files, standIn } from "./stand-in.js";

const read = (files: Files): TreeReading => readTree((path) => files.get(path));
const release = (name: string) => RELEASES.find((one) => one.name === name)!;

function onIn({ toggles }: TreeReading): string[] {
  return toggles.flatMap(({ name, answer }) => ("on" in answer && answer.on ? [name] : []));
}

/** The nearest set that source text can have: some toggles are parts of others. */
function possible(names: readonly FixName[]): Set<FixName> {
  const on = new Set(names);
  if (on.has("punch-skips-dirty")) on.add("punch-under-invalidate-lock");
  else for (const part of ["scan-limit-eof", "eof-punch-cure"] as const) on.delete(part);
  if (on.has("zeroing-flushes-dirty")) on.add("truncdown-flush-eof");
  else on.delete("truncdown-zero-flushes");
  if (on.has("short-copy-cure")) on.add("zeroed-uptodate-at-end");
  if (!on.has("zeroing-flushes-eof-page")) on.add("punch-flush-eof-page");
  return on;
}

/** Toggles that text shows. */
const SHOWN = FIX_NAMES.filter((name) => SIGNATURES[name] !== undefined);

/** A tree of 6.12 in which the text of one file is changed. */
function changed(file: string, from: string | RegExp, to: string): Files {
  const files = standIn(release("6.12").fixes);
  const text = files.get(file)!;
  expect(text).toMatch(from);
  return files.set(file, text.replace(from, to));
}

const IO = "fs/iomap/buffered-io.c";

describe("a source tree", () => {
  it("is looked at for every toggle in which kernels differ", () => {
    const kernels = RELEASES.filter(({ name }) => /^\d/.test(name));
    const sides = (name: FixName) => new Set(kernels.map(({ fixes }) => fixes.has(name))).size;
    const differing = FIX_NAMES.filter((name) => sides(name) === 2);
    expect(differing.length).toBeGreaterThan(30);
    expect(differing.filter((name) => SIGNATURES[name] === undefined)).toEqual([]);
  });

  it("may have its close in xfs_file.c, and then nothing of it in xfs_inode.c", () => {
    const files = standIn(release("6.12").fixes);
    const close = files.get("fs/xfs/xfs_inode.c")!.replaceAll("xfs_release", "xfs_file_release");
    files.set("fs/xfs/xfs_file.c", `${files.get("fs/xfs/xfs_file.c")!}\n${close}`);
    files.set("fs/xfs/xfs_inode.c", "int xfs_iget(void)\n{\n\treturn 0;\n}\n");
    expect(read(files)).toMatchObject({ unknown: [], variant: { base: "6.12", with: [], without: [] } });
    files.delete("fs/xfs/xfs_inode.c");
    expect(read(files).unknown).toEqual([]);
  });

  it("is read as the set of its toggles", () => {
    fc.assert(
      fc.property(fc.subarray(SHOWN), (names) => {
        const on = possible(names);
        const reading = read(standIn(on));
        expect(reading.unknown).toEqual([]);
        expect(onIn(reading)).toEqual(SHOWN.filter((name) => on.has(name)));
      }),
    );
  });

  it.each(RELEASES.map(({ name }) => name))("of %s is nearest to it and differs in nothing", (name) => {
    const { variant, unmodelled } = read(standIn(release(name).fixes));
    // Two releases with the same toggles are called after the first.
    expect(fixesOf({ base: name, with: [], without: [] })).toEqual(fixesOf(variant));
    expect([variant.with, variant.without]).toEqual([[], []]);
    for (const { usual, answer } of unmodelled)
      if ("on" in answer && usual !== undefined) expect(answer.on).toBe(usual);
  });

  it("between two releases is called after the nearer one", () => {
    const on = new Set(release("6.2").fixes).add("dirty-per-block");
    on.delete("validate");
    expect(variantName(read(standIn(on)).variant)).toBe("tree:6.2+dirty-per-block-validate");
  });

  it("tells the file, the function and the line of each toggle", () => {
    const files = standIn(release("6.2").fixes);
    for (const { answer } of read(files).toggles) {
      expect(answer).toHaveProperty("at");
      if (!("at" in answer)) continue;
      const text = files.get(answer.at.file)!.split("\n");
      const start = text.findIndex((line) => line.startsWith(`${answer.at.function}(`));
      expect(start).toBeGreaterThanOrEqual(0);
      expect(answer.at.line - 1).toBeGreaterThan(start);
      expect(answer.at.line - 1).toBeLessThan(text.indexOf("}", start));
    }
  });

  it("does not take comments, texts, prototypes or other functions for what it looks for", () => {
    const files = standIn(release("6.0").fixes);
    const decoys = [
      "/* iomap_write_begin() { x->iomap_valid(map); __iomap_write_begin(x); } */",
      'static const char *hint = "fgf_set_order(len)";',
      "int iomap_write_begin(void *iomap_valid);",
      "static int other(void) { return x->iomap_valid(map) + fgf_set_order(1); }",
    ];
    const reading = read(new Map(files).set(IO, `${decoys.join("\n")}\n${files.get(IO)}`));
    expect(variantName(reading.variant)).toBe("tree:6.0");
  });

  it("knows a toggle by what later kernels made of it, too", () => {
    const files = changed("fs/xfs/xfs_bmap_util.c", /\t.*ENOSR.*\n/, "\tif (nimaps) { start += got; }\n");
    const { unknown, variant } = read(files);
    expect([unknown, variantName(variant)]).toEqual([[], "tree:6.12"]);
  });

  it("has no signature for a toggle in two places", () => {
    expect(Object.keys(UNMODELLED).filter(isFixName)).toEqual([]);
  });
});

describe("what text does not tell is unknown, with the reason", () => {
  it.each<[what: string, files: () => Files, name: FixName, reason: RegExp]>([
    [
      "a function that is not there",
      () => changed("mm/truncate.c", "pagecache_isize_extended", "renamed"),
      "isize-extend-zeroes",
      /^no pagecache_isize_extended\(\) in mm\/truncate\.c$/,
    ],
    [
      "a function of neither shape",
      () => changed("mm/truncate.c", "split_folio(", "cut_folio("),
      "split-nonuniform",
      /^truncate_inode_partial_folio\(\), mm\/truncate\.c:\d+, or .*, shows none of "folio_split\|/,
    ],
    [
      "one that depends on the configuration",
      () => changed(IO, /(\tfgp .*\n)/, "#ifdef CONFIG_BIG\n$1#endif\n"),
      "write-large-folios",
      /^it depends on #ifdef CONFIG_BIG in iomap_get_folio\(\), fs\/iomap\/buffered-io\.c:\d+$/,
    ],
    [
      "an order of which one part is missing",
      () => changed("fs/xfs/xfs_aops.c", /\tiomap_finish_ioends.*\n/, ""),
      "complete-before-end-writeback",
      /shows none of/,
    ],
    [
      "a check without its other half",
      () => changed("fs/xfs/xfs_iomap.c", "xfs_iomap_valid", "renamed"),
      "validate",
      /^no xfs_iomap_valid\(\)/,
    ],
  ])("%s", (_, files, name, reason) => {
    const reading = read(files());
    expect(reading.unknown).toContain(name);
    const { answer } = reading.toggles.find((toggle) => toggle.name === name)!;
    expect("unknown" in answer ? answer.unknown : "").toMatch(reason);
    expect(reading.variant.base).toBe("6.12");
    expect([...reading.variant.with, ...reading.variant.without]).not.toContain(name);
  });
});

describe("what is no tree, or a damaged one, is refused", () => {
  const without = (path: string) => {
    const files = standIn(release("6.12").fixes);
    files.delete(path);
    return files;
  };

  it.each<[what: string, files: () => Files, message: RegExp, place: RegExp | undefined]>([
    ["an empty directory", () => new Map(), /^it is not a Linux source tree$/, undefined],
    ["a file that is missing", () => without("mm/filemap.c"), /^it has no mm\/filemap\.c$/, undefined],
    [
      "a file that is missing under each of its names",
      () => without("fs/iomap/iter.c"),
      /^it has no fs\/iomap\/iter\.c or fs\/iomap\/apply\.c or fs\/iomap\.c$/,
      undefined,
    ],
    [
      "a file cut short",
      () => changed("mm/filemap.c", /return go[\s\S]*/, ""),
      /does not end/,
      /^mm\/filemap\.c:2$/,
    ],
    [
      "a file of something else",
      () => without("mm/filemap.c").set("mm/filemap.c", "int main(void) { return 0; }"),
      /defines no function that is looked for/,
      /^mm\/filemap\.c$/,
    ],
  ])("%s", (_, files, message, place) => {
    try {
      read(files());
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BadTree);
      expect((error as BadTree).message).toMatch(message);
      if (place === undefined) expect((error as BadTree).place).toBeUndefined();
      else expect((error as BadTree).place).toMatch(place);
    }
  });

  it("wherever one of its files is cut, never as another kernel", () => {
    const files = standIn(release("6.12").fixes);
    const on = release("6.12").fixes;
    for (const [path, text] of files) {
      for (let end = 0; end < text.length; end += 7) {
        const cut = new Map(files).set(path, text.slice(0, end));
        try {
          for (const { name, answer } of read(cut).toggles)
            if ("on" in answer) expect(answer.on, `${name}, ${path} cut at ${end}`).toBe(on.has(name));
        } catch (error) {
          if (!(error instanceof BadTree)) throw error;
        }
      }
    }
  });
});
