/** The bytes that tokens are made of: what each value is written as, and what is said of bytes that nothing wrote. */

import { describe, expect, it } from "vitest";
import { checksum, fromBase64Url, Reader, toBase64Url, Writer } from "../../src/scenario/byte-stream.js";

function written(write: (w: Writer) => void): number[] {
  const w = new Writer();
  write(w);
  return w.bytes;
}
const reader = (bytes: readonly number[]): Reader => new Reader(Uint8Array.from(bytes));

/** Seven bytes that stand for 2^49 - 1, if another one follows. */
const ONES = Array<number>(7).fill(255);
const TOO_LARGE = "it holds a number over 2^53";
const CUT_SHORT = "it is cut short";

describe("a number", () => {
  it.each<[number, number[]]>([
    [0, [0]],
    [1, [1]],
    [127, [127]],
    [128, [128, 1]],
    [129, [129, 1]],
    [255, [255, 1]],
    [256, [128, 2]],
    [2 ** 14 - 1, [255, 127]],
    [2 ** 14, [128, 128, 1]],
    [2 ** 32, [128, 128, 128, 128, 16]],
    [2 ** 53 - 1, [...ONES, 15]],
  ])("%d is written as %j, and read back", (n, bytes) => {
    expect(written((w) => w.number(n))).toEqual(bytes);
    const r = reader([...bytes, 7]);
    expect([r.number(), r.done, r.number(), r.done]).toEqual([n, false, 7, true]);
  });

  it.each<[string, number[], string]>([
    ["no bytes", [], CUT_SHORT],
    ["no last byte", [128], CUT_SHORT],
    ["2^53", [...Array<number>(7).fill(128), 16], TOO_LARGE],
    ["2^53 and more to come", [...ONES, 255], TOO_LARGE],
    ["zeros up to 2^56", [...Array<number>(8).fill(128), 0], TOO_LARGE],
  ])("of %s is refused", (_, bytes, message) => {
    expect(() => reader(bytes).number()).toThrow(new RangeError(message));
  });

  it.each<[number, number[], number]>([
    [5, [4], 4],
    [200, [199, 1], 199],
  ])("below %d may be %j", (limit, bytes, n) => {
    expect(reader(bytes).below(limit)).toBe(n);
  });

  it("that reaches its limit is refused", () => {
    expect(() => reader([5]).below(5)).toThrow(new RangeError("it holds 5 where less than 5 is allowed"));
  });
});

describe("an offset", () => {
  it.each<[number, number[]]>([
    [0, [0]],
    [512, [2]],
    [4096, [16]],
    [2 ** 53 - 512, [254, 255, 255, 255, 255, 255, 7]],
    [1, [3]],
    [100, [201, 1]],
    [511, [255, 7]],
    [513, [131, 8]],
    [2 ** 52 - 1, [...ONES, 15]],
    [2 ** 52 + 1, [1, 129, ...Array<number>(6).fill(128), 8]],
    [2 ** 53 - 1, [1, ...ONES, 15]],
  ])("%d is written as %j, and read back", (n, bytes) => {
    expect(written((w) => w.offset(n))).toEqual(bytes);
    const r = reader(bytes);
    expect([r.offset(), r.done]).toEqual([n, true]);
  });
});

describe("a text", () => {
  it.each<[string, number[]]>([
    ["", [0]],
    ["a", [1, 97]],
    ["é", [2, 195, 169]],
    ["\ufeffa", [4, 239, 187, 191, 97]],
  ])("%j is written as %j, and read back, whether or not something follows", (text, bytes) => {
    expect(written((w) => w.text(text))).toEqual(bytes);
    expect(reader(bytes).text()).toBe(text);
    const r = reader([...bytes, 7]);
    expect([r.text(), r.number(), r.done]).toEqual([text, 7, true]);
  });

  it("longer than what is there is refused", () => {
    expect(() => reader([2, 97]).text()).toThrow(new RangeError(CUT_SHORT));
  });

  it("may have 199 bytes", () => {
    expect(reader([199, 1, ...Array<number>(199).fill(97)]).text()).toHaveLength(199);
    expect(() => reader([200, 1]).text()).toThrow(
      new RangeError("it holds 200 where less than 200 is allowed"),
    );
  });
});

describe("a list", () => {
  it("is its length and its items, as many as are allowed", () => {
    const r = reader([2, 7, 9, 1]);
    expect([r.list(2, () => r.number()), r.number(), r.done]).toEqual([[7, 9], 1, true]);
    expect(() => r.list(2, () => 0)).toThrow(new RangeError(CUT_SHORT));
    expect(() => reader([3]).list(2, () => 0)).toThrow("where less than 3");
  });
});

describe("base64url", () => {
  it.each<[number[], string]>([
    [[], ""],
    [[0], "AA"],
    [[255], "_w"],
    [[251, 255], "-_8"],
    [[251, 240, 62, 63], "-_A-Pw"],
    [[97, 98, 99], "YWJj"],
  ])("of %j is %s, and back", (bytes, text) => {
    expect(toBase64Url(bytes)).toBe(text);
    expect([...fromBase64Url(text)]).toEqual(bytes);
  });

  it("leaves out a last letter that stands for no byte", () => {
    expect([...fromBase64Url("YWJjA")]).toEqual([97, 98, 99]);
    expect([...fromBase64Url("A")]).toEqual([]);
  });
});

describe("a checksum", () => {
  // Known values of FNV-1a, 32 bits: 811c9dc5, e40c292c, bf9cf968.
  it.each<[string, number[]]>([
    ["", [0xc5, 0x9d, 0x1c, 0x81]],
    ["a", [0x2c, 0x29, 0x0c, 0xe4]],
    ["foobar", [0x68, 0xf9, 0x9c, 0xbf]],
  ])("of %j is %j", (text, bytes) => {
    expect(checksum(Buffer.from(text))).toEqual(bytes);
  });
});
