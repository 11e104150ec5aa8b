import { afterAll, describe, expect, it } from "vitest";
import { BAD_INPUTS } from "./bad-input-table.js";
import { errorDocument } from "./documents.js";
import { ManyCommands } from "./many-commands.js";
import { directoryWith } from "./program.js";

/** The line that says what is being done comes before an error in doing it. */
const ANNOUNCEMENT = /^(run|fuzz|bisect|matrix) /;

/** One process for all: what follows an error works as if nothing had been. */
const program = new ManyCommands("exec");
afterAll(() => program.close());

describe("bad input", () => {
  it("is tried in at least 60 ways", () => {
    expect(BAD_INPUTS.length).toBeGreaterThanOrEqual(60);
  });

  const titled = BAD_INPUTS.map((one, i) => [`${i} ${one.args.join(" ").slice(0, 60)}`, one] as const);
  it.each(titled)("%s", async (_title, { args, files, status, line }) => {
    const outcome = await program.run({ words: args, cwd: directoryWith(files) });
    if (args.includes("--json")) expect(errorDocument.parse(JSON.parse(outcome.stdout)).exit).toBe(status);
    else expect(outcome.stdout).toBe("");
    const lines = outcome.stderr.split("\n").filter((text) => !ANNOUNCEMENT.test(text));
    expect({ status: outcome.status, line: lines[0] }).toEqual({ status, line });
    expect(outcome.stderr).not.toContain("    at ");
  });
});
