/**
 * Every format that stalemap reads: undamaged samples, and what a command does with a text of it up to the first steps
 * of a run. Tokens are damaged below their checksum, which would refuse all damage above it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { loadTraces, parseFile, VOCABULARY } from "../../src/cli/input/files.js";
import { readInput } from "../../src/cli/input/run-input.js";
import { choicesOf } from "../../src/explore/run/choice-lists.js";
import { subjectOf } from "../../src/explore/run/subject.js";
import { RandomWalk } from "../../src/explore/strategies/random.js";
import { makeRng } from "../../src/explore/strategies/rng.js";
import { modelOf } from "../../src/kernel/versions/releases.js";
import { fixesOf } from "../../src/kernel/versions/variant.js";
import { parseConsole } from "../../src/real/machine/console.js";
import { parseRecordConsole } from "../../src/real/record/record-console.js";
import { parseTrace } from "../../src/real/traces/trace-format.js";
import { checksum, fromBase64Url, toBase64Url } from "../../src/scenario/byte-stream.js";
import { parseVariant } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import { encodeToken } from "../../src/scenario/token.js";
import type { Scenario } from "../../src/scenario/types.js";
import { type Diagnostic, renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { doJob } from "../../src/tasks/index.js";
import { misfitText } from "../../src/verdict/fit-text.js";
import { conform, TRACE_KERNELS, TRACE_NAMES, traceText } from "../real/traces.js";
import { witnesses } from "../scenarios.js";

export interface Format {
  readonly name: string;
  readonly samples: readonly string[];
  /** Reads a text as a command does and runs what it says; gives what is shown of its faults. */
  readonly take: (text: string) => string;
  /** From a damaged sample to the text that is read. */
  readonly seal?: (sample: string) => string;
}

const FSX = [
  "write 0x0 0x1000 0x0\nmapwrite 0x800 0x400 0x1000\ntruncate 0x0 0x600 0x1000\nmapread 0x0 0x600 0x600\nfsync\n",
  "skip punch_hole 0x200 0x400 0x1000 keep_size\nfallocate 0x0 0x2000 0x0\nzero_range 0x10 0x20 0x2000\nread 0x0 0x20 0x2000 *\n",
];

const CONSOLE =
  "[ 1.2] noise\n@@stalemap kernel Linux version 6.1.0-56-cloud-amd64 (a@b) #1 SMP Debian 6.1.192-2 (2026)\n" +
  "@@stalemap run 0-eof-punch 0 1\nverdict: data lost\n@@stalemap run 0-eof-punch 1 0\n@@stalemap trace 4k-any-s1\n" +
  "H4sIAAAAAAAAA6tWKlOyMtRRyi8oVrKKjq0FAM3nQ6oTAAAA\n@@stalemap end 4k-any-s1\n@@stalemap failed b exit 2: x\n";

function shown(diagnostics: readonly Diagnostic[]): string {
  return renderDiagnostics(diagnostics);
}

/** Checks what a scenario's printed form promises, and runs it once on a kernel that has most bugs and on one that has none. */
function runOnce(scenario: Scenario): string {
  printScenario(scenario);
  for (const base of ["6.0", "cured"]) {
    const { engine } = subjectOf({ scenario, variant: { base, with: [], without: [] } });
    engine.run(new RandomWalk(makeRng("mutated"), 0.5));
    choicesOf(engine);
  }
  return "";
}

function takeFile(name: string): (text: string) => string {
  return (text) => {
    const read = parseFile(name, text);
    return "diagnostics" in read ? shown(read.diagnostics) : runOnce(read.scenario);
  };
}

function takeRun(text: string): string {
  const { run, isPinned } = readInput(text, {});
  return isPinned ? "" : runOnce(run.scenario);
}

function takeTrace(text: string): string {
  const read = parseTrace(text, "a.json");
  if ("diagnostics" in read) return shown(read.diagnostics);
  const variant = { base: modelOf(read.trace.kernel) ?? "6.18", with: [], without: [] };
  conform(read.trace, { model: variant.base, fixes: fixesOf(variant) });
  return takeFile("a.json")(text);
}

function takeVariant(text: string): string {
  const read = parseVariant(text, "variant.yaml", VOCABULARY);
  return "diagnostics" in read ? shown(read.diagnostics) : "";
}

/** A token of what the letters of a damaged one say, with the checksum that it should have. */
function sealed(token: string): string {
  const [head = "", letters = ""] = token.split(".");
  const body = fromBase64Url(letters.replace(/[^A-Za-z0-9_-]/g, "A")).subarray(0, -4);
  return `${head}.${toBase64Url([...body, ...checksum(body)])}`;
}

function tokens(): string[] {
  return witnesses()
    .slice(0, 12)
    .map((scenario) => {
      const variant = { base: "6.0", with: [], without: ["validate"] };
      const { engine } = subjectOf({ scenario, variant });
      engine.run(new RandomWalk(makeRng("token"), 0.5));
      return encodeToken({ scenario, variant, choices: choicesOf(engine) });
    });
}

/** The files of the tree that hold what a scenario file can say. */
function scenarioTexts(): string[] {
  return ["scenarios/witnesses", "scenarios/examples", "scenarios/real"].flatMap((folder) =>
    readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8")),
  );
}

const REPORTS = "test/data/public-reports";

function reports(form: RegExp): string[] {
  return readdirSync(REPORTS)
    .filter((file) => form.test(file))
    .map((file) => readFileSync(`${REPORTS}/${file}`, "utf8"));
}

/** What fsx prints, with fewer lines of it: a run of thousands of operations is not what is tried here. */
function logs(): string[] {
  const live = "7 pollute_eof\t0x1d0 thru\t0xfff\t(0xe30 bytes)\n7 trunc\tfrom 0x1d0 to 0x3\n8 close/open\n";
  const ltp = "fsx-linux.c:1: TINFO: Writing at offset=7, size=9\nfsx-linux.c:2: TINFO: Truncating to 5\n";
  return [...reports(/^(07|10|11|12).*\.log$/), live, ltp].map((text) => `# fsx -e 1 -l 256k\n${text}`);
}

function programs(): string[] {
  return [...reports(/^4[678]/), "xfs_io> pwrite 0 4k\nxfs_io> fpunch -k 1k 1k\nxfs_io> mread -r 0 512\n"];
}

await loadTraces();

const SMALL_TRACES = TRACE_NAMES.filter((name) => /small|wstop/.test(name)).slice(0, 4);

/** Read, and held to a model, as far as a search of a moment goes. */
function takeKernelTrace(text: string): string {
  const read = parseFile("a.txt", text);
  if ("diagnostics" in read) return renderDiagnostics(read.diagnostics);
  const { scenario } = read;
  const variant = { base: "5.10", with: [], without: [] };
  let asked = 0;
  const job = { kind: "fit" as const, subject: { scenario, variant }, mask: -1 };
  const fitted = doJob(job, () => ++asked > 2);
  if (fitted.misfit === undefined || scenario.observed === undefined) return "";
  return misfitText(scenario.observed, variant, fitted.misfit);
}

export const FORMATS: readonly Format[] = [
  { name: "scenario", samples: scenarioTexts(), take: takeFile("a.yaml") },
  {
    name: "pinned scenario",
    samples: scenarioTexts().filter((text) => /^(schedule|order):/m.test(text)),
    take: takeFile("a.yaml"),
  },
  { name: "fsx", samples: FSX, take: takeFile("a.fsxops") },
  { name: "fsx log", samples: logs(), take: takeFile("a.log") },
  { name: "program", samples: programs(), take: takeFile("a.txt") },
  {
    name: "kernel trace",
    samples: ["lost-5.10.txt", "lost-6.18.txt", "begun-6.18.txt"].map((name) =>
      readFileSync(`test/data/kernel-events/${name}`, "utf8"),
    ),
    take: takeKernelTrace,
  },
  { name: "pasted token", samples: tokens().map((token) => `$ npx stalemap repro ${token}`), take: takeRun },
  {
    name: "trace",
    samples: TRACE_KERNELS.flatMap((k) => SMALL_TRACES.map((n) => traceText(k, n))),
    take: takeTrace,
  },
  { name: "token", samples: tokens(), take: takeRun },
  { name: "token below its checksum", samples: tokens(), take: takeRun, seal: sealed },
  { name: "case seed", samples: ["7:6.0:1:7", "7:6.2+3-4:a/b:123456", "7:cured-38:x:0"], take: takeRun },
  {
    name: "variant",
    samples: ["name: mine\nbase: 6.2\nwith: [validate, punch-on-stale]\nwithout: [scan-limit-eof]\n"],
    take: takeVariant,
  },
  {
    name: "console",
    samples: [CONSOLE],
    take: (text) => {
      const { problems } = parseConsole(text, [{ name: "0-eof-punch", mount: "/4k", repeat: 2 }]);
      parseRecordConsole(text, (name, json) => takeTrace(json) + name);
      return problems.join("\n");
    },
  },
];
