import { describe, expect, it } from "vitest";
import { patchSeries, revertOf, withPatches } from "../../src/bisect/series.js";
import { FIX_NAMES } from "../../src/kernel/versions/fixes.js";
import { PATCHES, withProposals } from "../../src/kernel/versions/patches.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { TOGGLES } from "../../src/kernel/versions/toggles.js";
import { fixesOf, type KernelVariant } from "../../src/kernel/versions/variant.js";

const kernel = (base: string, added: string[] = [], without: string[] = []): KernelVariant => ({
  base,
  with: added,
  without,
});
const commits = (good: KernelVariant, bad: KernelVariant) =>
  patchSeries(good, bad).patches.map((p) => p.commit);

describe("the table of patches", () => {
  it("has every toggle, one that no patch of Linux brings as a proposal", () => {
    expect([...FIX_NAMES].filter((name) => !PATCHES.some((p) => p.on.includes(name)))).toEqual([]);
    const rest = PATCHES.filter((p) => !p.on.includes("dirty-per-block"));
    expect(withProposals(rest, TOGGLES)).toEqual([
      ...rest,
      expect.objectContaining({
        commit: "proposed:dirty-per-block",
        release: "proposed",
        title: TOGGLES.find((t) => t.name === "dirty-per-block")!.about,
        on: ["dirty-per-block"],
      }),
    ]);
  });

  it("has every commit once, and none without a change", () => {
    expect(new Set(PATCHES.map((p) => p.commit)).size).toBe(PATCHES.length);
    expect(PATCHES.filter((p) => p.on.length + p.off.length === 0)).toEqual([]);
  });

  it("ends with the proposed cures", () => {
    const first = PATCHES.findIndex((p) => p.commit.startsWith("proposed:"));
    expect(PATCHES.slice(first).every((p) => p.commit.startsWith("proposed:"))).toBe(true);
  });
});

describe("a series between kernels", () => {
  it("lists the merged series in upstream order", () => {
    expect(commits(kernel("6.2"), kernel("6.0"))).toEqual([
      "198dd8aedee6",
      "f43dc4dc3eff",
      "7348b322332d",
      "d7b64041164c",
      "304a68b9c63b",
      "feeb9b269523",
    ]);
  });

  it("holds only what the two kernels differ in", () => {
    const [first, ...rest] = patchSeries(kernel("6.2"), kernel("6.2", [], ["validate-after-lock"])).patches;
    expect(first).toMatchObject({ commit: "d7b64041164c", on: ["validate-after-lock"], off: [] });
    expect(rest).toEqual([]);
  });

  it("turns a defect off with the patch that left it out", () => {
    const { patches } = patchSeries(kernel("6.2"), kernel("rfc-v1"));
    expect(patches.find((p) => p.off.includes("propagate-new"))?.commit).toBe("d7b64041164c");
  });

  it("leads to a later fix, and back to before a bug", () => {
    expect(commits(kernel("6.2", ["discard-end"]), kernel("6.2"))).toEqual(["8ac5b996bf51"]);
    const back = patchSeries(kernel("6.0"), kernel("6.2")).patches;
    expect(back.every((p) => p.isRevert)).toBe(true);
    expect(back.find((p) => p.on.includes("discard-end"))).toMatchObject({
      commit: "7348b322332d",
      title: 'Revert "xfs: xfs_bmap_punch_delalloc_range() should take a byte range"',
    });
  });

  it("is empty between equal kernels", () => {
    expect(commits(kernel("6.2"), kernel("6.2"))).toEqual([]);
  });

  it.each(RELEASES.flatMap((a) => RELEASES.map((b) => [a.name, b.name] as const)))(
    "leads from %s to %s and back",
    (bad, good) => {
      const series = patchSeries(kernel(good), kernel(bad));
      expect(fixesOf(withPatches(kernel(bad), series.patches))).toEqual(fixesOf(kernel(good)));
      expect(fixesOf(withPatches(kernel(good), series.patches.map(revertOf)))).toEqual(fixesOf(kernel(bad)));
    },
  );
});
