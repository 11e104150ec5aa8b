import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exploreDocument } from "./documents.js";
import { stalemap, started, WITNESS } from "./program.js";

const GRID = "scenarios/grid/p3w3k3.yaml";
/** Far too many states for a test. */
const LONG = ["explore", GRID, "--kernel", "cured", "--fine", "--reduction", "none"];

async function explored(...args: string[]) {
  const { status, stdout, stderr } = await stalemap(["explore", ...args, "--json"]);
  expect(stdout, stderr).not.toBe("");
  return { status, ...exploreDocument.parse(JSON.parse(stdout)) };
}

describe.concurrent("explore", () => {
  it("proves", async () => {
    const { status, stdout } = await stalemap(["explore", WITNESS, "--kernel", "6.2"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ok unwritten-tail on 6\.2: no violation in all 1\d\d states$/m);
    expect(stdout).toMatch(/bounds: 3 threads, 0 evictions, merged steps/);
    expect(stdout).toMatch(/reduction: \d+ of \d+ boundaries merged, symmetry/);
    const proof = await explored(WITNESS, "--kernel", "6.2");
    expect(proof).toMatchObject({ status: 0, verdict: "ok", exhaustive: true, finding: null });
    expect(proof.bounds.reached["write-map-stale-at-folio"]).toBeGreaterThan(0);
    expect(proof.expectedMissed).toBeGreaterThan(0);
  });

  it("finds the shortest failing run, by default and breadth first", async () => {
    const args = [WITNESS, "--kernel", "6.0"];
    const byDefault = await explored(...args);
    const breadthFirst = await explored(...args, "--bfs");
    for (const one of [byDefault, breadthFirst]) {
      expect(one).toMatchObject({ status: 1, verdict: "mismatch", exhaustive: false });
      expect(one.finding).toMatchObject({ oracle: "content", steps: 12, isShortest: true });
    }
    const { status, stdout } = await stalemap(["explore", ...args]);
    expect(status).toBe(1);
    expect(stdout).toContain("the shortest run that fails");
  });

  it("goes through bounds of preemptions to the smallest that suffices", async () => {
    const found = await explored(WITNESS, "--kernel", "6.0", "--preemptions", "5");
    expect(found.status).toBe(1);
    const { deepening } = found.bounds;
    expect(deepening.map((d) => d.preemptions)).toEqual(deepening.map((_, i) => i));
    expect(deepening.map((d) => d.found)).toEqual(deepening.map((_, i) => i === deepening.length - 1));
    const enough = deepening.length - 1;
    expect(enough).toBeGreaterThan(0);
    const fewer = await explored(WITNESS, "--kernel", "6.0", "--preemptions", `${enough - 1}`);
    expect(fewer).toMatchObject({ status: 125, verdict: "undecided", bounds: { cut: "preemptions" } });
    const text = await stalemap(["explore", WITNESS, "--kernel", "6.0", "--preemptions", "5"]);
    expect(text.stdout).toMatch(new RegExp(`${enough} preemptions? needed, no fewer show it`));
  });

  it("is undecided when the memory is used up, and says what was covered", async () => {
    const { status, stdout } = await stalemap(["explore", GRID, "--kernel", "cured", "--memory", "1m"]);
    expect(status).toBe(125);
    expect(stdout).toContain("undecided, the memory was used up");
    expect(stdout).toMatch(/no violation in \d+,\d+ states so far/);
    const cut = await explored(GRID, "--kernel", "cured", "--memory", "1m");
    expect(cut).toMatchObject({ status: 125, verdict: "undecided", exhaustive: false });
    expect(cut.bounds.cut).toBe("memory");
    expect(cut.states).toBeGreaterThan(10_000);
    expect(cut.bytesPerState * cut.states).toBeLessThanOrEqual(2 ** 20);
  });

  it("says what was covered when it is interrupted or out of time", async () => {
    // The estimate is told in the middle of the search.
    const interrupted = await started([...LONG, "--json"], (child, seen) => {
      const wait = setInterval(() => {
        if (!/states/.test(seen())) return;
        clearInterval(wait);
        setTimeout(() => child.kill("SIGINT"), 300);
      }, 20);
    });
    expect(interrupted.status).toBe(130);
    expect(interrupted.stderr).toContain("interrupted by SIGINT");
    const late = await stalemap([...LONG, "--json", "--time", "2"]);
    expect(late.status).toBe(125);
    for (const { stdout } of [interrupted, late]) {
      const covered = exploreDocument.parse(JSON.parse(stdout));
      expect(covered).toMatchObject({ verdict: "undecided", bounds: { cut: "stopped" } });
      expect(covered.states).toBeGreaterThan(1);
    }
  });

  it("estimates before a long search only", async () => {
    const args = ["--kernel", "cured", "--reduction", "symmetry"];
    const grid = await stalemap(["explore", "scenarios/grid/p3w3k2.yaml", ...args]);
    expect(grid.stderr).toMatch(/^(about|more than) [\d,]+ states/m);
    const small = await stalemap(["explore", WITNESS, "--kernel", "cured"]);
    expect(small.stderr).toBe("explore unwritten-tail on cured\n");
  });

  it("tells identical threads apart when asked to, and keeps whole states for fingerprints", async () => {
    const file = "scenarios/grid/p2w2k2.yaml";
    const plain = await explored(file, "--kernel", "cured", "--reduction", "none");
    expect(plain.reduction).toMatchObject({ symmetry: false });
    const one = await explored(file, "--kernel", "cured", "--reduction", "symmetry");
    expect(one).toMatchObject({
      status: 0,
      verdict: "ok",
      reduction: { ...plain.reduction, symmetry: true },
    });
    expect(one.transitions).toBeLessThan(plain.transitions);
    expect(one.states).toBeLessThan(plain.states);
    const whole = await explored(file, "--kernel", "cured", "--reduction", "none", "--exact");
    expect(whole).toMatchObject({ states: plain.states, transitions: plain.transitions, expectedMissed: 0 });
    expect(whole.reduction.fingerprints).toBe(false);
    const fine = await explored(WITNESS, "--kernel", "cured", "--fine");
    expect(fine.reduction).toMatchObject({ merging: false, boundaries: { merged: 0 } });
    expect(fine.bounds.steps).toBe("fine");
  });

  it("takes bounds on faults and evictions", async () => {
    const args = ["scenarios/witnesses/leaked-delalloc.yaml", "--kernel", "rfc-v1"];
    expect(readFileSync(args[0]!, "utf8")).toContain("short-allocation: 1");
    expect(await explored(...args)).toMatchObject({ status: 1, verdict: "mismatch" });
    const without = await explored(...args, "--faults", "0");
    expect(without).toMatchObject({ status: 0, verdict: "ok", bounds: { faultCap: 0 } });
    const grid = ["scenarios/grid/p2w1k1.yaml", "--kernel", "6.0"];
    expect(await explored(...grid)).toMatchObject({ status: 1, bounds: { evictions: 2 } });
    expect(await explored(...grid, "--evictions", "0")).toMatchObject({
      status: 0,
      bounds: { evictions: 0 },
    });
  });

  it.each([
    [["--memory", "12"], 'expected a size from 1m to 1024g, found "12"'],
    [["--memory", "2t"], 'expected a size from 1m to 1024g, found "2t"'],
    [["--preemptions", "-1"], "--preemptions"],
    [["--preemptions", "some"], "--preemptions"],
    [["--reduction", "symmetri"], "did you mean symmetry?"],
    [["--reduction", "none,symmetry"], "--reduction"],
    [["--reduction", ""], "--reduction"],
    [["--evictions", "x"], "--evictions"],
    [["--faults", "1.5"], "--faults"],
  ])("refuses %j", async (flags, message) => {
    const { status, stdout, stderr } = await stalemap(["explore", WITNESS, ...flags]);
    expect([status, stdout]).toEqual([129, ""]);
    expect(stderr).toContain(message);
  });
});
