import { describe, expect, it } from "vitest";
import { Interrupted, withCleanup } from "../../src/real/machine/cleanup.js";
import { runCommand } from "../../src/real/machine/run-command.js";

describe("withCleanup", () => {
  it("undoes last first, also after an error", async () => {
    const done: string[] = [];
    const work = withCleanup(async (scope) => {
      scope.onEnd(() => done.push("first"));
      scope.onEnd(() => done.push("second"));
      throw new Error("broken");
    });
    await expect(work).rejects.toThrow("broken");
    expect(done).toEqual(["second", "first"]);
  });

  it("kills children and undoes on SIGTERM, and leaves no handler", async () => {
    const before = process.listenerCount("SIGTERM");
    let undone = false;
    const started = Date.now();
    const work = withCleanup(async (scope) => {
      scope.onEnd(() => {
        undone = true;
      });
      setTimeout(() => process.emit("SIGTERM"), 50);
      await runCommand("sh", ["-c", "sleep 30"], { signal: scope.signal });
    });
    await expect(work).rejects.toBeInstanceOf(Interrupted);
    expect(undone).toBe(true);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(process.listenerCount("SIGTERM")).toBe(before);
  });
});

describe("runCommand", () => {
  it("runs as many at once as there are, without a warning", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    await withCleanup(({ signal }) =>
      Promise.all(Array.from({ length: 24 }, () => runCommand("sh", ["-c", "sleep 0.3"], { signal }))),
    );
    // Warnings are told in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  it("ends a command at its time limit, with everything it started", async () => {
    const result = await runCommand("sh", ["-c", "sleep 30 | cat"], { limitMs: 100 });
    expect(result).toMatchObject({ code: null, killed: "time limit" });
  });
});
