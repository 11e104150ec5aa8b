import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UNWRITTEN_TAIL } from "../report/runs.js";
import { bisectDocument, errorDocument, runDocument } from "./documents.js";
import { directoryWith, ROOT, stalemap, WITNESS } from "./program.js";

const RACE = UNWRITTEN_TAIL.replace(/^schedule:[\s\S]*/m, "").trimStart();
const KIND = "content: write -> zero, UNWRITTEN map over WRITTEN";
const QUIET = "name: quiet\nfile: { size: 4k }\nthreads: { w: [{ write: 0..4k }] }\n";

/** Runs one file of this text. */
const run = async (text: string, ...args: string[]) => {
  const { status, stdout, stderr } = await stalemap(["run", "a.yaml", ...args], {
    cwd: directoryWith({ "a.yaml": text }),
  });
  return { status, stdout, stderr };
};

describe.concurrent("the verdict of run", () => {
  it("meets an expectation of a kind", async () => {
    const { status, stdout } = await run(
      `${RACE}expect: { "6.0": { verdict: mismatch, kind: "${KIND}" } }\n`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("ok unwritten-tail on 6.0: content, as expected");
  });

  it("does not take another kind for the one expected", async () => {
    const { status, stdout } = await run(
      `${RACE}expect: { "6.0": { verdict: mismatch, kind: "content: write -> older data" } }\n`,
    );
    expect(status).toBe(1);
    expect(stdout).toContain(
      '!  unwritten-tail on 6.0: content, expected kind "content: write -> older data"',
    );
  });

  it("does not take another oracle for the one expected", async () => {
    const { status, stdout } = await run(`${RACE}expect: { "6.0": [accounting] }\n`);
    expect(status).toBe(1);
    expect(stdout).toContain("unwritten-tail on 6.0: content, expected accounting");
  });

  it("is unmet where ok was expected, and shows the race", async () => {
    const { status, stdout, stderr } = await run(`${RACE}expect: { "6.0": ok }\n`);
    expect(status).toBe(1);
    expect(stdout).toContain("again     npx stalemap repro sm");
    expect(stderr).toContain("npx stalemap bisect sm");
  });

  it("is unmet where a finding was expected and none came", async () => {
    const { status, stdout } = await run(`${QUIET}expect: { "6.0": mismatch }\n`, "--runs", "100");
    expect(status).toBe(1);
    expect(stdout).toContain("no violation, expected mismatch");
  });

  it("is open where a window was not entered", async () => {
    const { status, stdout } = await run(
      `${QUIET}expect: { "6.0": ok }\nreached: [page-evicted-while-mapped]\n`,
      "--runs",
      "100",
    );
    expect(status).toBe(125);
    expect(stdout).toContain("?  quiet on 6.0: cannot judge: no schedule entered page-evicted-while-mapped");
    // What was not tried cannot be bounded.
    expect(stdout).not.toContain("(95 %)");
  });

  it("is the finding itself on a kernel that the file says nothing about", async () => {
    expect((await run(RACE, "--kernel", "6.0")).status).toBe(1);
    const clean = await run(RACE, "--kernel", "cured", "--runs", "500");
    expect(clean.status).toBe(0);
    expect(clean.stdout).toContain("500 schedules (mixed)");
    expect(clean.stdout).toContain("p < 0.0060 (95 %)");
  });

  it("says of a clean sample what each strategy showed, within 80 columns", async () => {
    const text = `${RACE}reached: [write-map-stale-at-folio, extent-converted-while-mapped]\n`;
    const { stdout } = await run(text, "--kernel", "cured", "--runs", "5000");
    expect(stdout).toMatch(/5,000 schedules \(mixed\) ended in \d+ different states/);
    expect(stdout).toContain("p < 6.0e-4 (95 %)");
    expect(stdout).toMatch(/the next ends in a state not seen yet: p about \S+ \(Good-Turing\)/);
    expect(stdout).toMatch(
      /entered write-map-stale-at-folio [\d,]+ times \(pct depth 2: \d+; sticky:\s+\d+;/,
    );
    expect(stdout).toMatch(/entered extent-converted-while-mapped [\d,]+ times \(pct/);
    for (const strategy of ["pct depth 2", "sticky", "pct depth 3", "random", "pct depth 5"])
      expect(stdout).toMatch(new RegExp(`^ {5}${strategy} +1,000 +\\d+ +\\S+ +0\\.0030$`, "m"));
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("has no statistics of strategies where every state was looked at, or one strategy was asked for", async () => {
    const whole = await run(RACE, "--kernel", "cured");
    expect(whole.stdout).toMatch(/none in all \d+ states/);
    expect(whole.stdout).not.toContain("Good-Turing");
    const one = await run(RACE, "--kernel", "cured", "--strategy", "urw", "--runs", "300");
    expect(one.stdout).toContain("300 schedules (urw) ended in");
    expect(one.stdout).not.toContain("next is new");
  });

  it("has statistics of the runs that keep an order", async () => {
    const order = "order: [ 'writer:copy_page_from_iter_atomic@8k < flusher:xfs_vm_writepages' ]\n";
    const { stdout } = await run(`${RACE}${order}`, "--kernel", "cured", "--runs", "500", "--json");
    const [{ schedules, sampling }] = JSON.parse(stdout).results;
    expect(schedules).toBeGreaterThan(0);
    expect(sampling.schedules).toBe(schedules);
    expect(sampling.reached["write-map-stale-at-folio"]).toBeUndefined();
  });

  it("goes by the variant that --without makes", async () => {
    const text = `${RACE}expect: { cured: ok }\nvariants: [{ base: cured, without: [validate], expect: mismatch }]\n`;
    expect((await run(text, "--kernel", "cured", "--without", "validate")).status).toBe(0);
    const { stdout } = await run(text, "--without", "validate-after-lock");
    expect(stdout).toContain("unwritten-tail on cured without validate-after-lock: content");
  });

  it("goes by a variant file", async () => {
    const cwd = directoryWith({ "a.yaml": RACE, "v.yaml": "base: cured\nwithout: [cookie-under-ilock]\n" });
    const { status, stdout } = await stalemap(["run", "a.yaml", "--kernel", "v.yaml"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain("unwritten-tail on cured without cookie-under-ilock");
  });

  it("says of how many kernels the file expects nothing", async () => {
    const cwd = directoryWith({ "a.yaml": `${QUIET}expect: { "6.0": ok }\n` });
    const { stdout } = await stalemap(["run", "a.yaml", "--kernel", "6.0,6.2"], { cwd });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "1 of 1 as they should be, 1 without an expectation, none with a violation",
    );
  });

  it("is 1 over many results when one is bad and another open", async () => {
    const cwd = directoryWith({
      "a.yaml": `${RACE}expect: { "6.0": ok }\n`,
      "b.yaml": `${QUIET}expect: { "6.0": ok }\nreached: [page-evicted-while-mapped]\n`,
      "c.yaml": `${QUIET}expect: { "6.0": ok }\n`,
    });
    const args = ["run", "a.yaml", "b.yaml", "c.yaml", "--runs", "2000"];
    const { status, stdout } = await stalemap(args, { cwd });
    expect(status).toBe(1);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("1 of 3 as they should be, 1 not, 1 undecided");
    expect((await stalemap(["run", ...args.slice(2)], { cwd })).status).toBe(125);
  });

  it("is that of its schedule where the file pins one, and open where that does not apply", async () => {
    const schedule =
      "schedule: [ writer until __iomap_write_begin@0, flusher end, kworker/1 end, reclaim-8k end ]\n";
    const { status, stdout } = await run(`${RACE}expect: { "6.0": mismatch }\n${schedule}`);
    expect(status).toBe(0);
    expect(stdout).toContain("schedule 1, kind");
    const off = await run(`${RACE}expect: { "6.0": mismatch }\nschedule: [ kworker/3 end ]\n`);
    expect(off.status).toBe(125);
    expect(off.stdout).toContain("cannot judge: kworker/3 is never born (entry 1,");
  });

  it("obeys order: the window cannot be entered when the writer is done first", async () => {
    const order = "order: [ 'writer:copy_page_from_iter_atomic@8k < flusher:xfs_vm_writepages' ]\n";
    const { status } = await run(`${RACE}expect: { "6.0": ok }\n${order}`, "--runs", "2000");
    expect(status).toBe(0);
  });

  it("reads fsx operation files", async () => {
    const cwd = directoryWith({ "ops.fsx": "write 0x0 0x3000 0x0\nmapwrite 0x1000 0x800 0x3000\n" });
    const { status, stdout } = await stalemap(["run", "ops.fsx", "--kernel", "6.0", "--runs", "50"], { cwd });
    expect(stdout).toContain("ops.fsx on 6.0: no violation");
    expect(status).toBe(0);
  });

  it("prints one line per result or finding for machines", async () => {
    const text = `${RACE}expect: { "6.0": ok, cured: ok }\n`;
    const lines = (await run(text, "--reporter", "jsonl")).stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).verdict)).toEqual(["mismatch", "ok"]);
    expect((await run(text, "--reporter", "github")).stdout).toMatch(
      /^::error file=a\.yaml,line=\d+,title=unwritten-tail on 6\.0::/,
    );
  });

  it("annotates an expectation that is not met, beside a document in a file", async () => {
    const cwd = directoryWith({ "a.yaml": `${RACE}expect: { cured: mismatch }\n` });
    const args = ["run", "a.yaml", "-q", "--reporter", "github", "--reporter", "json=out.json"];
    const { status, stdout, stderr } = await stalemap(args, { cwd });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: `::error file=a.yaml,line=${RACE.split("\n").length},title=unwritten-tail on cured::no violation, expected mismatch\n`,
      stderr: "",
    });
    const document = runDocument.parse(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8")));
    expect(document.results.map((r) => r.met)).toEqual([false]);
  });

  it("says in each format what is wrong with a file", async () => {
    const faulty = RACE.replace("size:", "sise:");
    const [json, github] = await Promise.all(
      ["json", "github"].map((name) => run(faulty, "--reporter", name, "-q")),
    );
    expect([json!.status, github!.status]).toEqual([128, 128]);
    const { exit, diagnostics } = errorDocument.parse(JSON.parse(json!.stdout));
    const { line, column, message } = diagnostics[0]!;
    expect([exit, diagnostics[0]?.file, line]).toEqual([128, "a.yaml", expect.any(Number)]);
    expect(github!.stdout).toContain(`::error file=a.yaml,line=${line},col=${column},`);
    expect(json!.stderr).toContain(message.split(",")[0]);
  });
});

describe.concurrent("matrix", () => {
  it("marks what is not as expected", async () => {
    const cwd = directoryWith({ "a.yaml": `${RACE}expect: { "6.0": ok, cured: ok }\n` });
    const { status, stdout } = await stalemap(["matrix", "a.yaml", "--kernel", "6.0,cured"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ +6\.0 +cured\nunwritten-tail +content ! +ok\n$/);
  });
});

describe.concurrent("bisect --necessary", () => {
  const V = "v.yaml";
  const cwd = directoryWith({
    [V]: "base: '6.2'\nwithout: [seq-bump-on-convert]\n",
    "two.yaml": "base: '6.2'\nwithout: [isize-extend-write-protects, truncdown-flush-eof]\n",
  });

  it.each([
    ["unwritten-tail", "6.2", "6.0", ["d7b64041164c", "304a68b9c63b"]],
    ["unwritten-tail", "6.2", V, ["745b3f76d1c8"]],
    ["refault-before-punch", "6.2", "6.0", ["198dd8aedee6", "f43dc4dc3eff"]],
    ["writeback-failure-hole", "cured", "6.0", ["d7b64041164c", "304a68b9c63b"]],
    ["discard-off-by-one", "cured", "6.2", ["8ac5b996bf51"]],
    ["eof-punch", "cured", "6.2", ["proposed:eof-punch-cure"]],
    ["short-copy-1k", "cured", "6.12", []],
    ["truncate-extend-writable-page", "6.2", "two.yaml", []],
  ])("%s on %s, from %s: %j", async (name, good, bad, needed) => {
    const file = join(ROOT, "scenarios/witnesses", `${name}.yaml`);
    const args = ["bisect", file, "--good", good, "--bad", bad, "--necessary", "--json"];
    const { status, stdout } = await stalemap(args, { cwd });
    expect(status).toBe(0);
    const answer = bisectDocument.parse(JSON.parse(stdout));
    expect(answer.necessary?.map((p) => p.commit)).toEqual(needed);
  });

  it("judges by every state, unless so many schedules are asked for", async () => {
    const args = ["bisect", WITNESS, "--good", "6.2", "--bad", "6.0", "--json"];
    const tried = async (...more: string[]) =>
      bisectDocument
        .parse(JSON.parse((await stalemap([...args, ...more])).stdout))
        .tried.map((t) => t.verdict);
    const bad = "mismatch";
    expect(await tried()).toEqual([bad, "ok", bad, bad, bad, bad, "ok"]);
    expect(await tried("--runs", "3")).not.toContain(bad);
  });
});
