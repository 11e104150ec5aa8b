/** What a fault maps of a folio of several pages. */
import { describe, expect, it } from "vitest";
import { FolioFlag } from "../../src/kernel/objects/folios.js";
import { Drive, type Machine } from "./drive.js";

const BOTH = FolioFlag.PTE_PRESENT | FolioFlag.PTE_WRITABLE;

/** Two pages in one folio, which ends at EOF. */
const TWO: Machine = {
  file: "{ size: 0, block: 4k }",
  setup: ["write: 0..8k"],
  threads: {
    m: ["store: 4k..5k", "store: 0..1k"],
    l: ["load: 0..1k"],
  },
};

const mapped = (d: Drive): number[] => [0, 1].map((page) => d.e.k.folios.flags(page) & BOTH);

describe.each<[kernel: string, mapsFolio: boolean]>([
  ["6.12", false],
  ["6.18", true],
  ["6.18 -fault-maps-folio", false],
  ["7.2", true],
  ["7.3", true],
])("on %s", (kernel, mapsFolio) => {
  it("a store maps its page, or the folio, whose other pages are then stored to without a fault", () => {
    const d = new Drive(TWO, kernel).untilOp("m", 1);
    expect(mapped(d)).toEqual([mapsFolio ? BOTH : 0, BOTH]);
    d.step("m");
    expect(d.isDone("m")).toBe(mapsFolio);
  });

  it("a load maps its page, or the folio, for reading", () => {
    const d = new Drive(TWO, kernel).end("l");
    expect(mapped(d)).toEqual([FolioFlag.PTE_PRESENT, mapsFolio ? FolioFlag.PTE_PRESENT : 0]);
  });

  it("a store to a page that is mapped for reading makes that page writable alone", () => {
    const d = new Drive(TWO, kernel).end("l").untilOp("m", 1);
    expect(mapped(d)).toEqual([FolioFlag.PTE_PRESENT, BOTH]);
  });

  it("a folio that ends beyond EOF is mapped page by page", () => {
    const m: Machine = { ...TWO, file: "{ size: 0, block: 4k }", threads: { m: ["store: 0..1k"] } };
    const d = new Drive(m, kernel);
    d.e.k.isize = d.e.k.g.pageCell[1]!;
    d.end("m");
    expect(mapped(d)).toEqual([BOTH, 0]);
  });
});
