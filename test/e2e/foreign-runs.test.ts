/** Runs that are replayed where they were not found, and what is suggested then. */
import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { encodeToken } from "../../src/scenario/token.js";
import { directoryWith, stalemap, WITNESS } from "./program.js";

const token = await (async () => {
  const { stdout } = await stalemap(["run", WITNESS, "--kernel", "6.0", "--json"]);
  return (JSON.parse(stdout).results[0].finding as { token: string }).token;
})();

const read = parseScenario("name: x\nfile: { size: 12k }\nthreads: { w: [{ write: 0..4k }] }\n", "x.yaml");
if (!("scenario" in read)) throw new Error("the example is not valid");
const clean = encodeToken({
  scenario: read.scenario,
  variant: { base: "6.0", with: [], without: [] },
  choices: [],
});

describe.concurrent("a run of another kernel", () => {
  it.each([
    [token, "repro", ["--kernel", "6.2"]],
    [token, "repro", ["--kernel", "cured", "--json"]],
    [token, "step", ["--kernel", "6.2"]],
    [clean, "repro", ["--kernel", "6.2"]],
    [clean, "repro", ["--with", "validate"]],
    [clean, "repro", ["--without", "discard-end"]],
    [clean, "repro", ["--evictions", "1"]],
    [clean, "repro", ["--faults", "1"]],
  ])("that shows nothing says nothing: %s %s %s", async (token, command, flags) => {
    const { status, stderr } = await stalemap([command, token, ...flags]);
    expect(status).toBe(125);
    const asked = flags.filter((flag) => flag !== "--json").join(" ");
    expect(stderr).toMatch(/^error: (this run is one of 6\.0|these choices do not apply on)/);
    expect(stderr).toContain(`  search instead: npx stalemap explore ${token} ${asked}\n`);
  });

  it("that shows a violation is one", async () => {
    expect((await stalemap(["repro", token, "--with", "validate"])).status).toBe(1);
  });

  it("is not one where the kernel is only named otherwise", async () => {
    expect((await stalemap(["repro", token, "--kernel", "6.0"])).status).toBe(1);
    const other = await stalemap(["repro", token, "--oracle", "progress"]);
    expect({ status: other.status, stderr: other.stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("as a schedule that does not apply in full is not judged", async () => {
    const program = "name: x\nfile: { size: 8k }\nthreads: { w: [ { write: 0..4k } ] }\n";
    const cwd = directoryWith({ "a.yaml": `${program}schedule: [ { choose: short-copy=1 }, w end ]\n` });
    const { status, stderr } = await stalemap(["repro", "a.yaml"], { cwd });
    expect([status, stderr.split("\n")[0]]).toEqual([
      125,
      expect.stringMatching(/^error: the schedule of a\.yaml does not apply on 6\.0: nobody asks/),
    ]);
  });
});

describe.concurrent("suggested commands", () => {
  it("are quoted and carry what was given", async () => {
    const cwd = directoryWith({
      "a b;$(id).yaml": "name: x\nfile: { size: 8k }\nthreads: { w: [ { write: 0..4k } ] }\n",
    });
    const { stderr } = await stalemap(["repro", "a b;$(id).yaml", "--kernel", "6.2", "--evictions", "2"], {
      cwd,
    });
    expect(stderr).toContain("try  npx stalemap run 'a b;$(id).yaml' --kernel 6.2 --evictions 2");
  });

  it("of fuzz carry oracles, budgets and toggles in the case and in the file", async () => {
    const out = directoryWith();
    const flags = ["--kernel", "6.0", "--with", "scan-limit-eof", "--oracle", "content", "--faults", "0"];
    const fuzz = await stalemap(["fuzz", ...flags, "--seed", "1", "--json", "--out", out]);
    const { token, caseSeed, caseFlags, file } = JSON.parse(fuzz.stdout).findings[0];
    expect(caseFlags).toEqual(["--oracle", "content", "--faults", "0"]);
    for (const x of [[token], [file], [caseSeed, ...caseFlags]]) {
      const again = await stalemap(["repro", ...x, "--json"]);
      expect([again.status, JSON.parse(again.stdout).finding.oracle]).toEqual([1, "content"]);
    }
    expect((await stalemap(["run", file, "-q"])).status).toBe(0);
  });
});
