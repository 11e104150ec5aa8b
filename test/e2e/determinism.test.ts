import { describe, expect, it } from "vitest";
import { fuzzDocument } from "./documents.js";
import { directoryWith, stalemap, WITNESS } from "./program.js";

const withoutTime = (text: string) => ({ ...fuzzDocument.parse(JSON.parse(text)), seconds: 0 });

describe.concurrent("the same run gives the same result", () => {
  it("for every number of jobs, fuzzing to the first finding", async () => {
    const out = directoryWith();
    const runs = await Promise.all(
      ["1", "2", "5"].map((jobs) =>
        stalemap(["fuzz", "--seed", "11", "--jobs", jobs, "--out", out, "--json"]),
      ),
    );
    const documents = runs.map((run) => withoutTime(run.stdout));
    expect(documents[0]?.findings).toHaveLength(1);
    expect(documents[1]).toEqual(documents[0]);
    expect(documents[2]).toEqual(documents[0]);
  });

  it("for every number of jobs, going on after findings", async () => {
    const out = directoryWith();
    const args = ["fuzz", "--seed", "5", "--runs", "120", "--keep-going", "--out", out, "--json"];
    const runs = await Promise.all(["1", "3"].map((jobs) => stalemap([...args, "--jobs", jobs])));
    const documents = runs.map((run) => withoutTime(run.stdout));
    expect(documents[0]?.programs).toBe(120);
    expect(documents[1]).toEqual(documents[0]);
  });

  it("with what it finds known, missing no case behind it", async () => {
    const out = directoryWith();
    const args = ["fuzz", "--kernel", "6.2", "--seed", "7", "--runs", "20", "--out", out, "--json"];
    const whole = withoutTime((await stalemap([...args, "--keep-going"])).stdout);
    expect([whole.programs, whole.findings.length]).toEqual([20, 1]);
    const { programs, schedules, steps } = whole;
    for (const known of [
      ["--known", out],
      ["--from", "0"],
    ])
      expect(withoutTime((await stalemap([...args, ...known])).stdout)).toMatchObject({
        ...{ programs, schedules, steps, findings: [] },
        known: [{ count: whole.findings[0]?.count }],
      });
  });

  it("cut in two by --from", async () => {
    const count = async (...more: string[]) =>
      withoutTime((await stalemap(["fuzz", "--kernel", "cured", "--seed", "2", "--json", ...more])).stdout);
    const [whole, first, second] = await Promise.all([
      count("--runs", "200"),
      count("--runs", "80"),
      count("--runs", "120", "--from", "80"),
    ]);
    expect(first!.steps + second!.steps).toBe(whole!.steps);
    expect(first!.schedules + second!.schedules).toBe(whole!.schedules);
  });

  it("judging a witness on several threads", async () => {
    const runs = await Promise.all(
      ["1", "4"].map((jobs) => stalemap(["run", WITNESS, "--jobs", jobs, "-q"])),
    );
    expect(runs[1]).toEqual(runs[0]);
  });

  it("sampling on several threads, statistics included", async () => {
    const args = ["run", WITNESS, "--kernel", "cured,6.2,6.12", "--runs", "5000", "-q"];
    const runs = await Promise.all(["1", "3"].map((jobs) => stalemap([...args, "--jobs", jobs])));
    expect(runs[0]?.stdout.match(/Good-Turing/g)).toHaveLength(3);
    expect(runs[1]).toEqual(runs[0]);
  });
});
