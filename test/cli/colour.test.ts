import { describe, expect, it } from "vitest";
import { type ColourChoice, colourLevel, makeColours } from "../../src/cli/terminal/colour.js";
import { harmless } from "../../src/cli/terminal/harmless.js";

const TTY = { isTTY: true };
const PIPE = {};

describe("whether a stream gets colour", () => {
  const table: [string, ColourChoice, { isTTY?: boolean }, Record<string, string>, boolean][] = [
    ["a terminal does", "auto", TTY, { TERM: "xterm" }, true],
    ["a pipe does not", "auto", PIPE, { TERM: "xterm" }, false],
    ["a dumb terminal does not", "auto", TTY, { TERM: "dumb" }, false],
    ["NO_COLOR turns it off", "auto", TTY, { TERM: "xterm", NO_COLOR: "1" }, false],
    ["an empty NO_COLOR says nothing", "auto", TTY, { TERM: "xterm", NO_COLOR: "" }, true],
    ["FORCE_COLOR turns it on for a pipe", "auto", PIPE, { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR turns it on for a dumb terminal", "auto", TTY, { TERM: "dumb", FORCE_COLOR: "1" }, true],
    ["an empty FORCE_COLOR counts", "auto", PIPE, { FORCE_COLOR: "" }, true],
    ["FORCE_COLOR=0 turns it off", "auto", TTY, { TERM: "xterm", FORCE_COLOR: "0" }, false],
    ["FORCE_COLOR=false turns it off", "auto", TTY, { TERM: "xterm", FORCE_COLOR: "false" }, false],
    ["NO_COLOR beats FORCE_COLOR", "auto", TTY, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["--color always beats NO_COLOR", "always", PIPE, { NO_COLOR: "1" }, true],
    ["--color never beats FORCE_COLOR", "never", TTY, { FORCE_COLOR: "3" }, false],
  ];
  it.each(table)("%s", (_title, choice, stream, env, coloured) => {
    expect(colourLevel(choice, stream, env) > 0).toBe(coloured);
  });

  it("goes by what the terminal can do", () => {
    expect(colourLevel("auto", TTY, { TERM: "xterm" })).toBe(1);
    expect(colourLevel("auto", TTY, { TERM: "xterm-256color" })).toBe(2);
    expect(colourLevel("auto", TTY, { TERM: "xterm", COLORTERM: "truecolor" })).toBe(3);
    expect(colourLevel("auto", PIPE, { FORCE_COLOR: "2" })).toBe(2);
  });
});

it("colours take one text, so that they can be mapped over lines", () => {
  for (const level of [0, 1] as const) {
    for (const paint of Object.values(makeColours(level))) {
      expect(["a", "b"].map(paint)).toEqual([paint("a"), paint("b")]);
      expect(harmless(paint("a")).includes("\u001b")).toBe(level > 0);
    }
  }
});
