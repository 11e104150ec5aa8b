/**
 * What is killed, and what must be there afterwards. One entry per command.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parseFile } from "../../../src/cli/input/files.js";
import { readInput } from "../../../src/cli/input/run-input.js";
import { examine } from "../../../src/explore/finding/finding.js";
import { subjectOf } from "../../../src/explore/run/subject.js";
import { nativeProblems } from "../../../src/real/machine/environment.js";
import { decodeToken } from "../../../src/scenario/token.js";
import { processesOf } from "../program.js";

export interface Victim {
  readonly name: string;
  /** Run in an empty folder; `root` is the checkout. */
  readonly args: (root: string) => readonly string[];
  /** Milliseconds that it works for at most before it is killed. */
  readonly longest: number;
  /** What is started next in the same folder. */
  readonly next: (root: string) => readonly string[];
  check(folder: string, stdout: string, told: string): void;
  /** What is left of it outside the folder, after that. */
  readonly left?: (folder: string) => readonly string[];
}

const shown = new Set<string>();

/** Every finding that was printed has its file, and every file is whole and shows what it says. */
function checkFindings(folder: string, stdout: string, told: string): void {
  const printed = [...stdout.matchAll(/^ {2}keep {6}(.*)$/gm)].map(([, file]) => join(folder, file!));
  expect(
    printed.filter((file) => !existsSync(file)),
    told,
  ).toEqual([]);
  const out = join(folder, "found");
  const files = existsSync(out) ? readdirSync(out).filter((name) => !name.endsWith(".tmp")) : [];
  for (const file of files.map((name) => join(out, name))) {
    const text = readFileSync(file, "utf8");
    if (shown.has(text)) continue;
    const read = parseFile(file, text);
    expect(read, `${file}\n${told}`).toHaveProperty("scenario");
    const { run, isPinned } = readInput(file, {});
    const [stated] = "scenario" in read ? [...read.scenario.expect, ...read.scenario.variants] : [];
    expect(isPinned, told).toBe(true);
    expect(examine(subjectOf(run), run.choices)?.kind, `${file}\n${text}`).toBe(stated?.kind);
    shown.add(text);
  }
}

/** Every token of a failing run that was printed can be read. */
function checkTokens(_folder: string, stdout: string, told: string): void {
  for (const [, token] of stdout.matchAll(/npx stalemap repro (\S+)/g))
    expect(decodeToken(token!), told).toHaveProperty("run");
}

const bisection = (root: string) =>
  ["bisect", witness(root, "unwritten-tail"), "--good", "6.2", "--bad", "6.0"] as const;

const witness = (root: string, name: string) => join(root, "scenarios/witnesses", `${name}.yaml`);

export const VICTIMS: readonly Victim[] = [
  {
    name: "fuzz",
    args: () => ["fuzz", "--kernel", "6.0", "--seed", "1", "--keep-going", "--jobs", "2", "--out", "found"],
    longest: 12_000,
    next: () => ["fuzz", "--seed", "1", "--runs", "1", "--out", "found"],
    check: checkFindings,
  },
  {
    name: "run",
    args: (root) => [
      "run",
      ...["unwritten-tail", "eof-punch", "leaked-delalloc"].map((name) => witness(root, name)),
      ...["--kernel", "5.10,6.0,6.2", "--runs", "3000", "--out", "found"],
    ],
    longest: 5_000,
    next: (root) => ["run", witness(root, "unwritten-tail"), "--kernel", "6.0", "--out", "found"],
    check: checkFindings,
  },
  {
    name: "explore",
    args: (root) => [
      "explore",
      join(root, "scenarios/grid/p3w3k3.yaml"),
      "--kernel",
      "cured",
      "--time",
      "60s",
    ],
    longest: 6_000,
    next: (root) => ["check", witness(root, "unwritten-tail")],
    check: checkTokens,
  },
  {
    name: "bisect",
    args: (root) => [
      ...bisection(root),
      ...["--log", "log", "--exec", "sleep 0.4; [ $STALEMAP_WITH ]; exit $((! $?))"],
    ],
    longest: 4_000,
    next: (root) => [...bisection(root), "--exec", "true"],
    check: checkLog,
    left: processesOf,
  },
  ...(nativeProblems().length > 0
    ? []
    : [
        {
          name: "real",
          args: (root: string) => ["real", witness(root, "eof-punch"), "--repeat", "2000"],
          longest: 5_000,
          next: (root: string) => ["real", witness(root, "eof-punch"), "--repeat", "1"],
          check: () => {},
          left: (folder: string) => [
            ...processesOf(folder),
            ...(execFileSync("losetup", ["-a"], { encoding: "utf8" }).match(
              new RegExp(`.*${folder}.*`, "g"),
            ) ?? []),
            ...(readFileSync("/proc/mounts", "utf8").match(new RegExp(`.*${folder}.*`, "g")) ?? []),
          ],
        },
      ]),
];

/** Every verdict that was printed is in the log, which is whole. */
function checkLog(folder: string, stdout: string, told: string): void {
  const file = join(folder, "log");
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  const verdicts = lines.slice(1).map((line) => (JSON.parse(line) as { verdict: string }).verdict);
  const printed = [...stdout.matchAll(/^(?:good|bad|\?) +(?!no answer)/gm)];
  expect(printed.length, told).toBeLessThanOrEqual(verdicts.length);
}
