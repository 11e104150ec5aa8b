import fc from "fast-check";
import { expect, test } from "vitest";
import {
  MAX_OFFSET,
  parseQuantity,
  parseRange,
  printQuantity,
  printRange,
  QUANTITY_PATTERN,
  RANGE_PATTERN,
} from "../../src/scenario/yaml/units.js";

const quantity = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(5000),
  fc.nat(2 ** 33).map((n) => n * 1024),
  fc.nat(2 ** 20).map((n) => n * 2 ** 20),
);

test.each([
  ["0", 0],
  ["512", 512],
  ["12k", 12288],
  ["12K", 12288],
  ["1m", 1048576],
  ["0x600", 1536],
  ["0XAb", 171],
  ["9007199254740991", MAX_OFFSET],
])("%s is %d bytes", (text, value) => {
  expect(parseQuantity(text)).toEqual({ ok: true, value });
});

test.each([
  "",
  " 1",
  "1 ",
  "-1",
  "+1",
  "1.5",
  "1.5k",
  "1e3",
  "010",
  "0x",
  "0x1k",
  "1g",
  "1kb",
  "k",
  "NaN",
  "Infinity",
  "1_000",
  "٣",
  "9007199254740992",
  "8796093022208k",
  "8589934592m",
  "0x20000000000000",
  "9".repeat(400),
])("%s is no quantity", (text) => {
  expect(parseQuantity(text).ok).toBe(false);
});

test.each([
  [0, "0"],
  [512, "512"],
  [1024, "1k"],
  [1536, "0x600"],
  [12288, "12k"],
  [1048576, "1m"],
  [1572864, "1536k"],
  [MAX_OFFSET, "0x1fffffffffffff"],
])("%d prints as %s", (value, text) => {
  expect(printQuantity(value)).toBe(text);
});

test("what is printed parses back, and matches the pattern of the schema", () => {
  fc.assert(
    fc.property(quantity, (value) => {
      const text = printQuantity(value);
      expect(parseQuantity(text)).toEqual({ ok: true, value });
      expect(text).toMatch(new RegExp(QUANTITY_PATTERN));
    }),
  );
});

test("ranges parse back when they are not empty, and are refused when they are", () => {
  fc.assert(
    fc.property(quantity, quantity, (from, to) => {
      const text = printRange({ from, to });
      expect(text).toMatch(new RegExp(RANGE_PATTERN));
      if (from < to) expect(parseRange(text)).toEqual({ ok: true, value: { from, to } });
      else expect(parseRange(text).ok).toBe(false);
    }),
  );
});

test.each(["", "..", "0..", "..4k", "0...4k", "0..4k..8k", "0-4k", "0 .. 4k", "4k"])(
  "%j is no range",
  (text) => {
    expect(parseRange(text).ok).toBe(false);
  },
);
