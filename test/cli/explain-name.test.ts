/** Commits as names, and facts of lists that are longer than a line. */
import { describe, expect, it } from "vitest";
import { explainedNames } from "../../src/cli/commands/explain-name.js";
import { listText } from "../../src/report/list-text.js";
import { COLUMNS } from "../../src/report/style.js";

describe("a commit that patches name", () => {
  it.each(["c5c810b", "c5c810b94cfd", "c5c810b94cfd000000000000000000000000000a"])(
    "is explained by its toggles: %s",
    (name) => {
      expect(explainedNames(name)).toMatchObject([
        {
          what: "patch",
          about: [/c5c810b94cfd/, /^its toggles: .*zeroing-flushes-dirty/].map((one) =>
            expect.stringMatching(one),
          ),
        },
      ]);
    },
  );

  it.each(["c5c810", "c5c810b94cfe", "c5c810b94cfdx"])("is not %s", (name) =>
    expect(explainedNames(name)).toEqual([]),
  );
});

it("facts that are longer than a line go on in the next", () => {
  const text = listText([{ title: "t", items: [{ name: "a", facts: "fact, ".repeat(30), about: "b" }] }]);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(COLUMNS);
});
