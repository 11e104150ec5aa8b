import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { patchSeries } from "../../src/bisect/series.js";
import { bisectDocument } from "./documents.js";
import { directoryWith, processesOf, stalemap, started, WITNESS } from "./program.js";

const plain = (base: string) => ({ base, with: [], without: [] });
const PATCHES = patchSeries(plain("6.2"), plain("6.0")).patches;
const ENDS = ["--good", "6.2", "--bad", "6.0"];
/** Good since f43dc4dc3eff, the second of the patches. */
const SINCE_SECOND = 'case ",$STALEMAP_WITH," in *,punch-skips-dirty,*) exit 0;; *) exit 1;; esac';

describe.concurrent("bisect --exec", () => {
  const judgedBy = (command: string, ...more: string[]) =>
    stalemap(["bisect", WITNESS, ...ENDS, "--exec", command, ...more]);

  it("lets the command judge each variant by its environment", async () => {
    const { status, stdout } = await judgedBy(SINCE_SECOND);
    expect(status).toBe(0);
    expect(stdout).toMatch(/first good patch:\n {2}f43dc4dc3eff /);
    expect(stdout).toContain("--all says whether the series is monotone");
  });

  it("judges the end points first, no more than it needs, and names the commits", async () => {
    const answer = async (...more: string[]) =>
      bisectDocument.parse(JSON.parse((await judgedBy(SINCE_SECOND, "--json", ...more)).stdout));
    const { tried, isMonotone } = await answer();
    const commits = tried.map((t) => t.commit);
    expect(commits.slice(0, 2)).toEqual([null, PATCHES.at(-1)?.commit]);
    expect(commits.slice(2)).toEqual(expect.arrayContaining(["f43dc4dc3eff", "198dd8aedee6"]));
    expect(commits.length).toBeLessThan(PATCHES.length + 1);
    expect(isMonotone).toBeNull();
    const all = await answer("--all");
    expect([all.tried.length, all.isMonotone]).toEqual([PATCHES.length + 1, true]);
  });

  it("names commit and scenario", async () => {
    const script =
      'test -f "$STALEMAP_SCENARIO" || exit 128; echo "[$STALEMAP_KERNEL $STALEMAP_COMMIT]"; exit 125';
    const { status, stderr } = await judgedBy(script);
    expect(status).toBe(125);
    expect(stderr).toContain("[6.0 ]");
    expect(stderr).toContain(`[6.0 ${PATCHES.at(-1)?.commit}]`);
  });

  it("is aborted by a status of 128 and above", async () => {
    const { status, stderr } = await judgedBy("exit 130");
    expect(status).toBe(125);
    expect(stderr).toContain("error: --exec ended with status 130, which aborts the bisection");
  });

  it("says that a series is not monotone", async () => {
    const { stdout } = await judgedBy(
      `case "$STALEMAP_COMMIT" in 198d*|${PATCHES.at(-1)?.commit}) exit 0;; *) exit 1;; esac`,
      "--all",
    );
    expect(stdout).toContain("not monotone");
    expect(stdout).toContain(`first good patch:\n  ${PATCHES.at(-1)?.commit} `);
  });
});

describe.concurrent("bisect --exec aborts", () => {
  it.each([
    ["", 129, "--exec: "],
    [" \t", 129, "--exec: no command"],
    ["/nonexistent/judge", 125, "--exec ended with status 127: no such command"],
    ["./package.json", 125, "--exec ended with status 126: it cannot be executed"],
    ["exit 128", 125, "--skip-invalid makes 128 a skip"],
    ["exit 134", 125, "--exec ended with status 134, which aborts"],
    ["kill -KILL $$", 125, "--exec was killed by SIGKILL"],
  ])("%j ends in %i", async (command, code, message) => {
    const place = directoryWith();
    const args = ["bisect", WITNESS, ...ENDS, "--exec", command];
    const { status, stdout, stderr } = await stalemap(args, { env: { TMPDIR: place } });
    expect([status, stdout]).toEqual([code, ""]);
    expect(stderr).toContain(message);
    expect(readdirSync(place)).toEqual([]);
  });

  it("where there is no place for its files", async () => {
    const env = { TMPDIR: join(directoryWith({ file: "" }), "file", "x") };
    const { status, stderr } = await stalemap(["bisect", WITNESS, ...ENDS, "--exec", "true"], { env });
    expect([status, stderr]).toEqual([125, expect.stringContaining("error: no temporary directory")]);
  });

  it("but skips a 128 with --skip-invalid", async () => {
    const args = ["bisect", WITNESS, ...ENDS, "--exec", "exit 128", "--skip-invalid"];
    const { status, stdout } = await stalemap(args);
    expect([status, stdout]).toEqual([125, expect.stringContaining("the bad kernel could not be judged")]);
  });
});

describe.concurrent("bisect --log", () => {
  const bisected = (cwd: string, command: string, ...more: string[]) =>
    stalemap(["bisect", "a.yaml", ...ENDS, "--log", "log", "--exec", command, ...more], { cwd });
  const place = () => directoryWith({ "a.yaml": readFileSync(WITNESS, "utf8") });
  /** Says who it is, and aborts from the third time on unless there is a file of the name `go`. */
  const SCRIPT = `echo "[$STALEMAP_COMMIT]" >> seen; [ $(wc -l < seen) -lt 3 ] || [ -e go ] || exit 130; ${SINCE_SECOND}`;

  it("is gone on with: nothing is judged twice", async () => {
    const cwd = place();
    const first = await bisected(cwd, SCRIPT);
    expect(first.status).toBe(125);
    expect(first.stderr).toMatch(/^try {2}npx stalemap bisect a\.yaml .*--exec '.*' --resume$/m);
    expect(readFileSync(join(cwd, "log"), "utf8").trimEnd().split("\n")).toHaveLength(3);
    writeFileSync(join(cwd, "go"), "");
    const second = await bisected(cwd, SCRIPT, "--resume");
    expect([second.status, second.stdout]).toEqual([0, expect.stringMatching(/first good patch:\n {2}f43d/)]);
    const seen = readFileSync(join(cwd, "seen"), "utf8").trimEnd().split("\n");
    expect(seen.slice(0, 2)).toEqual(["[]", `[${PATCHES.at(-1)?.commit}]`]);
    // The third aborted, and came again.
    expect(seen[3]).toBe(seen[2]);
    expect(new Set(seen).size).toBe(seen.length - 1);
    const third = await bisected(cwd, SCRIPT, "--resume");
    expect(third.stdout).toBe(second.stdout);
    expect(readFileSync(join(cwd, "seen"), "utf8").trimEnd().split("\n")).toEqual(seen);
  });

  it("is refused when it is there already, of another question, or no log", async () => {
    const cwd = place();
    await bisected(cwd, "exit 125");
    const outcomes = [
      await bisected(cwd, "exit 125"),
      await bisected(cwd, "exit 1", "--resume"),
      await bisected(
        directoryWith({ log: "x", "a.yaml": readFileSync(WITNESS, "utf8") }),
        "true",
        "--resume",
      ),
      await bisected(place(), "true", "--resume"),
    ];
    const messages = [
      /log is there already\n {2}--resume goes on with it/,
      /log is of another question: exec was "exit 125", now it is "exit 1"/,
      /log:1: not a line of a bisection's log: this is not JSON/,
      /cannot read log: no such file/,
    ];
    for (const [i, { status, stdout, stderr }] of outcomes.entries())
      expect([status, stdout, stderr]).toEqual([128, "", expect.stringMatching(messages[i]!)]);
  });

  it.each([
    [["--resume"], "--resume: no log to go on with"],
    [["--skip-invalid"], "--skip-invalid is about --exec"],
  ])("%j alone is wrong", async (more, message) => {
    const { status, stderr } = await stalemap(["bisect", WITNESS, ...ENDS, ...more]);
    expect([status, stderr]).toEqual([129, expect.stringContaining(message)]);
  });
});

describe("the command of bisect --exec", () => {
  it("gets the schedule of a token", async () => {
    const shown = await stalemap(["explore", WITNESS, "--kernel", "6.0", "--json"]);
    const { token } = JSON.parse(shown.stdout).finding as { readonly token: string };
    const cwd = directoryWith();
    const copy = 'cp "$STALEMAP_SCENARIO" given.yaml; exit 125';
    await stalemap(["bisect", token, "--good", "6.2", "--exec", copy], { cwd });
    const again = await stalemap(["repro", "given.yaml", "--kernel", "6.0", "--json"], { cwd });
    expect(readFileSync(join(cwd, "given.yaml"), "utf8")).toContain("\nschedule:\n");
    expect(JSON.parse(again.stdout).finding.kind).toBe(JSON.parse(shown.stdout).finding.kind);
    expect(JSON.parse(again.stdout).finding.token).toBe(token);
  });

  const ENDLESS = "echo ready; while :; do sleep 0.05; done";
  it.each([
    ["SIGTERM", `trap 'echo told; exit 0' TERM; ${ENDLESS}`, ["SIGTERM"], 143, true],
    ["SIGINT", `trap 'echo told; exit 0' INT; ${ENDLESS}`, ["SIGINT"], 130, true],
    ["what it started", `(${ENDLESS}) & wait`, ["SIGTERM"], 143, false],
    ["the second signal", `trap '' INT TERM; ${ENDLESS}`, ["SIGTERM", "SIGTERM"], 143, false],
    ["SIGKILL", `trap '' INT TERM; ${ENDLESS}`, ["SIGKILL"], 137, false],
  ] as const)("hears of %s, and nothing is left of it", async (_, command, signals, code, isTold) => {
    const place = directoryWith();
    const args = ["bisect", WITNESS, ...ENDS, "--exec", command];
    const { status, stderr } = await started(
      args,
      (child, seen) => {
        const wait = setInterval(() => {
          if (!seen().includes("ready")) return;
          clearInterval(wait);
          for (const [i, signal] of signals.entries()) setTimeout(() => child.kill(signal), 300 * i);
        }, 20);
      },
      { env: { TMPDIR: place } },
    );
    expect([status, stderr.includes("told")]).toEqual([code, isTold]);
    // After SIGKILL somebody else clears up.
    await expect.poll(() => [...readdirSync(place), ...processesOf(place)], { timeout: 20_000 }).toEqual([]);
  });
});
