import { describe, expect, it } from "vitest";
import { directoryWith, stalemap, started, WITNESS } from "./program.js";

const ESCAPE = "\u001b[";
const LONG = ["fuzz", "--kernel", "cured", "--seed", "7", "--oracle", "progress"];

describe.concurrent("colour", () => {
  it("is not put into pipes", async () => {
    const { stdout, stderr } = await stalemap(["run", WITNESS, "--kernel", "6.0"]);
    expect(stdout).toContain("unwritten-tail on 6.0");
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  it("is there with FORCE_COLOR, and says nothing that the text does not", async () => {
    const args = ["repro", WITNESS, "--kernel", "cured"];
    const plain = await stalemap(args);
    const coloured = await stalemap(args, { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain(ESCAPE);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour sequences are what is taken out
    expect(coloured.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
  });

  it.each([
    ["NO_COLOR", ["list", "kernels"], { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["--color never", ["list", "kernels", "--color", "never"], { FORCE_COLOR: "1" }, false],
    ["--color always", ["list", "kernels", "--color", "always"], { NO_COLOR: "1" }, true],
    ["TERM=dumb", ["list", "kernels"], { TERM: "dumb" }, false],
  ])("obeys %s", async (_title, args, env, coloured) => {
    const { stdout } = await stalemap(args, { env: env as Record<string, string> });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
  });
});

describe.concurrent("the two streams", () => {
  it("keep the result on stdout, seed and hints on stderr", async () => {
    const out = directoryWith();
    const { stdout, stderr, status } = await stalemap(["fuzz", "--seed", "1", "--out", out]);
    expect(status).toBe(1);
    expect(stderr.split("\n")[0]).toBe("fuzz 6.0, seed 1");
    expect(stderr).toContain("try  npx stalemap step ");
    expect(stdout).toMatch(/^x case-\d+ on 6\.0: /);
    expect(stdout).not.toContain("try  ");
  });

  it("leave stderr empty under -q", async () => {
    const { stderr } = await stalemap(["fuzz", "--seed", "1", "-q", "--out", directoryWith()]);
    expect(stderr).toBe("");
  });

  it("say that nobody was there to read", async () => {
    const outcome = await started(["list"], (child) => child.stdout?.destroy());
    const stderr = "error: cannot write the result to stdout: nobody reads it\n";
    expect(outcome).toEqual({ status: 125, stdout: "", stderr });
  });
});

describe.concurrent("signals", () => {
  const interrupt = (signal: "SIGINT" | "SIGTERM", args: readonly string[]) =>
    started(args, (child, seen) => {
      const wait = setInterval(() => {
        if (!seen().includes("seed 7")) return;
        clearInterval(wait);
        setTimeout(() => child.kill(signal), 400);
      }, 20);
    });

  it.each(["1", "2"])("SIGINT gives what there is and says how to go on (%s jobs)", async (jobs) => {
    const { status, stdout, stderr } = await interrupt("SIGINT", [...LONG, "--jobs", jobs]);
    expect(status).toBe(130);
    expect(stdout).toMatch(/cured, seed 7: no/);
    expect(stderr).toContain("interrupted by SIGINT");
    expect(stderr).toMatch(/try {2}npx stalemap fuzz --kernel cured --seed 7 --from \d+ --oracle progress/);
  });

  it("SIGTERM ends in 143", async () => {
    expect((await interrupt("SIGTERM", LONG)).status).toBe(143);
  });

  it("SIGINT leaves a whole document", async () => {
    const { status, stdout } = await interrupt("SIGINT", [...LONG, "--json"]);
    expect(status).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "stalemap/fuzz/1", seed: "7", findings: [] });
  });
});
