import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  callProgram,
  commandForOthers,
  commandLine,
  shellWord,
  shellWords,
} from "../../src/report/shell-words.js";

/** What a shell makes of the words. */
function read(shell: string, words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${shellWords(words)}`;
  return execFileSync(shell, ["-c", script], {
    encoding: "utf8",
    env: { LC_ALL: "C.UTF-8" },
    // With a socket as input bash takes itself for a remote shell.
    stdio: ["ignore", "pipe", "pipe"],
  })
    .split("\0")
    .slice(0, -1);
}

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."a'\"$`\\;&|<>(){}[]*?~#!%= \n\t-") }),
  fc.string({ unit: "grapheme" }),
);

describe("the words of a command", () => {
  it("are read back by bash as they are", () => {
    const any = word.filter((text) => !/[\0\p{Cs}]/u.test(text));
    const hostile = ["", "$(id)", "a b;$(id)/x.yaml", "\u001b[31m", "a\u202eb", "\u007f'\\n", "don't", "-x"];
    expect(read("bash", hostile)).toEqual(hostile);
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 40 }), (words) => {
        expect(read("bash", words)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });

  it("need only a POSIX shell where they hold nothing that a terminal obeys", () => {
    const plain = ["a b", "$(id)", "it's", '"', "\\", "`x`", "*", "~", "#"];
    expect(read("sh", plain)).toEqual(plain);
  });

  it("name the program without a path of this machine in what goes to others", () => {
    callProgram("node /home/me/stalemap.js");
    expect([commandLine(["list"]), commandForOthers(["list"])]).toEqual([
      "node /home/me/stalemap.js list",
      "stalemap list",
    ]);
    callProgram("npx stalemap");
    expect(commandForOthers(["list"])).toBe("npx stalemap list");
  });

  it("are not quoted where that is not needed, and hold nothing that a terminal obeys", () => {
    expect(commandLine(["run", "scenarios/x.yaml", "--kernel", "6.0"])).toBe(
      "npx stalemap run scenarios/x.yaml --kernel 6.0",
    );
    expect(shellWord("x\u001b[31m\u202e.yaml")).toBe("$'x\\U0000001b[31m\\U0000202e.yaml'");
  });
});
