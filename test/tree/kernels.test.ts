/**
 * Real source trees against the model's releases: STALEMAP_TREES names a folder with trees called after releases, such
 * as 6.12 or 6.1.192. Without it nothing is looked at.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { variantName } from "../../src/kernel/versions/variant.js";
import { readTree } from "../../src/tree/read-tree.js";

const folder = process.env.STALEMAP_TREES;
const names =
  folder === undefined ? [] : readdirSync(folder).filter((name) => findRelease(name) !== undefined);

describe.skipIf(folder === undefined)("the source of a release", () => {
  it("is there", () => expect(names).not.toEqual([]));

  it.each(names)("%s shows the toggles that the model has for it", (name) => {
    const { variant, unknown, unmodelled } = readTree((path) => {
      const file = join(folder ?? "", name, path);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    });
    // Two releases with the same toggles are called after the first.
    const named = findRelease(variant.base)!;
    expect([variantName(variant), unknown]).toEqual([`tree:${named.name}`, []]);
    expect(named.fixes).toEqual(findRelease(name)!.fixes);
    expect(unmodelled.filter(({ answer }) => "unknown" in answer)).toEqual([]);
  });
});
