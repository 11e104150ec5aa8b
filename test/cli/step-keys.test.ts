/** What keys do while a run is walked. */
import { expect, it } from "vitest";
import { press } from "../../src/cli/commands/step-press.js";
import type { Walk } from "../../src/report/step-text.js";

const row = (i: number, fn: string) => ({ i, thread: "w", begins: undefined, calls: [{ fn, notes: [] }] });
const WALK: Walk = {
  ...{ scenario: "s", kernel: "6.0", title: "s on 6.0: lost", program: [["w", "write 0..4k"]] },
  rows: Array.from({ length: 12 }, (_, i) => row(i + 1, i === 6 ? "iomap_write_end" : "other")),
  states: Array.from({ length: 13 }, () => ["i_size 0"]),
  lostAt: 9,
};

/** Where a sequence of keys leads from the start. */
function walked(...keys: readonly string[]): { at: number; typed: string; search: string; isHelp: boolean } {
  const state = { at: 0, typed: "", search: "", isHelp: false };
  for (const key of keys) {
    const isText = key.length === 1;
    press(WALK, state, isText ? key : "", { name: isText ? key.toLowerCase() : key, shift: key === "G" });
  }
  return state;
}

it.each([
  [["n", "n", "p"], 1],
  [["G"], 12],
  [["G", "g"], 0],
  [["x"], 9],
  [["1", "2", "return"], 12],
  [["1", "backspace", "n"], 1],
  [["9", "9", "return"], 12],
  [[..."/write_end", "return"], 7],
  [[..."/write_end", "return", "/", "return"], 7],
  [[..."/nowhere", "return"], 0],
  [["5", "escape", "n"], 1],
  [["?", "n", "n"], 1],
])("%j leads to %i", (keys, at) => {
  expect(walked(...keys)).toMatchObject({ at, typed: "", isHelp: false });
});

it("keeps what is being typed, q too", () => {
  expect(walked("/", "q").typed).toBe("/q");
});
