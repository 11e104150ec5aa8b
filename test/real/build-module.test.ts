/** Headers of kernels as distributions package them, which compiler is taken for them, and the module that they build. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildModule } from "../../src/real/machine/build-module.js";
import { withCleanup } from "../../src/real/machine/cleanup.js";
import { workplaceIn } from "../../src/real/machine/image.js";
import {
  chooseGcc,
  gccOf,
  gccsOf,
  headerPartsNeeded,
  headersOf,
  openHeaders,
} from "../../src/real/machine/kernel-headers.js";
import { neededLibrary, newestOf, toolSettings } from "../../src/real/machine/newer-tools.js";

function tree(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "headers-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

const NAME = "linux-headers-6.1.0-56-cloud-amd64";
const OWN = `usr/src/${NAME}`;
const COMMON = "usr/src/linux-headers-6.1.0-56-common";
const HEADERS: Readonly<Record<string, string>> = {
  [`${OWN}/Makefile`]: `include /${COMMON}/Makefile\n`,
  [`${OWN}/.config`]: "CONFIG_CC_IS_GCC=y\nCONFIG_GCC_VERSION=120200\n",
  [`${OWN}/scripts/mod/modpost`]: "",
  [`${COMMON}/Makefile`]: "",
};

describe("headers", () => {
  it.each([
    [
      "linux-headers-6.1.0-56-common (= 6.1.192-2), linux-kbuild-6.1 (>= 6.1.192-2), linux-compiler-gcc-12-x86",
      ["linux-headers-6.1.0-56-common", "linux-kbuild-6.1"],
    ],
    [
      "gcc-14-for-host, linux-base (>= 4.12~), linux-base-7.2.12+deb13-cloud-amd64 (= 7.2.12-1~bpo13+1), " +
        "linux-headers-7.2.12+deb13-common (= 7.2.12-1~bpo13+1), linux-kbuild-7.2.12+deb13",
      ["linux-headers-7.2.12+deb13-common", "linux-kbuild-7.2.12+deb13"],
    ],
    ["linux-headers-5.4.0-216, libc6 (>= 2.14)", ["linux-headers-5.4.0-216"]],
    ["", []],
  ])("the other packages of %s", (depends, parts) => expect(headerPartsNeeded(depends)).toEqual(parts));

  it("begin with the common makefile, wherever they were unpacked", () => {
    const root = tree(HEADERS);
    expect(openHeaders(root, NAME)).toEqual({
      root,
      dir: join(root, OWN),
      makefile: join(root, COMMON, "Makefile"),
      gcc: 12,
      settings: [],
    });
  });

  it("of late say where they are, which is told to make", () => {
    const makefile = `KBUILD_OUTPUT=/${OWN}\ninclude /${COMMON}/Makefile\n`;
    const root = tree({ ...HEADERS, [`${OWN}/Makefile`]: makefile });
    expect(openHeaders(root, NAME)).toMatchObject({
      makefile: join(root, COMMON, "Makefile"),
      settings: [`KBUILD_OUTPUT=${join(root, OWN)}`],
    });
  });

  it("have a makefile of their own where no other is included", () => {
    const root = tree({ ...HEADERS, [`${OWN}/Makefile`]: "VERSION = 5\n" });
    expect(openHeaders(root, NAME).makefile).toBe(join(root, OWN, "Makefile"));
  });

  it.each([`${OWN}/.config`, `${OWN}/scripts/mod/modpost`, `${COMMON}/Makefile`])(
    "without %s are refused",
    (missing) => {
      const { [missing]: _, ...rest } = HEADERS;
      expect(() => openHeaders(tree(rest), NAME)).toThrow(missing);
    },
  );
});

describe("the compiler", () => {
  it.each([
    [12, [10, 12, 14], "gcc-12"],
    [10, [12, 14], "gcc-12"],
    [14, [10, 12], "gcc-12"],
    [14, [], "gcc"],
    [0, [12], "gcc-12"],
  ])("of a kernel built with gcc %d among %j", (wanted, there, chosen) =>
    expect(chooseGcc(wanted, there)).toBe(chosen),
  );

  it.each([
    ["CONFIG_GCC_VERSION=100201\n", 10],
    ["CONFIG_CC_IS_CLANG=y\nCONFIG_GCC_VERSION=0\n", 0],
    ["", 0],
  ])("of a kernel is read from its configuration: %j", (config, major) => expect(gccOf(config)).toBe(major));

  it("is sought on the path", () => {
    const dir = tree({ "gcc-12": "", "gcc-9": "", "gcc-ar-12": "", "gcc-12.log": "" });
    expect(gccsOf(`${dir}::/nowhere:${dir}`)).toEqual([9, 12]);
  });
});

/** A kernel of ours with headers whose kbuild is a few lines of make. */
describe("a module", () => {
  const cacheBefore = process.env.XDG_CACHE_HOME;
  beforeEach(() => {
    process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), "cache-"));
  });
  afterEach(() => {
    if (cacheBefore === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cacheBefore;
  });
  const kbuild = [
    "modules:",
    "\tcat $(M)/Makefile $(M)/*.c > $(M)/ours.ko; echo built >> ../../../builds",
    "\t! grep -q mistake $(M)/*.c || { echo 'ours.c:1: a mistake' >&2; exit 1; }",
    "",
  ].join("\n");
  const kernelIn = (dir: string) => ({
    name: "k",
    dir,
    image: join(dir, "image"),
    modules: "lib/modules/6.1.0-56-cloud-amd64",
  });
  const build = (dir: string, text: string) =>
    withCleanup((scope) =>
      buildModule(kernelIn(dir), { name: "ours", files: new Map([["ours.c", text]]) }, workplaceIn(scope)),
    );

  it("is built once from the same sources, and told of when it does not build", async () => {
    const dir = tree({ ...HEADERS, [`${COMMON}/Makefile`]: kbuild, image: "x".repeat(0x400) });
    const first = await build(dir, "int one;");
    expect(readFileSync(first, "utf8")).toContain("obj-m := ours.o\n");
    expect(readFileSync(first, "utf8")).toContain("int one;");
    expect(await build(dir, "int one;")).toBe(first);
    expect(await build(dir, "int two;")).not.toBe(first);
    expect(readFileSync(join(dir, "builds"), "utf8")).toBe("built\nbuilt\n");
    await expect(build(dir, "mistake")).rejects.toThrow(
      /ours.ko for k does not build with gcc[\d-]*: ours.c:1: a mistake/,
    );
  });

  it("may have several files", async () => {
    const dir = tree({ ...HEADERS, [`${COMMON}/Makefile`]: kbuild, image: "x".repeat(0x400) });
    const files = new Map([
      ["ours.h", ""],
      ["a.c", "int a;"],
      ["b.c", "int b;"],
    ]);
    const ko = await withCleanup((scope) =>
      buildModule(kernelIn(dir), { name: "ours", files }, workplaceIn(scope)),
    );
    expect(readFileSync(ko, "utf8")).toContain("obj-m := ours.o\nours-objs := a.o b.o\n");
  });

  it("needs headers: what to do without them", async () => {
    const kernel = { ...kernelIn(tree({})), modules: "lib/modules/1.2.3-none" };
    // What ends apt before it asks anybody.
    await expect(headersOf(kernel, { signal: AbortSignal.abort() })).rejects.toThrow(
      /^No headers of 1\.2\.3-none: .*Unpack linux-headers-1\.2\.3-none, .* into the directory of the kernel/s,
    );
  });
});

describe("tools of headers that are newer than this machine", () => {
  const MISSES = "modpost: /lib/libc.so.6: version `GLIBC_2.38' not found (required by modpost)";

  it.each([
    [MISSES, "2.38"],
    [`${MISSES}\n${MISSES.replace("2.38", "2.41")}\n${MISSES.replace("2.38", "2.4")}`, "2.41"],
    ["modpost: version `GLIBCXX_3.4.30' not found", undefined],
    ["", undefined],
  ])("say what they miss: %s", (said, needed) => expect(neededLibrary(said)).toBe(needed));

  const LISTED = "libc6 | 2.36-9+deb12u14 | http://x bookworm\n libc6 | 2.41-12+deb13u5 | http://x trixie\n";
  it.each([
    [LISTED, "2.38", "2.41-12+deb13u5"],
    [LISTED, "2.36", "2.36-9+deb12u14"],
    [LISTED, "2.42", undefined],
    ["", "2.38", undefined],
  ])("get a library of apt's that is new enough: %s", (listed, needed, version) =>
    expect(newestOf(listed, needed)).toBe(version),
  );

  it("run with the library that lies beside the headers", async () => {
    const loader = "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";
    const modpost = `${OWN}/scripts/mod/modpost`;
    const root = tree({
      ...HEADERS,
      [`${modpost}.real-lsb-64`]: `#!/bin/sh\necho "${MISSES.replace("`", "\\`")}" >&2; exit 1\n`,
      [loader]: '#!/bin/sh\necho "$@"\n',
    });
    for (const file of [loader, `${modpost}.real-lsb-64`]) chmodSync(join(root, file), 0o755);
    await withCleanup(async (scope) => {
      const [setting = ""] = await toolSettings(join(root, OWN), root, workplaceIn(scope));
      const said = execFileSync(setting.replace(/^MODPOST=/, ""), ["-m"], { encoding: "utf8" });
      expect(said).toBe(
        `--library-path ${join(root, dirname(loader))} ${join(root, modpost)}.real-lsb-64 -m\n`,
      );
    });
  });

  it("are left alone where they run", async () => {
    const root = tree(HEADERS);
    await withCleanup(async (scope) =>
      expect(await toolSettings(join(root, OWN), root, workplaceIn(scope))).toEqual([]),
    );
  });
});
