/** Kernels from packages in one part and in several, and images that all of them can mount. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { forOldKernels } from "../../src/real/machine/image.js";
import { partsNeeded, resolveKernel } from "../../src/real/machine/kernel-package.js";

function tree(...files: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), "kernel-"));
  for (const file of files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), "");
  }
  return dir;
}

const MODULE = "kernel/fs/xfs/xfs.ko";

describe("an unpacked kernel", () => {
  it.each([
    ["of one package", "boot/vmlinuz-6.1.0", "lib/modules/6.1.0", [MODULE]],
    ["with all built in", "boot/vmlinuz-6.1.0", "lib/modules/6.1.0", []],
    ["below usr", "boot/vmlinuz-6.12.1", "usr/lib/modules/6.12.1", [MODULE]],
    ["in parts", "usr/lib/modules/7.3.4/vmlinuz", "usr/lib/modules/7.3.4", [MODULE]],
  ])("%s", async (_, image, modules, more) => {
    const dir = tree(image, `${modules}/modules.builtin`, ...more.map((file) => `${modules}/${file}`));
    const kernel = await resolveKernel(dir);
    expect(kernel).toMatchObject({ image: join(dir, image), modules: join(dir, modules) });
  });

  it.each([
    [
      "the empty linux-image of a kernel in parts",
      ["usr/share/doc/x"],
      "no boot/vmlinuz-* or lib/modules/*/vmlinuz",
    ],
    [
      "without linux-modules",
      ["usr/lib/modules/7/vmlinuz", "usr/lib/modules/7/modules.builtin"],
      "no lib/modules/*",
    ],
    ["without linux-base", ["usr/lib/modules/7/vmlinuz", `usr/lib/modules/7/${MODULE}`], "no lib/modules/*"],
    ["Ubuntu's image alone", ["boot/vmlinuz-5.4.0-216-generic"], "no lib/modules/*"],
  ])("%s is refused with what is missing", async (_, files, missing) => {
    await expect(resolveKernel(tree(...files))).rejects.toThrow(`holds ${missing}`);
  });
});

it("the other parts of a kernel are among what its image depends on", () => {
  const debian =
    "dracut | initramfs-tools (>= 0.120+deb8u2), linux-base-7.3.4+deb13-cloud-amd64 (= 7.3.4-1~bpo13+1), " +
    "linux-binary-7.3.4+deb13-cloud-amd64 (= 7.3.4-1~bpo13+1), linux-modules-7.3.4+deb13-cloud-amd64 (= 7.3.4-1~bpo13+1)";
  expect(partsNeeded(debian)).toEqual(
    ["base", "binary", "modules"].map((part) => `linux-${part}-7.3.4+deb13-cloud-amd64`),
  );
  expect(partsNeeded("kmod, linux-base (>= 4.5ubuntu1~16.04.1), linux-modules-4.18.0-25-generic")).toEqual([
    "linux-modules-4.18.0-25-generic",
  ]);
  expect(partsNeeded("kmod, linux-base (>= 4.3~), initramfs-tools (>= 0.120+deb8u2)")).toEqual([]);
});

it("an image has no feature that old kernels do not know, as far as mkfs.xfs can leave it out", () => {
  expect(
    forOldKernels("[-m crc=0|1,rmapbt=0|1,inobtcount=0|1,bigtime=0|1] [-i sparse=0|1,nrext64=0|1]"),
  ).toEqual(["-m", "bigtime=0,inobtcount=0,rmapbt=0", "-i", "nrext64=0"]);
  expect(forOldKernels("[-m crc=0|1,finobt=0|1,rmapbt=0|1] [-n ftype=0|1]")).toEqual(["-m", "rmapbt=0"]);
  expect(forOldKernels("")).toEqual([]);
});
