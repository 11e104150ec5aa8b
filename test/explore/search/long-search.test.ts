/**
 * A search that goes on in shared memory says what the one says that does not; alone here, with other threads in
 * test/workers.
 */

import { describe, expect, it } from "vitest";
import { search } from "../../../src/explore/search/frontier-search.js";
import { LongSearch } from "../../../src/explore/search/long-search.js";
import type { SearchOptions, SearchResult } from "../../../src/explore/search/search.js";
import { reserveTable } from "../../../src/explore/search/shared-table.js";
import { type SharedHandle, SharedWork, shareWork } from "../../../src/explore/search/shared-work.js";
import { grid, PLAIN, SEEN, subjectOf, TWINS } from "./subjects.js";

const SUBJECTS = [
  ["plain", subjectOf(PLAIN, "6.0")],
  ["twins on 6.0", subjectOf(TWINS, "6.0")],
  ["twins on cured", subjectOf(TWINS, "cured")],
  ["p1w1f1s1k1 on cured", grid("p1w1f1s1k1", "cured")],
  ["p2w2k1 on cured", grid("p2w2k1", "cured")],
  ["p2w2k1 on 6.0", grid("p2w2k1", "6.0")],
  ["seen on 6.0", subjectOf(SEEN, "6.0")],
] as const;

/** Without what depends on where a search goes on. */
function said({ bytes: _, tableBytes: __, maxDepth: ___, ...rest }: SearchResult): Partial<SearchResult> {
  return rest;
}

describe("a search that goes on in shared memory", () => {
  it.each(SUBJECTS)("of %s says what the other says", (_, { engine }) => {
    for (const symmetry of [true, false]) {
      const whole = search(engine, { symmetry, longFrom: Number.POSITIVE_INFINITY });
      for (const longFrom of [1, 50, 500]) {
        let wentOn = 0;
        const result = search(engine, { symmetry, longFrom, onLong: () => wentOn++ });
        expect(said(result)).toEqual(said(whole));
        // By which way it comes to a state is up to chance then.
        expect(result.maxDepth).toBe(wentOn > 0 && whole.found === 0 ? undefined : whole.maxDepth);
        // The first look is at the 64th transition.
        if (longFrom === 1 && whole.transitions > 64 && whole.found === 0) expect(wentOn).toBe(1);
      }
    }
  });
});

it("who comes late looks at the table as it is by then", () => {
  const { engine } = grid("p2w2k1", "cured");
  engine.reset();
  const asked = {
    table: reserveTable(2 ** 20),
    stateWords: engine.k.layout.compared / 4,
    memoryBytes: 2 ** 20,
    most: 2,
  };
  const handle = shareWork({ ...asked, symmetry: true, mask: -1, reduced: false }, 300, 128);
  const late = new LongSearch(engine, handle);
  new SharedWork(handle).setTable(640, true);
  late.run();
  expect([late.table.slots, late.table.limit]).toEqual([640, Math.floor(640 * 0.92)]);
});

it("where the machine has no memory for a larger table it goes on as far as this one takes it", () => {
  const { engine } = grid("p3w2k2", "cured");
  const refuse = (): never => {
    throw new RangeError("no memory");
  };
  let begun = 0;
  const onLong = (handle: SharedHandle): void => {
    begun = new SharedWork(handle).states;
    Object.defineProperty(handle.table, "grow", { value: refuse });
  };
  const result = search(engine, { reduced: false, longFrom: 500, onLong });
  expect([result.cut, result.found]).toEqual(["memory", 0]);
  // It has begun half full.
  expect(result.states).toBeGreaterThan(1.8 * begun);
});

it("lets others take part once it is longer still", () => {
  const { engine } = grid("p3w2k2", "cured");
  const began: number[] = [];
  const onLong = (handle: SharedHandle): void => void began.push(new SharedWork(handle).states);
  const result = search(engine, { longFrom: 50, helpFrom: 9_000, onLong });
  expect([began.length, began[0]! >= 9_000, result.states > began[0]!]).toEqual([1, true, true]);
  search(engine, { longFrom: 50, helpFrom: result.states + 1, onLong });
  expect(began.length).toBe(1);
});

it("tells how deep it is, also while it waits for another thread", () => {
  const { engine } = grid("p3w2k2", "cured");
  const told: number[] = [];
  let other: SharedWork | undefined;
  const result = search(engine, {
    longFrom: 6_000,
    threads: 2,
    onLong: (handle) => {
      other = new SharedWork(handle);
      other.join();
    },
    shouldStop: () => other !== undefined,
    onProgress: ({ depth }) => {
      if (other === undefined) return;
      told.push(depth);
      if (other.stopped !== 0) other.leave();
    },
  });
  expect([result.cut, told.length > 1, Math.min(...told) > 0]).toEqual(["stopped", true, true]);
});

describe("cut short after it has gone on, it says why and what it covered", () => {
  const { engine } = grid("p3w2k2", "cured");
  const full = search(engine, { reduced: false });
  it.each<[string, SearchOptions]>([
    ["states", { maxStates: 5_000 }],
    ["stopped", { shouldStop: () => true }],
    ["memory", { memoryBytes: 250_000 }],
  ])("%s", (cut, options) => {
    let wentOn = 0;
    let asked = 0;
    const shouldStop = (): boolean => ++asked > 3;
    const more = options.shouldStop === undefined ? options : { shouldStop };
    const result = search(engine, { ...more, reduced: false, longFrom: 1, onLong: () => wentOn++ });
    expect([result.cut, result.found, wentOn]).toEqual([cut, 0, 1]);
    expect(result.states).toBeLessThan(full.states);
    expect(result.states).toBeGreaterThan(500);
    if (options.memoryBytes !== undefined) expect(result.bytes).toBeLessThanOrEqual(options.memoryBytes);
  });
});
