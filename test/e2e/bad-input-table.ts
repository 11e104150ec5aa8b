/**
 * Malformed flags, names, tokens, seeds and files, each with the first line on stderr and the exit status.
 */
import { MODEL } from "../../src/kernel/versions/model-version.js";
import { RELEASES } from "../../src/kernel/versions/releases.js";
import { formatsFor } from "../../src/report/formats/index.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { encodeToken } from "../../src/scenario/token.js";
import type { Scenario } from "../../src/scenario/types.js";
import { quoted } from "../../src/scenario/yaml/diagnostic.js";
import { noOperation } from "../scenario/no-operation.js";

export interface BadInput {
  readonly args: readonly string[];
  readonly status: number;
  /** First line on stderr that is an error. */
  readonly line: string;
  /** Files in the directory where it runs. */
  readonly files?: Readonly<Record<string, string>>;
}

const KERNELS = RELEASES.map((r) => r.name).join(", ");

const OK = "name: x\nfile: { size: 12k }\nthreads: { w: [{ write: 0..4k }] }\n";
const EXPECTING = `${OK}expect: { "6.0": ok }\n`;
const A = { "a.yaml": EXPECTING };

const TOKEN = encodeToken({
  scenario: (parseScenario(OK, "x.yaml") as { scenario: Scenario }).scenario,
  variant: { base: "6.0", with: [], without: [] },
  choices: [],
});
const FOREIGN = `sm999${TOKEN.slice(TOKEN.indexOf("."))}`;
const CUT = TOKEN.slice(0, -4);
const DAMAGED = `${TOKEN.slice(0, 12)}${TOKEN[12] === "A" ? "B" : "A"}${TOKEN.slice(13)}`;
const HUGE = `sm${MODEL}.${"A".repeat(30_000)}`;

/** Options that cannot all be meant, and the line that says so. */
const CONTRARY = [
  ["--realizable --preemptions 1", "error: --realizable and --preemptions cannot both be meant"],
  ["--realizable --exact", "error: --realizable and --exact cannot both be meant"],
  ["--realizable --bfs", "error: --realizable and --bfs cannot both be meant"],
  ["--realizable --fine", "error: --realizable and --fine cannot both be meant"],
  ["--bfs --preemptions 1", "error: --bfs and --preemptions cannot both be meant"],
] as const;
const EMPTY = [
  ["run", "--out", "--out"],
  ["export", "-o", "--output"],
  ["real", "--fs-image", "--fs-image"],
  ["bisect", "--bad", "--bad"],
] as const;

/** Outputs that would replace one another, or what is read. */
const REPLACING = [
  ["run --kernel 6.2 --reporter json=r --reporter jsonl=./r", "./r is written already"],
  ["run --kernel 6.2 --reporter json=a.yaml", "a.yaml is read"],
  ["run --kernel v.yaml --reporter json=./v.yaml", "./v.yaml is read"],
  ["export -o a.yaml", "a.yaml is read"],
  ["export -o x --reporter json=x", "x is written already"],
  ["bisect --exec false --log x --reporter json=x", "x is written already"],
  ["backport --kernel 6.2 --reporter json=a.yaml --scenario", "a.yaml is read"],
] as const;

export const BAD_INPUTS: readonly BadInput[] = [
  {
    args: ["real", "a.yaml", "--fs-image", "a.yaml"],
    status: 128,
    line: "error: cannot write into a.yaml: it is not a directory",
    files: A,
  },
  {
    args: ["campaign", "status", "nightly", "--store", "/proc/stalemap"],
    status: 128,
    line: "error: cannot write into /proc/stalemap: no such file",
  },
  {
    args: ["export", "eof-punch", "-k", "6.2", "-o", "/proc/stalemap/a.c"],
    status: 128,
    line: "error: cannot write /proc/stalemap/a.c: no such file",
  },
  ...REPLACING.map(([command, what]) => ({
    args: [...command.split(" "), "a.yaml"],
    status: 129,
    line: `error: ${what}, and would be replaced`,
    files: { ...A, "v.yaml": 'base: "6.0"\n' },
  })),
  ...["repro", "step"].map((command) => ({
    args: [command, "a.yaml", "--kernel", "6.2"],
    status: 125,
    line: "error: a.yaml gives an order and no schedule, so no one run is meant",
    files: { "a.yaml": `${OK}order: ["w:copy_page_from_iter_atomic < w:xfs_iomap_write_unwritten"]\n` },
  })),
  {
    args: ["export", "a.yaml", "--kernel", "6.0"],
    status: 125,
    line: "error: a.yaml gives an order and no schedule that keeps it",
    files: { "a.yaml": `${OK}order: ["w:copy_page_from_iter_atomic < w:xfs_iomap_write_unwritten"]\n` },
  },
  // A name cannot add a line to what is said.
  { args: ["check", "a\nok b.yaml"], status: 128, line: "error: cannot read a·ok b.yaml: no such file" },
  {
    args: ["run", "a\nb.yaml"],
    status: 129,
    line: "error: a·b.yaml names no kernel (no expect)",
    files: { "a\nb.yaml": "name: a\nfile: { size: 0 }\nthreads: { w: [{ write: 0..4k }] }\n" },
  },
  ...CONTRARY.map(([flags, line]) => ({
    args: ["explore", "a.yaml", ...flags.split(" ")],
    status: 129,
    line,
    files: A,
  })),
  ...EMPTY.map(([command, flag, name]) => ({
    args: [command, "a.yaml", flag, ""],
    status: 129,
    line: `error: ${name}: expected a name or path, found ""`,
    files: A,
  })),
  {
    args: ["fuzz", "--strategy", "random", "--depth", "5"],
    status: 129,
    line: "error: --depth says nothing without --strategy pct",
  },
  {
    args: ["fuzz", "--strategy", "pct", "--realizable"],
    status: 129,
    line: "error: --realizable and --strategy pct cannot both be meant",
  },
  {
    args: ["fuzz", "--reporter", "jsonl", "--reporter", "github"],
    status: 129,
    line: "error: stdout takes one reporter, found jsonl and github",
  },
  { args: ["run", "-x.yaml"], status: 129, line: "error: unknown option '-x.yaml'" },
  {
    args: ["run", `${"x".repeat(6000)}.yaml`],
    status: 128,
    line: `error: cannot read ${"x".repeat(119)}…${"x".repeat(34)}.yaml: the name is too long`,
  },
  { args: [], status: 129, line: "Usage: stalemap [options] [command]" },
  { args: ["--frob"], status: 129, line: "error: unknown option '--frob'" },
  { args: ["runn"], status: 129, line: "error: unknown command 'runn'" },
  { args: ["Run"], status: 129, line: "error: unknown command 'Run'" },
  { args: ["help", "nothing"], status: 129, line: 'error: no command "nothing"' },
  { args: ["--json"], status: 129, line: "error: unknown option '--json'" },
  { args: ["frobnicate", "--json"], status: 129, line: "error: unknown command 'frobnicate'" },
  { args: ["run", "--json"], status: 129, line: "error: missing required argument 'files'" },
  { args: ["fuzz", "--json", "--frobnicate"], status: 129, line: "error: unknown option '--frobnicate'" },
  { args: ["run"], status: 129, line: "error: missing required argument 'files'" },
  { args: ["run", "--kernel", "6.0"], status: 129, line: "error: missing required argument 'files'" },
  { args: ["run", "missing.yaml"], status: 128, line: "error: cannot read missing.yaml: no such file" },
  { args: ["run", "."], status: 128, line: "error: there is no scenario in ." },
  { args: ["run", ""], status: 128, line: 'error: cannot read "": no such file' },
  {
    args: ["run", "a.yaml"],
    status: 129,
    line: "error: a.yaml names no kernel (no expect)",
    files: { "a.yaml": `${OK}` },
  },
  {
    args: ["run", "a.yaml", "--kernel", "6.1"],
    status: 128,
    line: 'error: no model of kernel "6.1"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--kernel", "5.4.20"],
    status: 128,
    line: 'error: no model of kernel "5.4.20"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--kernel", ""],
    status: 129,
    line: 'error: --kernel: expected names separated by commas, found ""',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--kernel", "6.0,"],
    status: 129,
    line: 'error: --kernel: expected names separated by commas, found "6.0,"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--kernel", "nope.yaml"],
    status: 128,
    line: "error: cannot read nope.yaml: no such file",
    files: A,
  },
  {
    args: ["run", "a.yaml", "--kernel", "v.yaml"],
    status: 128,
    line: 'v.yaml:1:7: error: expected the name of a kernel, found "6.3"',
    files: { "a.yaml": EXPECTING, "v.yaml": "base: 6.3\n" },
  },
  {
    args: ["run", "a.yaml", "--kernel", "v.yaml"],
    status: 128,
    line: 'v.yaml:2:8: error: expected the name of a fix, found "validat"',
    files: { "a.yaml": EXPECTING, "v.yaml": "base: cured\nwith: [validat]\n" },
  },
  { args: ["run", "a.yaml", "--with", "validat"], status: 128, line: 'error: no fix "validat"', files: A },
  { args: ["run", "a.yaml", "--with", "nonsense"], status: 128, line: 'error: no fix "nonsense"', files: A },
  {
    args: ["run", "a.yaml", "--with", "validate,,x"],
    status: 129,
    line: 'error: --with: expected names separated by commas, found "validate,,x"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--with", "validate", "--without", "validate"],
    status: 129,
    line: "error: validate is given to both --with and --without",
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "0"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "0"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "-1"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "-1"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "1e3"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "1e3"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "9007199254740993"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "9007199254740993"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "99999999999999999999999"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "99999999999999999999999"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", "1.5"],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found "1.5"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs", ""],
    status: 129,
    line: 'error: --runs: expected a whole number from 1 to 2^53, found ""',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--runs"],
    status: 129,
    line: "error: option '-n, --runs <n>' argument missing",
    files: A,
  },
  {
    args: ["run", "a.yaml", "--jobs", "0"],
    status: 129,
    line: 'error: --jobs: expected a whole number from 1 to 64, found "0"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--jobs", "65"],
    status: 129,
    line: 'error: --jobs: expected a whole number from 1 to 64, found "65"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "-j", "two"],
    status: 129,
    line: 'error: --jobs: expected a whole number from 1 to 64, found "two"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--depth", "101"],
    status: 129,
    line: 'error: --depth: expected a whole number from 1 to 100, found "101"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--faults", "250"],
    status: 129,
    line: 'error: --faults: expected a whole number from 0 to 249, found "250"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--evictions", "-3"],
    status: 129,
    line: 'error: --evictions: expected a whole number from 0 to 250, found "-3"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--time", "0"],
    status: 129,
    line: 'error: --time: expected a duration such as 30, 30s, 5m or 1h, found "0"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--time", "10d"],
    status: 129,
    line: 'error: --time: expected a duration such as 30, 30s, 5m or 1h, found "10d"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--time", "1.5m"],
    status: 129,
    line: 'error: --time: expected a duration such as 30, 30s, 5m or 1h, found "1.5m"',
    files: A,
  },
  {
    args: ["real", "a.yaml", "--i-know"],
    status: 129,
    line: "error: --i-know goes with --forced",
    files: A,
  },
  {
    args: ["real", "a.yaml", "--forced", "--i-know", "--qemu", "linux-image-6.1.0-56-cloud-amd64"],
    status: 129,
    line: "error: --i-know is for this machine's own kernel, without --qemu",
    files: A,
  },
  { args: ["real", "trace"], status: 129, line: "error: real trace takes a command", files: A },
  {
    args: ["real", "trace", "--buffer", "1", "--", "true"],
    status: 129,
    line: "error: --buffer: expected 4k to 1024m, found 1",
    files: A,
  },
  {
    args: ["real", "record", "--buffer", "1m"],
    status: 129,
    line: "error: --buffer says nothing to real record",
    files: A,
  },
  {
    args: ["run", "a.yaml", "--strategy", "pctt"],
    status: 129,
    line: 'error: --strategy: expected one of mixed, random, sticky, pct, realizable, urw, found "pctt"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--oracle", "contents"],
    status: 129,
    line: 'error: --oracle: expected one of content, exposure, backing, results, accounting, progress, warning, found "contents"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--oracle", ""],
    status: 129,
    line: 'error: --oracle: expected names separated by commas, found ""',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--seed", "a:b"],
    status: 129,
    line: 'error: --seed: expected 1 to 100 characters without spaces or colons, found "a:b"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--seed", ""],
    status: 129,
    line: 'error: --seed: expected 1 to 100 characters without spaces or colons, found ""',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--reporter", "xml"],
    status: 129,
    line: `error: --reporter: expected one of ${formatsFor(["run"]).join(", ")}, found "xml"`,
    files: A,
  },
  {
    args: ["run", "a.yaml", "--color", "sometimes"],
    status: 129,
    line: 'error: --color: expected one of auto, always, never, found "sometimes"',
    files: A,
  },
  {
    args: ["run", "a.yaml", "--colour", "never"],
    status: 129,
    line: "error: unknown option '--colour'",
    files: A,
  },
  {
    args: ["run", "a.yaml", "--json=yes"],
    status: 129,
    line: "error: unknown option '--json=yes'",
    files: A,
  },
  { args: ["check"], status: 129, line: "error: missing required argument 'files'" },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: "a.yaml:1:1: error: expected a scenario, found an empty file",
    files: { "a.yaml": "" },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: "a.yaml:1:1: error: expected at least one operation, in setup or in threads",
    files: { "a.yaml": "name: x\nfile: { size: 12 k }\n" },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: "a.yaml:1:4: error: expected a closing }",
    files: { "a.yaml": "{{{" },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: 'a.yaml:4:11: error: expected the name of a kernel, found "6.3"',
    files: { "a.yaml": `${OK}expect: { "6.3": ok }\n` },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: 'a.yaml:4:11: error: expected the name of a window, found "write-map-stale"',
    files: { "a.yaml": `${OK}reached: [write-map-stale]\n` },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: noOperation("a.yaml:3:18:", '"writ"')[0],
    files: { "a.yaml": "name: x\nfile: { size: 12k }\nthreads: { w: [{ writ: 0..4k }] }\n" },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: "a.yaml:4:13: error: expected a thread of this file, setup, reclaim or kworker/N;",
    files: { "a.yaml": `${OK}schedule: [ v end ]\n` },
  },
  {
    args: ["check", "a.fsx"],
    status: 128,
    line: 'a.fsx:1:9: error: expected a number below 2^53 such as 0x1000, found "zz"',
    files: { "a.fsx": "write 0 zz 0\n" },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: "a.yaml:1:1: error: expected text, found a NUL byte",
    files: { "a.yaml": "\u0000\u0001binary" },
  },
  {
    args: ["fuzz", "extra"],
    status: 129,
    line: "error: too many arguments for 'fuzz'. Expected 0 arguments but got 1.",
  },
  {
    args: ["fuzz", "--from", "-1"],
    status: 129,
    line: 'error: --from: expected a whole number from 0 to 2^53, found "-1"',
  },
  {
    args: ["fuzz", "--from", "x"],
    status: 129,
    line: 'error: --from: expected a whole number from 0 to 2^53, found "x"',
  },
  {
    args: ["fuzz", "--kernel", "6.0,6.2"],
    status: 129,
    line: "error: this command runs on one kernel",
  },
  { args: ["fuzz", "--out"], status: 129, line: "error: option '--out <dir>' argument missing" },
  {
    args: ["fuzz", "--seed", "1", "--out", "a.yaml"],
    status: 128,
    line: "error: cannot write into a.yaml: it is not a directory",
    files: A,
  },
  { args: ["repro"], status: 129, line: "error: missing required argument 'x'" },
  {
    args: ["repro", ""],
    status: 125,
    line: 'error: cannot use "": it is neither a file, nor a case seed, nor a token (sm<model>.<text>)',
  },
  {
    args: ["repro", "nowhere.yaml"],
    status: 128,
    line: "error: cannot read nowhere.yaml: no such file",
  },
  { args: ["repro", `sm${MODEL}.`], status: 125, line: `error: cannot use "sm${MODEL}.": it is cut short` },
  {
    args: ["repro", `sm${MODEL}.AAAA`],
    status: 125,
    line: `error: cannot use "sm${MODEL}.AAAA": it is cut short`,
  },
  {
    args: ["repro", `sm${MODEL}.!!!!`],
    status: 125,
    line: `error: cannot use "sm${MODEL}.!!!!": it is neither a file, nor a case seed, nor a token (sm<model>.<text>)`,
  },
  {
    args: ["repro", FOREIGN],
    status: 125,
    line: `error: cannot use ${quoted(FOREIGN)}: it is of model 999 and this is model ${MODEL}: the same choices would mean another run`,
  },
  {
    args: ["repro", CUT],
    status: 125,
    line: `error: cannot use ${quoted(CUT)}: its checksum is wrong: it is damaged or cut short`,
  },
  {
    args: ["repro", DAMAGED],
    status: 125,
    line: `error: cannot use ${quoted(DAMAGED)}: its checksum is wrong: it is damaged or cut short`,
  },
  {
    args: ["repro", HUGE],
    status: 125,
    line: `error: cannot use ${quoted(HUGE)}: it is longer than 20000 characters`,
  },
  {
    args: ["repro", TOKEN, "--kernel", "6.9"],
    status: 128,
    line: 'error: no model of kernel "6.9"',
  },
  { args: ["repro", TOKEN, "--with", "foo"], status: 128, line: 'error: no fix "foo"' },
  {
    args: ["repro", `${MODEL}:6.0:1`],
    status: 125,
    line: `error: cannot use "${MODEL}:6.0:1": it is neither a file, nor a case seed, nor a token (sm<model>.<text>)`,
  },
  {
    args: ["repro", "999:6.0:1:1"],
    status: 125,
    line: `error: cannot use "999:6.0:1:1": it is of model 999 and this is model ${MODEL}: the same seed would mean another run`,
  },
  {
    args: ["repro", `${MODEL}:6.9:1:1`],
    status: 125,
    line: `error: cannot use "${MODEL}:6.9:1:1": it is for kernel "6.9", which this version does not know`,
  },
  {
    args: ["repro", `${MODEL}:6.0+9999:1:1`],
    status: 125,
    line: `error: cannot use "${MODEL}:6.0+9999:1:1": it names fix number 9999, which this version does not know`,
  },
  {
    args: ["repro", `${MODEL}:6.0:1:9999999999999999`],
    status: 125,
    line: `error: cannot use "${MODEL}:6.0:1:9999999999999999": its number is over 2^53`,
  },
  {
    args: ["repro", "a.yaml"],
    status: 125,
    line: 'error: the schedule of a.yaml does not apply on 6.0: w ends without standing before __iomap_write_begin@1048576 (entry 1, "w until __iomap_write_begin@1m")',
    files: { "a.yaml": `${EXPECTING}schedule: [ w until __iomap_write_begin@1m ]\n` },
  },
  {
    args: ["repro", "a.yaml"],
    status: 125,
    line: 'error: the schedule of a.yaml does not apply on 6.0: kworker/7 is never born (entry 1, "kworker/7 end")',
    files: { "a.yaml": `${EXPECTING}schedule: [ kworker/7 end ]\n` },
  },
  { args: ["bisect"], status: 129, line: "error: missing required argument 'x'" },
  {
    args: ["bisect", `sm${MODEL}.x`],
    status: 125,
    line: `error: cannot use "sm${MODEL}.x": it is cut short`,
  },
  {
    args: ["bisect", "a.yaml", "--good", "6.22"],
    status: 128,
    line: 'error: no model of kernel "6.22"',
    files: A,
  },
  {
    args: ["bisect", "a.yaml", "--bad", "6"],
    status: 128,
    line: `error: no kernel "6"; there are ${KERNELS}`,
    files: A,
  },
  { args: ["backport"], status: 129, line: "error: backport is for one kernel" },
  {
    args: ["backport", "--kernel", "5.10,6.0"],
    status: 129,
    line: "error: backport is for one kernel",
  },
  {
    args: ["backport", "--kernel", "5.10", "--except", "304a68b9c63c"],
    status: 128,
    line: 'error: no commit "304a68b9c63c" is known here',
  },
  {
    args: ["backport", "--kernel", "5.10", "--order", "mine.txt"],
    status: 128,
    line: 'mine.txt:2:6: error: expected a commit, found "xfs:"',
    files: { "mine.txt": "# mine\npick xfs: punching\n" },
  },
  {
    args: ["backport", "--kernel", "5.10", "--order", "missing.txt"],
    status: 128,
    line: "error: cannot read missing.txt: no such file",
  },
  {
    args: ["backport", "--kernel", "5.10", "--order", "mine.txt", "--except", "304a68b"],
    status: 129,
    line: "error: --order and --except cannot both be meant",
    files: { "mine.txt": "304a68b\n" },
  },
  {
    args: ["backport", "--kernel", "5.10", "--scenario", "a.yaml", "b.yaml"],
    status: 129,
    line: 'error: two scenarios are called "x"',
    files: { ...A, "b.yaml": EXPECTING },
  },
  { args: ["matrix", "missing.yaml"], status: 128, line: "error: cannot read missing.yaml: no such file" },
  {
    args: ["matrix", "--kernel", "cure"],
    status: 128,
    line: `error: no kernel "cure"; there are ${KERNELS}`,
  },
  {
    args: ["list", "nothing"],
    status: 129,
    line: 'error: list: expected one of kernels, fixes, scenarios, ops, steps, strategies, oracles, windows, found "nothing"',
  },
  {
    args: ["list", "kernel"],
    status: 129,
    line: 'error: list: expected one of kernels, fixes, scenarios, ops, steps, strategies, oracles, windows, found "kernel"',
  },
  { args: ["schema", "--nope"], status: 129, line: "error: unknown option '--nope'" },
  { args: ["step"], status: 129, line: "error: missing required argument 'x'" },
  { args: ["step", `sm${MODEL}.x`], status: 125, line: `error: cannot use "sm${MODEL}.x": it is cut short` },
  {
    args: ["step", "nowhere/at/all.yaml"],
    status: 128,
    line: "error: cannot read nowhere/at/all.yaml: no such file",
  },
  ...["judge", "explore", "explain", "bisect --good 6.2 --bad 6.0"].map((command) => ({
    args: [...command.split(" "), "nowhere.yaml"],
    status: 128,
    line: "error: cannot read nowhere.yaml: no such file",
  })),
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: 'a.yaml:4:11: error: expected the name of a kernel, found "6.13"',
    files: { "a.yaml": `${OK}expect: { "6.13": ok }\n` },
  },
  {
    args: ["check", "a.yaml"],
    status: 128,
    line: 'a.yaml:1:50: error: expected what "fsync" takes, found nothing',
    files: { "a.yaml": "{ name: a, file: { size: 4k }, threads: { w: [ { fsync: } ] } }\n" },
  },
];
