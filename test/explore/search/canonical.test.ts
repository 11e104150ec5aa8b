/**
 * When two states are the same: the hash and the exact text tell the same ones apart, and threads that do the same may
 * swap.
 */

import { describe, expect, it } from "vitest";
import { Also } from "../../../src/check/ghost.js";
import type { Engine } from "../../../src/explore/run/engine.js";
import { Canonical } from "../../../src/explore/search/canonical.js";
import { Reg } from "../../../src/kernel/machine/layout.js";
import { Value } from "../../../src/kernel/objects/values.js";
import { grid, PLAIN, SEEN, type State, statesOf, subjectOf, TWINS } from "./subjects.js";

/** A state of 16-bit words, for the sake of a number that is too large for a byte. */
const WIDE = TWINS.replace("short-copy: 1", "reservation-failure: 255");
/** Two blocks, so that two kworkers can be busy. */
const BLOCKS = `
name: blocks
file: { size: 8k, block: 4k }
setup: [{ fallocate: 0..8k }, { write: 6k..8k }]
threads: { a: [{ write: 0..6k }, { store: 2k..6k }], b: [{ write: 0..6k }, { store: 2k..6k }], flusher: [{ writeback: 0..8k }] }
budget: { evictions: 1 }
`;
const ENGINES: readonly (readonly [string, Engine])[] = [
  ["plain", subjectOf(PLAIN, "6.0").engine],
  ["twins", subjectOf(TWINS, "6.0").engine],
  ["seen", subjectOf(SEEN, "6.0").engine],
  ["p1w2k2", grid("p1w2k2", "6.0").engine],
  ["wide", subjectOf(WIDE, "6.0").engine],
  ["blocks", subjectOf(BLOCKS, "6.0").engine],
];
const MOST = 1500;

/** Whether numbers and texts pair up one to one; how many there are. */
class Pairs {
  readonly #texts = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  add(canonical: Canonical, beside?: Int32Array): void {
    canonical.hash(beside);
    const { number } = canonical;
    const text = canonical.key(beside);
    // No expect for each of a million.
    if ((this.#texts.get(number) ?? text) !== text || (this.#numbers.get(text) ?? number) !== number)
      expect.fail(`${JSON.stringify([number, this.#numbers.get(text), text, this.#texts.get(number)])}`);
    this.#texts.set(number, text);
    this.#numbers.set(text, number);
  }
  get size(): number {
    return this.#texts.size;
  }
}

/** Hashes what is in the machine in every way; the pairs that come of it. */
function addAll(pairs: Pairs, engine: Engine, canonical: Canonical, states: Iterable<State>): void {
  for (const state of states) {
    engine.k.s.set(state);
    pairs.add(canonical);
  }
}

describe("without symmetry", () => {
  it.each(ENGINES)("every state of %s is one of its own", (_, engine) => {
    const pairs = new Pairs();
    const states = statesOf(engine, MOST);
    addAll(pairs, engine, new Canonical(engine.k, false), states);
    expect(pairs.size).toBe(states.length);
  });
});

/** States that differ from this one in one element, or in two that changed places. */
function* changed(engine: Engine, state: State): Generator<State> {
  const { layout, program } = engine.k;
  const held = layout.threads.slice(program.threads.length, layout.reclaim).map((t) => t.base + Reg.HELD);
  const words = layout.threads
    .slice(0, layout.reclaim)
    .flatMap(({ base, length }) => Array.from({ length }, (_, i) => base + i));
  words.push(layout.threads[layout.reclaim]!.base + Reg.PC);
  for (let at = 0; at < layout.threads[0]!.base; at++) words.push(at);
  const putting = (at: number, value: number, next = state[at + 1]!): State => {
    const other = state.slice();
    other[at] = value;
    other[at + 1] = next;
    return other;
  };
  for (const at of words.filter((word) => !held.includes(word))) {
    for (const bit of [1, 2, 4]) yield putting(at, state[at]! ^ bit);
    if (words.includes(at + 1) && !held.includes(at + 1)) yield putting(at, state[at + 1]!, state[at]);
  }
  // Every value of each thread's that a cell can hold or be allowed to hold.
  for (let at = layout.cache; at < layout.also + program.geometry.cells; at++)
    for (let value = 0; value < program.values + Also.VALUE; value++) yield putting(at, value);
  yield* workersMoved(engine, state);
  // Owners that there are.
  for (const at of held)
    for (let owner = 0; owner <= program.threads.length; owner++) yield putting(at, owner);
}

/** The state in which the first two threads, which do the same, have swapped all that is theirs. */
function mirrored({ k: { layout, program } }: Engine, state: State): State {
  const [first, second] = layout.threads;
  const [ours, theirs] = program.threads;
  const partner = (value: number): number => {
    const at = ours!.findIndex((op) => op.value === value);
    if (at >= 0) return theirs![at]!.value;
    return ours![theirs!.findIndex((op) => op.value === value)]?.value ?? value;
  };
  const other = state.slice();
  other.set(state.subarray(second!.base, second!.base + second!.length), first!.base);
  other.set(state.subarray(first!.base, first!.base + first!.length), second!.base);
  for (let at = layout.cache; at < layout.also + program.geometry.cells; at++) {
    const offset = at < layout.also ? 0 : Also.VALUE;
    const value = state[at]! - offset;
    if (value >= Value.FIRST_DATA) other[at] = offset + partner(value);
  }
  for (const { base } of layout.threads.slice(program.threads.length, layout.reclaim)) {
    const held = state[base + Reg.HELD]!;
    if (held === 1 || held === 2) other[base + Reg.HELD] = 3 - held;
  }
  return other;
}

/** States with two busy kworkers, whose slots then change places. */
function* workersMoved({ k: { layout, program } }: Engine, state: State): Generator<State> {
  const workers = layout.threads.slice(program.threads.length, layout.reclaim);
  for (const [i, one] of workers.entries())
    for (const other of workers.slice(i + 1)) {
      const record = Array.from(
        { length: one.length },
        (_, reg) => state[one.base + reg]! + (reg === Reg.HELD ? 0 : 1),
      );
      const later = record.map((value, reg) => (reg === Reg.POS ? value + 1 : value));
      for (const [a, b] of [
        [record, later],
        [later, record],
      ] as const) {
        const moved = state.slice();
        moved.set(a, one.base);
        moved.set(b, other.base);
        yield moved;
      }
    }
}

describe("the hash and the text", () => {
  it.each(ENGINES)("tell the same states of %s apart, with symmetry", (_, engine) => {
    addAll(new Pairs(), engine, new Canonical(engine.k, true), statesOf(engine, MOST));
  });

  it.each(ENGINES)("of %s tell the same changes apart, wherever they are", (_, engine) => {
    const states = statesOf(engine, MOST);
    for (const symmetry of [true, false]) {
      const pairs = new Pairs();
      const canonical = new Canonical(engine.k, symmetry);
      for (let i = 0; i < 5; i++)
        addAll(
          pairs,
          engine,
          canonical,
          changed(engine, states[Math.floor(((i + 0.5) * states.length) / 5)]!),
        );
      expect(pairs.size).toBeGreaterThan(2 * engine.k.layout.compared);
    }
  });

  it.each(ENGINES)("of %s tell apart whose part is marked, and what stands beside", (_, engine) => {
    const { layout } = engine.k;
    for (const symmetry of [true, false]) {
      const pairs = new Pairs();
      const canonical = new Canonical(engine.k, symmetry);
      for (const state of statesOf(engine, 200)) {
        engine.k.s.set(state);
        for (let marked = -1; marked <= layout.reclaim; marked++) {
          canonical.marked = marked;
          pairs.add(canonical);
        }
        canonical.marked = -1;
        for (const beside of [[0], [1], [-1], [0, 0], [0, 1], [1, 0], [2, 1], [1, 2]])
          pairs.add(canonical, Int32Array.from(beside));
      }
    }
  });

  it("fill every bit of both words", () => {
    const [, engine] = ENGINES[1]!;
    const canonical = new Canonical(engine.k, false);
    const states = statesOf(engine, MOST);
    const ones = new Array<number>(64).fill(0);
    const lows = new Set<number>();
    for (const state of states) {
      engine.k.s.set(state);
      canonical.hash();
      const { low, high } = canonical;
      for (let bit = 0; bit < 32; bit++) {
        ones[bit]! += (low >>> bit) & 1;
        ones[32 + bit]! += (high >>> bit) & 1;
      }
      lows.add(low & 0xffff);
      expect(canonical.number).toBe((high & 0x1fffff) * 2 ** 32 + (low >>> 0));
    }
    for (const n of ones) expect(Math.abs(n / states.length - 0.5)).toBeLessThan(0.1);
    // The table starts its search at the low bits.
    expect(lows.size).toBeGreaterThan(0.9 * states.length);
  });
});

describe("threads that do the same", () => {
  it.each(["twins", "blocks"])("of %s may swap all that is theirs, whatever it is", (name) => {
    const engine = ENGINES.find(([other]) => other === name)![1];
    const { k } = engine;
    const canonical = new Canonical(k, true);
    const look = (state: State): readonly [number, string] => {
      k.s.set(state);
      canonical.hash();
      return [canonical.number, canonical.key()];
    };
    let differ = 0;
    for (const start of statesOf(engine, 40).slice(-3))
      for (const state of changed(engine, start)) {
        const mirror = mirrored(engine, state);
        expect(look(mirror)).toEqual(look(state));
        if (mirror.join() !== state.join()) differ++;
      }
    expect(differ).toBeGreaterThan(500);
  });

  it.each<[string, string, number[]]>([
    ["the same", "a: [{ write: 0..2k }], b: [{ write: 0..2k }], c: [{ load: 0..1k }]", [0, 0, 2]],
    ["another operation", "a: [{ load: 0..2k }], b: [{ read: 0..2k }]", [0, 1]],
    ["another start", "a: [{ load: 0..2k }], b: [{ load: 1k..2k }]", [0, 1]],
    ["another end", "a: [{ load: 0..2k }], b: [{ load: 0..1k }]", [0, 1]],
    ["more", "a: [{ load: 0..2k }], b: [{ load: 0..2k }, { load: 0..2k }]", [0, 1]],
    ["another first", "a: [{ load: 0..1k }, { load: 0..2k }], b: [{ load: 0..2k }, { load: 0..2k }]", [0, 1]],
    ["another failure", "a: [{ write: 0..2k, fault-at: 1k }], b: [{ write: 0..2k, fault-at: 0 }]", [0, 1]],
    ["another cut", "a: [{ write: 0..2k, short-copy: 1k }], b: [{ write: 0..2k }]", [0, 1]],
    ["another size", "a: [{ fallocate: 0..8k, keep-size: true }], b: [{ fallocate: 0..8k }]", [0, 1]],
    ["what is copied", "a: [{ copy_range: 0..4k, to: 4k }], b: [{ copy_range: 0..4k, to: 4k }]", [0, 1]],
    [
      "what one of them copies",
      "a: [{ load: 0..2k }], b: [{ load: 0..2k }, { copy_range: 0..4k, to: 4k }]",
      [0, 1],
    ],
    [
      "what one of three copies",
      "a: [{ load: 0..2k }], b: [{ load: 0..2k }, { copy_range: 0..4k, to: 4k }], c: [{ load: 0..2k }]",
      [0, 1, 2],
    ],
    [
      "laps",
      "a: { repeat: [{ writeback: 0..4k }] }, b: [{ writeback: 0..4k }], c: [{ writeback: 0..4k }]",
      [0, 1, 1],
    ],
    [
      "what a third copies",
      "a: [{ load: 0..2k }], b: [{ load: 0..2k }], c: [{ copy_range: 0..4k, to: 4k }]",
      [0, 1, 2],
    ],
    [
      "another file of their own",
      "a: { fd: own, ops: [{ fsync: {} }] }, b: { fd: own, ops: [{ fsync: {} }] }",
      [0, 1],
    ],
    [
      "a file of its own",
      "a: { fd: own, ops: [{ load: 0..2k }] }, b: [{ load: 0..2k }], c: [{ load: 0..2k }]",
      [0, 1, 1],
    ],
    ["a cached write", "a: [{ write: 0..2k, dontcache: true }], b: [{ write: 0..2k }]", [0, 1]],
    ["another target", "a: [{ copy_range: 0..4k, to: 4k }], b: [{ copy_range: 0..4k, to: 8k }]", [0, 1]],
    ["another length", "a: [{ append: 1k }], b: [{ append: 2k }]", [0, 1]],
    [
      "the third like the first",
      "a: [{ load: 0..1k }], b: [{ read: 0..1k }], c: [{ load: 0..1k }]",
      [0, 1, 0],
    ],
  ])("are told by all that they do: %s", (_, threads, kinds) => {
    const { k } = subjectOf(
      `name: t\nfile: { size: 4k, block: 4k }\nthreads: { ${threads} }\n`,
      "6.0",
    ).engine;
    expect([...new Canonical(k, true).kind]).toEqual(kinds);
    expect([...new Canonical(k, false).kind]).toEqual(kinds.map((_kind, i) => i));
  });

  it("keep their values apart, each one's own too", () => {
    const { engine } = subjectOf(BLOCKS, "6.0");
    const { k } = engine;
    const canonical = new Canonical(k, true);
    const values = k.program.threads.slice(0, 2).flatMap((ops) => ops.map(({ value }) => value));
    for (const [from, offset] of [
      [k.layout.cache, 0],
      [k.layout.also, Also.VALUE],
    ] as const) {
      const numbers = values.map((value) => {
        engine.reset();
        // Told from its partner by where it stands.
        k.s[k.layout.threads[0]!.base + Reg.POS]! ^= 1;
        k.s[from] = offset + value;
        canonical.hash();
        return canonical.number;
      });
      expect(new Set(numbers).size).toBe(4);
    }
  });

  it.each<[string, readonly [number, number]]>([
    ["twins", [0, 1]],
    ["p1w2k2", [0, 1]],
    ["p1w2k2", [2, 3]],
    ["wide", [0, 1]],
    ["blocks", [0, 1]],
  ])("of %s may swap: %j", (name, [a, b]) => {
    const engine = ENGINES.find(([other]) => other === name)![1];
    const { k } = engine;
    const same = new Canonical(k, true);
    const own = new Canonical(k, false);
    const look = (): readonly [number, string, string] => {
      same.hash();
      return [same.number, same.key(), own.key()];
    };
    let differ = 0;
    for (let seed = 1; seed < 60; seed++) {
      // A run, and the one in which each of the two makes the other's steps.
      let random = seed;
      const order = Array.from({ length: 5 + (seed % 30) }, () => {
        random = Math.imul(random, 1103515245) + 12345;
        return (random >>> 16) % engine.reclaim;
      });
      const end = (swap: boolean): readonly [number, string, string] => {
        engine.reset();
        for (const thread of order) {
          const other = !swap ? thread : thread === a ? b : thread === b ? a : thread;
          if (engine.isEnabled(other)) engine.step(other);
        }
        return look();
      };
      const [number, key, plain] = end(false);
      const [otherNumber, otherKey, otherPlain] = end(true);
      expect([otherNumber, otherKey]).toEqual([number, key]);
      if (plain !== otherPlain) differ++;
    }
    expect(differ).toBeGreaterThan(5);
  });
});
