/**
 * A few recorded traces of each further kernel replay on its model in every aspect; `npm run accept -- traces DIR` does the
 * same with all that there are. They are chosen so that they part from the models of other releases.
 */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isFixName } from "../../src/kernel/versions/fixes.js";
import { modelOf } from "../../src/kernel/versions/releases.js";
import { fixesOf } from "../../src/kernel/versions/variant.js";
import { conform, readSample, SAMPLES } from "./traces.js";

const KERNELS = readdirSync(SAMPLES).sort();
const namesOf = (kernel: string) => readdirSync(new URL(`${kernel}/`, SAMPLES)).sort();

it.each(KERNELS)("recordings of %s replay on its model", (kernel) => {
  const model = modelOf(kernel)!;
  expect(model).toBeDefined();
  for (const name of namesOf(kernel)) {
    const { agree, ops, stuck } = conform(readSample(kernel, name), { model });
    const whole = { ret: ops, size: ops, contents: ops, extents: ops, residency: ops };
    expect({ name, stuck, agree }).toEqual({ name, stuck: undefined, agree: whole });
  }
});

describe("a recording tells toggles apart", () => {
  it.each([
    // On a device that writes zeroes by unmapping.
    ["7.3.4", "falloc-write-zeroes"],
    ["7.2.12", "zero-hole-no-flush"],
    ["7.2.12", "zero-folio-batch"],
    ["4.18.0", "delalloc-to-unwritten"],
    ["4.18.0", "dirty-per-block"],
    ["4.18.0", "falloc-rounds-tail"],
    ["4.18.0", "fault-in-partial"],
    ["4.18.0", "punch-flush-eof-page"],
    ["4.18.0", "truncdown-flush-eof"],
    ["5.0.0", "falloc-rounds-tail"],
    ["5.0.0", "truncdown-flush-eof"],
    ["5.4.0", "delalloc-to-unwritten"],
    ["5.15.0", "fault-in-partial"],
    ["5.10.218", "falloc-flushes-first"],
    ["5.10.218", "shift-flushes-from-before"],
    ["6.18.44", "rwf-dontcache"],
    ["6.18.44", "shift-flushes-cache"],
  ])("of %s: %s", (kernel, toggle) => {
    const model = modelOf(kernel)!;
    const fixes = new Set(fixesOf({ base: model, with: [], without: [] }));
    if (isFixName(toggle) && !fixes.delete(toggle)) fixes.add(toggle);
    const parted = namesOf(kernel).filter(
      (name) => conform(readSample(kernel, name), { model, fixes }).firstDisagreement !== undefined,
    );
    expect(parted).not.toEqual([]);
  });
});
