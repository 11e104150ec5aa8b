import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAULTS } from "./faults-table.js";
import { BIN, commandOutcome, directoryWith, ROOT, WITNESS } from "./program.js";

const PRELUDE = `
ulimit -c 0
stalemap() { "$node" "$bin" "$@"; }
# Waits until a process has opened a file of this name itself.
reading() { until ls -l /proc/$1/fd 2>/dev/null | grep -qE " ([4-9]|[1-9][0-9]) -> .*/$2$"; do sleep 0.02; done; }
# Waits until a file has a text, for as long as a slow machine may take.
await() { for _ in $(seq 1 3000); do grep -q -- "$2" "$1" 2>/dev/null && return; sleep 0.02; done; echo "never seen: $2" >&2; }
`;

describe.concurrent("faults", () => {
  it("have names of their own", () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  });

  it.for(FAULTS.map((fault) => [`${fault.kind}: ${fault.name}`, fault] as const))(
    "%s",
    async ([, { run, code, stderr, stdout, leaves = [] }], { expect }) => {
      const cwd = directoryWith();
      const env = { TMPDIR: cwd, bin: BIN, root: ROOT, node: process.execPath, witness: join(ROOT, WITNESS) };
      const outcome = await commandOutcome("bash", ["-c", PRELUDE + run], { cwd, env });
      expect.soft(outcome).toEqual({
        status: typeof code === "number" ? code : expect.toBeOneOf([...code]),
        stdout: stdout === undefined ? expect.anything() : expect.stringMatching(stdout),
        stderr: stderr === undefined ? "" : expect.stringMatching(stderr),
      });
      expect.soft(outcome.stderr + outcome.stdout).not.toMatch(/^ +at .*:\d+/m);
      expect.soft(readdirSync(cwd, { recursive: true }).toSorted()).toEqual(leaves);
    },
  );
});
