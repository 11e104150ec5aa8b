import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { harmless, markedPaint } from "../../src/cli/terminal/harmless.js";

const red = markedPaint(new Chalk({ level: 1 }).red);
const bold = markedPaint(new Chalk({ level: 1 }).bold);

describe("what goes to a terminal", () => {
  it.each([
    ["a colour", "a\u001b[31mb", "a·[31mb"],
    ["the screen", "\u001b[2J\u001b]0;title\u0007", "·[2J·]0;title·"],
    ["C1 controls", "\u009b31m\u0085", "·31m·"],
    ["an overwritten line", "bad\rok", "bad·ok"],
    ["bidirectional overrides", "a\u202eb\u2066c\u200f", "a·b·c·"],
    ["line separators", "a\u2028b\u2029c", "a·b·c"],
    ["what cannot be encoded", "a\ud800b", "a·b"],
    ["a mark that is none of ours", "\uFDD0[2J", "\uFDD0[2J"],
    ["line ends and tabs", "a\tb\nc", "a\tb\nc"],
  ])("%s", (_what, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  it("keeps our own colours, and those within them", () => {
    expect(harmless(`${bold(`a ${red("b\u001b[32m")} c`)} d\u001b[33m`)).toBe(
      "\u001b[1ma \u001b[31mb·[32m\u001b[39m c\u001b[22m d·[33m",
    );
  });
});
