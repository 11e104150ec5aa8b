import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findTool, nativeProblems, qemuProblems } from "../../src/real/machine/environment.js";
import { modelFor, runningKernel } from "../../src/real/machine/running-kernel.js";
import { realDocument, recordDocument } from "./documents.js";
import { BIN, commandOutcome, directoryWith, ROOT, stalemap, started, WITNESS } from "./program.js";

const problems = nativeProblems();
if (problems.length > 0) console.log(`stalemap real: skipped. ${problems.join(" ")}`);
const isNative = problems.length === 0;
const EOF_PUNCH = "scenarios/witnesses/eof-punch.yaml";

/** Images, mount points, mounts and loop devices below the directory. */
function leftIn(directory: string): string[] {
  const lines = (text: string) => text.split("\n").filter((line) => line.includes(directory));
  return [
    ...readdirSync(directory),
    ...lines(readFileSync("/proc/mounts", "utf8")),
    ...lines(execFileSync("losetup", ["-a"], { encoding: "utf8" })),
  ];
}

describe.runIf(isNative)("real", () => {
  const images = directoryWith();
  const kernel = isNative ? runningKernel() : "";
  const model = isNative ? modelFor(kernel) : undefined;
  const real = (...args: string[]) => stalemap(["real", ...args, "--fs-image", images]);

  afterAll(() => expect(leftIn(images)).toEqual([]));

  it("prints the kernel's verdict beside the model's, and ends in 1 when data is lost", async () => {
    for (const file of [EOF_PUNCH, WITNESS]) {
      const { status, stdout, stderr } = await real(file, "--repeat", "2");
      expect(stderr).toBe("");
      const [, verdict = ""] = /^ {2}verdict: data (lost|right)$/m.exec(stdout) ?? [];
      const judged = verdict === "lost" ? 1 : 0;
      expect(status).toBe(model === undefined ? 125 : judged);
      const says =
        model === undefined
          ? "no model of this kernel: the bytes expected are those of another's model"
          : `the model of ${model.base} says ${verdict}`;
      const [first] = stdout.replace(/\n {2}(?! )/, " ").split("\n");
      const name = file === WITNESS ? "unwritten-tail" : "eof-punch";
      const agree = model === undefined ? "" : ": they agree";
      const mark = verdict === "lost" ? "x" : "ok";
      expect(first?.split("  ")[0]).toContain(
        `${mark} ${name} on ${kernel}, 4k blocks: data ${verdict} in 2 runs; ${says}${agree}`,
      );
      expect(stdout).toMatch(/^ {6}expected 0x0\.\./m);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      if (model?.base === "6.18") expect([file, status]).toEqual([file, file === WITNESS ? 0 : 1]);
    }
  });

  it("has no trace of a command that touches no file there", async () => {
    const { status, stderr } = await real("trace", "-o", join(images, "t.txt"), "--", "/no/such");
    expect(status).toBe(125);
    expect(stderr).toContain("error: the command ended with status 127, and there was no event of a file");
    expect(leftIn(images)).toEqual([]);
  });

  it("gives one document with --json", async () => {
    const { status, stdout } = await real(EOF_PUNCH, "--block", "1k", "--repeat", "2", "--json");
    const { schema, results } = realDocument.parse(JSON.parse(stdout));
    expect(schema).toBe("stalemap/real/1");
    expect(results).toHaveLength(1);
    const [result] = results;
    expect(result).toMatchObject({ name: "eof-punch", block: 1024, kernel, runs: 2, problem: null });
    expect(result?.lost).toBe(status === 1 ? 2 : 0);
    expect(result?.agrees).toBe(model === undefined ? null : true);
  });

  it("puts many files into a table and names those that it leaves out", async () => {
    const declined = "scenarios/witnesses/zero-progress.yaml";
    const args = ["--matrix", WITNESS, EOF_PUNCH, declined, "--repeat", "1"];
    const { status, stdout, stderr } = await real(...args);
    expect(status).toBe(model === undefined ? 125 : 0);
    expect(stdout).toMatch(
      new RegExp(`^ +${kernel}\\nunwritten-tail 4k  (right|lost)\\neof-punch 4k       (right|lost)\\n$`),
    );
    expect(stderr).toContain(`left out  ${declined}: results: short write is not`);
    expect(stderr).not.toContain("error:");
    const document = await real(...args, "--json");
    const { schema, results } = realDocument.parse(JSON.parse(document.stdout));
    expect(schema).toBe("stalemap/real-matrix/1");
    expect(results.map((r) => r.name)).toEqual(["unwritten-tail", "eof-punch"]);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 143],
    ["SIGKILL", 137],
  ] as const)("leaves nothing behind after %s", async (signal, code) => {
    const directory = directoryWith();
    const args = ["real", WITNESS, "--repeat", "10000", "--fs-image", directory];
    const isMounted = () => execFileSync("losetup", ["-a"], { encoding: "utf8" }).includes(directory);
    let mounted = false;
    const { status, stdout } = await started(args, (child) => {
      const wait = setInterval(() => {
        if (child.exitCode === null && !isMounted()) return;
        clearInterval(wait);
        mounted = child.exitCode === null;
        setTimeout(() => child.kill(signal), 300);
      }, 20);
    });
    expect([mounted, status, stdout]).toEqual([true, code, ""]);
    // After SIGKILL somebody else clears up.
    await expect.poll(() => leftIn(directory), { timeout: 20_000 }).toEqual([]);
  });

  /** Runs it until it has printed a line, and interrupts it. */
  const interruptedAtFirst = (args: readonly string[]) =>
    started(args, (child) => child.stdout?.once("data", () => child.kill("SIGINT")));

  it("keeps what it has recorded when it is interrupted, and says how to go on", async () => {
    const output = directoryWith();
    const args = ["real", "record", "--seed", "5", "--ops", "20", "--count", "600", "-o", output];
    const { status, stdout, stderr } = await interruptedAtFirst([...args, "--fs-image", images]);
    const files = stdout.trimEnd().split("\n");
    expect([status, files.length]).toEqual([130, expect.any(Number)]);
    expect(readdirSync(join(output, kernel)).length).toBe(files.length);
    expect(stderr).toContain(`recorded ${files.length} of 600 traces\n`);
    const rest = `--seed ${5 + files.length} --count ${600 - files.length}`;
    expect(stderr).toContain(`try  npx stalemap real record ${rest} --ops 20`);
  });

  it("shows what there is of a table when it is interrupted, and says how to go on", async () => {
    const args = ["real", "--matrix", EOF_PUNCH, WITNESS, "--repeat", "300", "--fs-image", images];
    const { status, stdout, stderr } = await interruptedAtFirst([...args, "--reporter", "jsonl"]);
    expect(status).toBe(130);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).name),
    ).toEqual(["eof-punch"]);
    expect(stderr).toContain(`try  npx stalemap real --matrix ${WITNESS} --repeat 300 --fs-image ${images}`);
  });

  it.for([
    ["small", "4k"],
    ["any", "1k"],
    ["wstop", "1k"],
  ] as const)(
    "records a trace (%s, %s blocks) with which the model agrees",
    async ([kind, block], { skip }) => {
      const output = directoryWith();
      const args = ["record", "--seed", "11", "--ops", "50", "--kind", kind, "--block", block, "-o", output];
      const path = join(output, kernel, `${block}-${kind}-s11.json`);
      const { status, stdout } = await real(...args);
      expect([status, stdout]).toEqual([0, `${path}\n`]);
      const recorded = JSON.parse(readFileSync(path, "utf8"));
      expect([recorded.kernel, recorded.ops.length]).toEqual([kernel, 50]);
      skip(model === undefined, `there is no model of ${kernel}`);
      const conform = await stalemap(["conform", path, "--json"]);
      expect(conform.status, conform.stdout).toBe(0);
      const { total } = JSON.parse(conform.stdout);
      // not residency: a machine short of memory drops pages by itself
      expect(total).toMatchObject({ ops: 50, agree: { ret: 1, size: 1, contents: 1 } });
    },
  );

  it("records several seeds", async () => {
    const output = directoryWith();
    const { stdout } = await real("record", "--seed", "20", "--count", "3", "--ops", "5", "-o", output);
    const files = ["20", "21", "22"].map((seed) => join(output, kernel, `4k-any-s${seed}.json`));
    expect(stdout).toBe(files.map((file) => `${file}\n`).join(""));
    expect(files.map((file) => JSON.parse(readFileSync(file, "utf8")).seed)).toEqual([20, 21, 22]);
  });

  it("describes a recording with --json", async () => {
    const output = directoryWith();
    const { stdout } = await real("record", "--seed", "12", "--ops", "5", "-o", output, "--json");
    const document = recordDocument.parse(JSON.parse(stdout));
    const file = join(output, kernel, "4k-any-s12.json");
    expect(document).toMatchObject({ seed: 12, ops: 5, kind: "any", block: 4096, file });
  });
});

describe("real record", () => {
  it.each([
    [["--seed", "x"], /--seed: record needs a whole number/],
    [["--count", "0"], /--count/],
    [["more"], /takes options only, found more/],
    [["--repeat", "3"], /--repeat says nothing to real record/],
    [["--qemu", ""], /--qemu: expected a name or path, found ""/],
  ])("refuses %j", async (args, message) => {
    const { status, stdout, stderr } = await stalemap(["real", "record", ...args]);
    expect([status, stdout]).toEqual([129, ""]);
    expect(stderr).toMatch(message);
  });

  it.runIf(qemuProblems().length === 0)("has no trace of a kernel that there is not", async () => {
    const args = ["real", "record", "--qemu", "./no/such/kernel", "-o", directoryWith()];
    const { status, stdout, stderr } = await stalemap(args);
    expect([status, stdout]).toEqual([125, ""]);
    expect(stderr).toContain("./no/such/kernel is neither a directory nor the name of a Debian package");
  });
});

describe("what real needs and does not find", () => {
  const command = [process.execPath, BIN, "real", WITNESS] as const;

  it("gcc", async () => {
    const { status, stdout, stderr } = await stalemap(["real", WITNESS], { env: { PATH: directoryWith() } });
    expect([status, stdout]).toEqual([125, ""]);
    expect(stderr).toContain("gcc is missing: apt-get install gcc libc6-dev.");
  });

  it.runIf(isNative)("mkfs.xfs", async () => {
    const hide = `mount --bind /dev/null ${findTool("mkfs.xfs")} && exec "$@"`;
    const args = ["--mount", "sh", "-c", hide, "sh", ...command];
    const { status, stdout, stderr } = await commandOutcome("unshare", args, { cwd: ROOT });
    expect([status, stdout]).toEqual([125, ""]);
    expect(stderr).toBe("error: mkfs.xfs is missing: apt-get install xfsprogs.\n");
  });

  it.runIf(isNative)("root, for record too", async () => {
    for (const args of [command, [process.execPath, BIN, "real", "record"]]) {
      const { status, stdout, stderr } = await commandOutcome("unshare", ["--user", ...args], { cwd: ROOT });
      expect([status, stdout]).toEqual([125, ""]);
      expect(stderr).toBe("error: Not root: mounting and userfaultfd need it; run with sudo.\n");
    }
  });
});
