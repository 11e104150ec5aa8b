import { describe, expect, it } from "vitest";
import { EXIT, Stop, worst } from "../../src/cli/exit.js";
import { duration, listOf, oneOf, seedText, someOf, wholeNumber } from "../../src/cli/input/numbers.js";

const problem = (act: () => unknown): Stop => {
  try {
    act();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("values of options", () => {
  it("reads whole numbers within their range, both ends included", () => {
    const jobs = wholeNumber("--jobs", 1, 64);
    expect(jobs("1")).toBe(1);
    expect(jobs("64")).toBe(64);
    for (const text of ["0", "65", "-1", "+1", "1.0", "0x2", "1e1", " 1", "", "NaN", "9".repeat(400)]) {
      expect(problem(() => jobs(text)).code).toBe(EXIT.USAGE);
    }
    const runs = wholeNumber("--runs", 1, Number.MAX_SAFE_INTEGER);
    expect(runs("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
    expect(problem(() => runs("9007199254740993")).code).toBe(EXIT.USAGE);
  });

  it("reads durations as seconds", () => {
    const time = duration("--time");
    expect(["1", "30s", "5m", "2h"].map(time)).toEqual([1, 30, 300, 7200]);
    for (const text of ["0", "0s", "1.5s", "s", "1d", "-1", "", "1 s", "01"]) {
      expect(problem(() => time(text)).code).toBe(EXIT.USAGE);
    }
  });

  it("lets a list be empty where a script may have nothing to pass on", () => {
    expect(listOf("--with", true)("", ["a"])).toEqual(["a"]);
    expect(problem(() => listOf("--with", true)(",", [])).code).toBe(EXIT.USAGE);
    expect(problem(() => listOf("--oracle")("", [])).code).toBe(EXIT.USAGE);
  });

  it("names the nearest word", () => {
    const refused = problem(() => oneOf("--strategy", ["random", "pct"])("randon"));
    expect(refused.message).toBe('--strategy: expected one of random, pct, found "randon"');
    expect(refused.remedy).toBe("did you mean random?");
  });

  it("gathers lists over repeated options, each name once", () => {
    const list = listOf("--with");
    expect(list("a, b", undefined)).toEqual(["a", "b"]);
    expect(list("b,c", ["a", "b"])).toEqual(["a", "b", "c"]);
    expect(problem(() => list("a,,b", undefined)).code).toBe(EXIT.USAGE);
    expect(problem(() => someOf("--oracle", ["content"])("x", undefined)).code).toBe(EXIT.USAGE);
  });

  it("takes any seed that a case seed can carry", () => {
    expect(seedText("nightly-2026.11")).toBe("nightly-2026.11");
    for (const text of ["", "a b", "a:b", "a\nb", "\u0000", "x".repeat(101)]) {
      expect(problem(() => seedText(text)).code).toBe(EXIT.USAGE);
    }
  });
});

describe("the status over many results", () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[0, 125, 0], 125],
    [[125, 1, 0], 1],
  ])("%j gives %i", (codes, status) => {
    expect(worst(codes)).toBe(status);
  });
});
