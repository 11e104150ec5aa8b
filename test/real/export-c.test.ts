import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RealAction, RealProgram } from "../../src/force/real-program.js";
import { OP_NAMES, OPS } from "../../src/kernel/ops.js";
import { cComment, constantOf, cString, variableOf } from "../../src/real/export/c-text.js";
import { exportC } from "../../src/real/export/export-c.js";
import { playerC } from "../../src/real/force/player.js";
import { findTool } from "../../src/real/machine/environment.js";
import { recorderC } from "../../src/real/record/recorder.js";
import { control, eofPunch, failedWriteDropsStore, table, unwrittenTail } from "./programs.js";

const C_FILES = readdirSync("src/real", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".c"))
  .map((file) => join("src/real", file));

const XFS = 0x58465342;

/** What only kbuild can compile, with the headers of a kernel. */
const IN_KERNEL = /^src\/real\/force\/c\/module\//;

/** The program with its operations called otherwise. */
function renamed(program: RealProgram, names: Readonly<Record<string, string>>): RealProgram {
  const text = Object.entries(names).reduce(
    (json, [from, to]) => json.replaceAll(`"${from}.`, `"${to}.`),
    JSON.stringify(program),
  );
  return JSON.parse(text) as RealProgram;
}

/** Every operation; reads and loads, looked at and not. */
function everything(): RealProgram {
  const range = { from: 0, to: 4096 };
  const expect = [{ ...range, allowed: ["zero"] }];
  const others = OP_NAMES.filter((kind) => !OPS[kind].copies);
  const plain = others.map((kind): RealAction => {
    return { do: "op", op: { id: `main.${kind}`, kind, ...range } };
  });
  const uncached = (["write", "read"] as const).map((kind): RealAction => {
    return { do: "op", op: { id: `main.${kind}-uncached`, kind, ...range, dontcache: true } };
  });
  const copy: RealAction = {
    do: "op",
    op: { id: "main.copy", kind: "copy_range", ...range, target: 8192 },
  };
  const looking = (["load", "read"] as const).map((kind): RealAction => {
    return { do: "op", op: { id: `main.${kind}-sees`, kind, ...range }, expect };
  });
  return {
    ...control(4096),
    setup: [],
    actions: [...plain, ...looking, ...uncached, copy],
    expected: expect,
  };
}

function ownDescriptions(): RealProgram {
  return { ...unwrittenTail(4096), ownFds: ["flusher", "writer"] };
}

const STRICT = "-std=gnu11 -Wall -Wextra -Wconversion -Werror -fsyntax-only".split(" ");

describe("C text", () => {
  it("escapes what a string literal or a comment cannot hold", () => {
    expect(cString('a"b\\c\n?é')).toBe('"a\\"b\\\\c\\012\\077\\303\\251"');
    expect(cComment(["end */ here"])).toBe("/*\n * end * / here\n */\n");
    expect(constantOf("kworker/1.0")).toBe("KWORKER_1_0");
  });

  it("names each operation once, whatever the threads are called", () => {
    const threads =
      "a A a-b a_b A-b a-B a_Hb a--b a__b setup SETUP Setup zero _ __ _H_U kworker_1 kworker/1".split(" ");
    const ids = threads.flatMap((thread) => [1, 2, 11].map((n) => `${thread}.${n}`));
    for (const nameOf of [constantOf, variableOf]) {
      const names = new Set([...ids, "zero"].map(nameOf));
      expect(names.size).toBe(ids.length + 1);
      for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
    }
  });
});

it("the C sources are in the package", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(packed) as [{ readonly files: readonly { readonly path: string }[] }];
  const paths = new Set(files.map((file) => file.path));
  expect(C_FILES.length).toBeGreaterThan(20);
  for (const file of C_FILES) expect(paths).toContain(file);
});

describe("exportC", () => {
  it("is one readable program", async () => {
    const program = { ...eofPunch(4096), token: "sm3.example" };
    await expect(exportC(program)).toMatchFileSnapshot("golden/eof-punch.c");
  });

  it("prints only the helpers that are used", () => {
    expect(exportC(control(4096))).not.toContain("writer_fail");
    expect(exportC(eofPunch(4096))).not.toContain("fill_space");
    expect(exportC(unwrittenTail(4096))).toContain("writer_run_to(2);\t/* 0x2000 */");
  });

  it("opens the file again for each thread with a description of its own", () => {
    const source = exportC(ownDescriptions());
    const race = source.slice(source.indexOf("static void race(void)"));
    const lines = [...race.slice(0, race.indexOf("}\n")).matchAll(/^\t(\w+\((?:\d+\);)?)/gm)].map(
      (m) => m[1],
    );
    expect(lines).toEqual([
      "use_description(2);",
      "writer_begin(",
      "writer_run_to(2);",
      "use_description(1);",
      "writeback(",
      "use_description(0);",
      "evict(",
      "writer_finish(",
    ]);
    expect(exportC(unwrittenTail(4096))).not.toContain("use_description");
  });

  it("refuses what cannot be realized", () => {
    const program = { ...eofPunch(4096), actions: [{ do: "fail" } as const] };
    expect(() => exportC(program)).toThrow(/cannot be exported: fail, but no write is stopped/);
  });

  const elsewhere = [tmpdir(), "/dev/shm"].find(
    (place) => existsSync(place) && statfsSync(place).type !== XFS,
  );
  it.runIf(findTool("gcc") && elsewhere !== undefined)("gives no verdict of another file system", () => {
    const dir = mkdtempSync(join(elsewhere ?? "", "stalemap-test-"));
    try {
      writeFileSync(join(dir, "a.c"), exportC(unwrittenTail(4096)));
      execFileSync("gcc", ["-o", join(dir, "a"), join(dir, "a.c")]);
      const { status, stdout } = spawnSync(join(dir, "a"), [join(dir, "new")], { encoding: "utf8" });
      expect([status, stdout]).toEqual([2, expect.stringContaining("this is not on XFS")]);
      expect(existsSync(join(dir, "new"))).toBe(false);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it.runIf(findTool("gcc"))("compiles without a warning, every C file in some program", () => {
    const dir = mkdtempSync(join(tmpdir(), "stalemap-test-"));
    try {
      const programs = [4096, 1024].flatMap((block) => table.map(({ make }) => exportC(make(block))));
      const kinds = ["small", "any", "wstop", "more"] as const;
      const recorders = kinds.map((kind) => recorderC({ ops: 5, kind, block: 4096, kernel: "6.18" }));
      const alike = [
        renamed(failedWriteDropsStore(4096), { writer: "a-b", storer: "a_b" }),
        renamed(failedWriteDropsStore(4096), { writer: "a", storer: "A" }),
        renamed(unwrittenTail(4096), { writer: "SETUP" }),
      ].map((program) => exportC(program));
      const sources = [
        ...programs,
        exportC(everything()),
        exportC(ownDescriptions()),
        ...recorders,
        ...alike,
        playerC(),
      ];
      for (const file of C_FILES.filter((one) => !IN_KERNEL.test(one)))
        expect(
          sources.some((source) => source.includes(readFileSync(file, "utf8"))),
          file,
        ).toBe(true);
      for (const [i, source] of sources.entries()) {
        const path = join(dir, `${i}.c`);
        writeFileSync(path, source);
        execFileSync("gcc", [...STRICT, path]);
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
