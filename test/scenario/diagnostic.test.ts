import { expect, test } from "vitest";
import { type Diagnostic, quoted, renderDiagnostic, visible } from "../../src/scenario/yaml/diagnostic.js";
import { editDistance, nearestWord } from "../../src/scenario/yaml/nearest.js";

const HERE: Diagnostic = {
  file: "a.yaml",
  line: 12,
  column: 3,
  length: 2,
  source: "ab cd",
  message: "expected better",
};

test("every part is painted and nothing else", () => {
  const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const paint = { place: tag("p"), error: tag("e"), dim: tag("d"), hint: tag("h") };
  const shown = renderDiagnostic({ ...HERE, nearest: "ef", remedy: "try again" }, paint);
  expect(shown.split("\n")).toEqual([
    "<p>a.yaml:12:3:</p> <e>error:</e> expected better",
    " <d>12 |</d> ab cd",
    " <d>   |</d>   <e>^^</e>",
    '<h>    = did you mean "ef"?</h>',
    "<h>    = try again</h>",
  ]);
});

test("a long line is shown around the place", () => {
  const source = `${"a".repeat(500)}BAD${"z".repeat(500)}`;
  const [, line = "", caret = ""] = renderDiagnostic({ ...HERE, source, column: 501, length: 3 }).split("\n");
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line).toMatch(/^ 12 \| …a+BADz+…$/);
  expect(caret.indexOf("^")).toBe(line.indexOf("BAD"));
  expect(caret.match(/\^/g)).toHaveLength(3);
});

test("the caret counts characters, not code units", () => {
  const [, line = "", caret = ""] = renderDiagnostic({ ...HERE, source: "𝄞𝄞 x", column: 6, length: 1 }).split(
    "\n",
  );
  expect([...line].indexOf("x")).toBe(caret.indexOf("^"));
});

test("nothing from a file reaches the terminal as a command", () => {
  expect(visible("a\x1b[31m\tb\u202Ec\x9b")).toBe("a·[31m b·c·");
  expect(quoted("x".repeat(41))).toBe(`"${"x".repeat(39)}…"`);
  expect(quoted("x".repeat(40))).toBe(`"${"x".repeat(40)}"`);
  expect(renderDiagnostic({ ...HERE, file: "\x1b]0;a", source: "\x1b[2J", message: "m" })).not.toContain(
    "\x1b",
  );
});

test.each([
  ["wirte", "write", 1],
  ["write", "write", 0],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["ca", "abc", 3],
])("distance of %j and %j", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test("the nearest word is offered only when it is near", () => {
  expect(nearestWord("evcit", ["write", "evict"])).toBe("evict");
  expect(nearestWord("Write", ["write"])).toBe("write");
  expect(nearestWord("xyzzy", ["write", "evict"])).toBeUndefined();
  expect(nearestWord("w".repeat(1000), ["w".repeat(999)])).toBeUndefined();
});
