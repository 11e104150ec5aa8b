/** What people hold as arguments of the built program: logs, pipes, folders, names and tokens; judge and shrink. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runDocument } from "./documents.js";
import { BIN, commandOutcome, directoryWith, ROOT, stalemap, WITNESS } from "./program.js";

const LOG = join(ROOT, "test/data/public-reports/07-polluted.log");
const POLLUTED = ["--page", "64k", "--block", "4k", "--fsx", "-e 1"];
const FOUND =
  "07-polluted.log on 6.0: content: zero -> older data, 0xe9ba..64k (the bytes that were reported)\n";

const lineOf = async (...args: string[]) => {
  const { status, stdout } = await stalemap(["judge", ...args]);
  return [status, stdout];
};

describe.concurrent("judge", () => {
  it("says of a log in one line what it shows on each kernel", async () => {
    expect(await lineOf(LOG, "-k", "6.0", ...POLLUTED)).toEqual([1, FOUND]);
    const [status, text] = await lineOf(LOG, "-k", "6.12", ...POLLUTED);
    expect([status, text]).toEqual([
      0,
      expect.stringMatching(/^07-polluted.log on 6.12: no violation in all \d+ states\n$/),
    ]);
  });

  it("ends with 125 where something is left out and nothing is found", async () => {
    const clones = join(ROOT, "test/data/public-reports/06-direct.log");
    const [status, text] = await lineOf(clones, "-k", "6.0", "--leave-out", "direct");
    expect(status).toBe(125);
    expect(text).toBe("06-direct.log on 6.0: cannot judge: no violation in what is modelled of it\n");
  });

  it("gives the document of run with --json", async () => {
    const { stdout, status } = await stalemap(["judge", LOG, "-k", "6.0", "--json", ...POLLUTED]);
    expect(status).toBe(1);
    expect(runDocument.parse(JSON.parse(stdout)).results).toHaveLength(1);
  });

  it("asks for a kernel where a file names none, and refuses options that say nothing", async () => {
    expect((await stalemap(["judge", LOG])).status).toBe(129);
    const { status, stderr } = await stalemap(["judge", WITNESS, "-k", "6.0", "--page", "4k"]);
    expect([status, stderr]).toEqual([129, expect.stringContaining("--page says nothing of")]);
    const script = join(ROOT, "test/data/public-reports/46-punch-and-map.sh");
    const other = await stalemap(["judge", script, "-k", "6.0", "--fsx", "-e 1"]);
    expect([other.status, other.stderr]).toEqual([129, expect.stringContaining("--fsx says nothing of")]);
  });
});

describe("shrink", () => {
  it("makes a scenario of a log, whose token is judged on other kernels by its program", async () => {
    const directory = directoryWith({});
    const { status, stderr } = await stalemap(["shrink", LOG, "-k", "6.0", ...POLLUTED, "-o", "small.yaml"], {
      cwd: directory,
    });
    expect(status).toBe(0);
    expect(stderr).toContain("6 operations and");
    const [token = ""] = /sm\d+\.[\w-]+/.exec(stderr) ?? [];
    const run = await stalemap(["run", "small.yaml"], { cwd: directory });
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining("content, as expected")]);
    expect(await lineOf(token)).toEqual([1, expect.stringContaining(" on 6.0: content: zero -> older data")]);
    expect(await lineOf(token, "-k", "5.10")).toEqual([1, expect.stringContaining(" on 5.10: content")]);
    expect(await lineOf(token, "-k", "6.12")).toEqual([
      0,
      expect.stringContaining(" on 6.12: no violation in all"),
    ]);
    const broken = [token.slice(0, 30), token.slice(30)];
    expect(await lineOf(...broken)).toEqual(await lineOf(token));
    expect(await lineOf(`npx stalemap repro ${broken.join("\n> ")}`)).toEqual(await lineOf(token));
  });

  it("says when there is nothing to shrink", async () => {
    const { status, stdout, stderr } = await stalemap(["shrink", LOG, "-k", "6.12", ...POLLUTED]);
    expect([status, stdout]).toEqual([125, ""]);
    expect(stderr).toContain("shows no violation on 6.12");
  });
});

describe.concurrent("arguments", () => {
  const piped = (text: string, ...args: string[]) =>
    commandOutcome("sh", [
      "-c",
      `printf '%s' "$1" | "$2" "$3" ${args.join(" ")}`,
      "sh",
      text,
      process.execPath,
      BIN,
    ]);

  it("stdin is read at a dash, and is told when it is empty", async () => {
    const { status, stdout } = await piped(
      readFileSync(LOG, "utf8"),
      "judge - -k 6.0 --page 64k --block 4k --fsx '-e 1'",
    );
    expect([status, stdout]).toEqual([1, FOUND.replace("07-polluted.log", "stdin")]);
    const empty = await piped("", "check -");
    expect([empty.status, empty.stderr]).toEqual([128, expect.stringContaining("stdin:1:1: error:")]);
  });

  it("a folder stands for what can be read in it, and a name for a scenario of the package", async () => {
    const text = "file: { size: 4k }\nthreads: { w: [{ write: 0..4k }] }\n";
    const cwd = directoryWith({ "notes.txt": "no input" });
    for (const name of ["b", "a"]) writeFileSync(join(cwd, `${name}.yaml`), `name: ${name}\n${text}`);
    const folder = await stalemap(["check", "."], { cwd });
    expect([folder.status, folder.stdout.match(/^ok \S+/gm)]).toEqual([0, ["ok a.yaml:", "ok b.yaml:"]]);
    const named = await stalemap(["judge", "unwritten-tail", "-k", "6.0"], { cwd });
    expect([named.status, named.stdout]).toEqual([
      1,
      expect.stringContaining("unwritten-tail on 6.0: content"),
    ]);
  });
});
