import { describe, expect, it } from "vitest";
import { EXIT, Stop, worst } from "../../src/cli/exit.js";
import {
  duration,
  names,
  namesOrNone,
  oneOf,
  type Parse,
  seedText,
  someOf,
  wholeNumber,
} from "../../src/cli/input/numbers.js";

const problem = (act: () => unknown): Stop => {
  try {
    act();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

/** As the option --x has it. */
const ofX =
  <V>(parse: Parse<V>) =>
  (text: string, before?: V) =>
    parse(text, "--x", before);

describe("values of options", () => {
  it("reads whole numbers within their range, both ends included", () => {
    const jobs = ofX(wholeNumber(1, 64));
    expect(jobs("1")).toBe(1);
    expect(jobs("64")).toBe(64);
    for (const text of ["0", "65", "-1", "+1", "1.0", "0x2", "1e1", " 1", "", "NaN", "9".repeat(400)]) {
      expect(problem(() => jobs(text)).code).toBe(EXIT.USAGE);
    }
    const runs = ofX(wholeNumber(1, Number.MAX_SAFE_INTEGER));
    expect(runs("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
    expect(problem(() => runs("9007199254740993")).code).toBe(EXIT.USAGE);
  });

  it("reads durations as seconds", () => {
    const time = ofX(duration);
    expect(["1", "30s", "5m", "2h"].map((text) => time(text))).toEqual([1, 30, 300, 7200]);
    for (const text of ["0", "0s", "1.5s", "s", "1d", "-1", "", "1 s", "01"]) {
      expect(problem(() => time(text)).code).toBe(EXIT.USAGE);
    }
  });

  it("lets a list be empty where a script may have nothing to pass on", () => {
    expect(ofX(namesOrNone)("", ["a"])).toEqual(["a"]);
    expect(problem(() => ofX(namesOrNone)(",", [])).code).toBe(EXIT.USAGE);
    expect(problem(() => ofX(names)("", [])).code).toBe(EXIT.USAGE);
  });

  it("names the nearest word", () => {
    const refused = problem(() => ofX(oneOf(["random", "pct"]))("randon"));
    expect(refused.message).toBe('--x: expected one of random, pct, found "randon"');
    expect(refused.remedy).toBe("did you mean random?");
  });

  it("gathers lists over repeated options, each name once", () => {
    const list = ofX(names);
    expect(list("a, b")).toEqual(["a", "b"]);
    expect(list("b,c", ["a", "b"])).toEqual(["a", "b", "c"]);
    expect(problem(() => list("a,,b")).code).toBe(EXIT.USAGE);
    expect(problem(() => ofX(someOf(["content"]))("x")).code).toBe(EXIT.USAGE);
  });

  it("takes any seed that a case seed can carry", () => {
    expect(seedText("nightly-2026.11", "--seed")).toBe("nightly-2026.11");
    for (const text of ["", "a b", "a:b", "a\nb", "\u0000", "x".repeat(101)]) {
      expect(problem(() => seedText(text, "--seed")).code).toBe(EXIT.USAGE);
    }
  });
});

describe("the status over many results", () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[0, 125, 0], 125],
    [[125, 1, 0], 1],
    [[0, 134, 125], 134],
    [[134, 1], 1],
  ])("%j gives %i", (codes, status) => {
    expect(worst(codes)).toBe(status);
  });
});
