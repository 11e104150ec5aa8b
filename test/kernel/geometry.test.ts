import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryByte, cellAtOrAfter, makeGeometry } from "../../src/kernel/machine/geometry.js";

const shape = fc.record({
  page: fc.constantFrom(4096, 16384, 65536),
  shift: fc.integer({ min: 0, max: 3 }),
  touched: fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 6 }),
  cuts: fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 12 }),
});

describe("geometry", () => {
  it("cuts the kept pages into cells without overlap, at every block, page and boundary", () => {
    fc.assert(
      fc.property(shape, ({ page, shift, touched, cuts }) => {
        const block = page >> shift;
        const g = makeGeometry(page, block, touched, cuts);
        const kept = new Set([0, ...touched.map((b) => Math.floor(b / page))]);
        expect(g.pages).toBe(kept.size);
        expect(g.blocks).toBe(g.pages * (page / block));
        let covered = 0;
        for (let c = 0; c < g.cells; c++) {
          const from = g.cellStart[c]!;
          const to = g.cellEnd[c]!;
          expect(to).toBeGreaterThan(from);
          covered += to - from;
          expect(Math.floor(from / block)).toBe(Math.floor((to - 1) / block));
          expect(kept.has(Math.floor(from / page))).toBe(true);
          for (const cut of cuts) expect(cut > from && cut < to).toBe(false);
        }
        expect(covered).toBe(g.pages * page);
        for (const cut of cuts.filter((b) => kept.has(Math.floor(b / page)))) {
          expect(g.cellStart[cellAtOrAfter(g, cut)]).toBe(cut);
        }
      }),
    );
  });

  it("turns bytes into cells and back", () => {
    const g = makeGeometry(4096, 1024, [0, 8191], [0x600, 0x1200]);
    expect([...g.cellStart]).toEqual([0, 0x400, 0x600, 0x800, 0xc00, 0x1000, 0x1200, 0x1400, 0x1800, 0x1c00]);
    expect(cellAtOrAfter(g, 0x601)).toBe(3);
    expect(boundaryByte(g, 3)).toBe(0x800);
    expect(boundaryByte(g, g.cells)).toBe(8192);
    expect(cellAtOrAfter(g, 1e9)).toBe(g.cells);
  });

  it("marks a gap where a page number is skipped", () => {
    const g = makeGeometry(4096, 4096, [0, 40_960, 45_056], []);
    expect([...g.gapBefore]).toEqual([1, 1, 0]);
    expect(boundaryByte(g, 1)).toBe(4096);
  });
});
