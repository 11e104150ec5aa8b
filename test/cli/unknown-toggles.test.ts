/**
 * Commands on a source tree: which kernel it is, and that a verdict counts only when it is the same however the toggles
 * that text does not tell are decided.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandSpec } from "../../src/cli/command.js";
import { EXIT, Stop } from "../../src/cli/exit.js";
import { givenFlags, kernelFlags } from "../../src/cli/input/again.js";
import { chosenKernel, chosenKernels, kernelNamed } from "../../src/cli/input/kernels.js";
import type { CommonOptions } from "../../src/cli/input/options.js";
import { Interrupt } from "../../src/cli/terminal/interrupt.js";
import { makeTerminal } from "../../src/cli/terminal/terminal.js";
import { runOnTree } from "../../src/cli/unknown-toggles.js";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { fixesOf, variantName } from "../../src/kernel/versions/variant.js";
import { standIn, writeTree } from "../tree/stand-in.js";

/** A tree of 6.12 of which text does not tell that blocks are split or sizes zeroed. */
function treeWithout(...functions: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "stalemap-test-"));
  const files = standIn(findRelease("6.12")!.fixes);
  const text = files.get("mm/truncate.c")!;
  writeTree(
    directory,
    files.set(
      "mm/truncate.c",
      functions.reduce((t, name) => t.replace(name, "renamed"), text),
    ),
  );
  return directory;
}

const whole = treeWithout();
const splitUnknown = treeWithout("truncate_inode_partial_folio");
const threeUnknown = treeWithout("truncate_inode_partial_folio", "pagecache_isize_extended");

/** What a stop says. */
async function stopOf(work: () => unknown): Promise<Stop> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error("it did not stop");
}

describe("the kernel of a source tree", () => {
  it("is the nearest release with the differences, and stands beside named ones", () => {
    const tree = { base: "6.12", with: [], without: [], isTree: true };
    expect(chosenKernels({ tree: whole })).toEqual([tree]);
    expect(chosenKernels({ tree: whole, kernel: ["6.0"] })).toEqual([kernelNamed("6.0"), tree]);
    expect(() => chosenKernel({ tree: whole, kernel: ["6.0"] }, () => kernelNamed("6.0"))).toThrow(
      "one kernel",
    );
  });

  it("takes --with and --without; what changes nothing is not told", () => {
    const [kernel] = chosenKernels({
      tree: whole,
      with: ["validate", "eof-punch-cure"],
      without: ["discard-end"],
    })!;
    expect(variantName(kernel!)).toBe("tree:6.12+eof-punch-cure-discard-end");
    expect(kernelFlags(kernel!).join(" ")).toBe("--kernel 6.12 --with eof-punch-cure --without discard-end");
  });

  it("is carried by the commands that are suggested", () => {
    expect(givenFlags({ with: ["a", "b"], tree: "linux" })).toEqual(["--tree", "linux", "--with", "a,b"]);
  });

  it("is not known where text does not tell a toggle that is not decided", async () => {
    const stop = await stopOf(() => chosenKernels({ tree: splitUnknown }));
    expect([stop.code, stop.message]).toEqual([
      EXIT.UNDECIDED,
      `${splitUnknown} does not tell whether it has split-nonuniform`,
    ]);
    const [kernel] = chosenKernels({ tree: splitUnknown, with: ["split-nonuniform"] })!;
    expect(variantName(kernel!)).toBe("tree:6.12+split-nonuniform");
  });
});

describe("a command on a tree with unknown toggles", () => {
  const session = () => ({
    terminal: makeTerminal(),
    isQuiet: true,
    interrupt: new Interrupt(),
    formats: new Map(),
  });

  /** A command that fails where these toggles are all on, and the kernels that it was run on. */
  function failing(...names: readonly string[]) {
    const seen: string[] = [];
    const spec: CommandSpec = {
      isVerdict: true,
      run: (_session, options: CommonOptions) => {
        const on = fixesOf(chosenKernel(options, () => kernelNamed("6.0")));
        seen.push([...on].filter((name) => /split|isize-extend/.test(name)).join(" "));
        return names.every((name) => on.has(name as never)) ? EXIT.VIOLATION : EXIT.OK;
      },
    };
    return { seen, run: (options: CommonOptions) => runOnTree(spec, session(), options, []) };
  }

  it("is run once where nothing is unknown, or all is decided", async () => {
    for (const options of [{ tree: whole }, { tree: splitUnknown, without: ["split-nonuniform"] }, {}]) {
      const command = failing("split-nonuniform");
      expect(await command.run(options)).toBe(EXIT.OK);
      expect(command.seen).toHaveLength(1);
    }
  });

  it("gives the verdict that all ways to decide them have in common, of the nearest release's way", async () => {
    const command = failing("cookie-under-ilock");
    expect(await command.run({ tree: threeUnknown })).toBe(EXIT.VIOLATION);
    expect(new Set(command.seen).size).toBe(8);
    expect(command.seen.at(-1)).toBe("isize-extend-write-protects");
  });

  it("is undecided where the verdict depends on one, or on several together, and says which", async () => {
    const one = await stopOf(() => failing("split-nonuniform").run({ tree: threeUnknown }));
    expect(one.code).toBe(EXIT.UNDECIDED);
    expect(one.message).toMatch(/depends on whether the tree has split-nonuniform, which/);
    const both = failing("split-nonuniform", "isize-extend-zeroes");
    expect((await stopOf(() => both.run({ tree: threeUnknown }))).message).toMatch(
      /has (isize-extend-zeroes, split-nonuniform|split-nonuniform, isize-extend-zeroes), which/,
    );
  });

  it("leaves what is wrong with the tree to the command", async () => {
    const stop = await stopOf(() => failing("validate").run({ tree: join(whole, "mm") }));
    expect([stop.code, stop.message]).toEqual([
      EXIT.INVALID,
      `cannot read ${join(whole, "mm")}: it is not a Linux source tree`,
    ]);
  });
});
