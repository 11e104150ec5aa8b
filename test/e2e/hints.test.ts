/**
 * Every command that is printed as one to try next is run where it was printed: it must be accepted, and end as the run
 * did that it is about. Which hints there are is read from the source, so that a new one is missed here.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { standIn, writeTree } from "../tree/stand-in.js";
import { ManyCommands } from "./many-commands.js";
import { BIN, directoryWith, ROOT, WITNESS } from "./program.js";

const CLEAN = "name: clean\nfile: { size: 8k }\nthreads: { w: [ { write: 0..4k } ] }\n";
const OTHERWISE = readFileSync(join(ROOT, WITNESS), "utf8").replace(/expect: content/g, "expect: ok");
const VARIANT = "base: 6.0\nwith: [validate]\n";
const FILES = {
  "clean.yaml": CLEAN,
  "b.yaml": CLEAN,
  "other.yaml": OTHERWISE,
  "variant.yaml": VARIANT,
};

/** In the checkout as npx runs it, and in some folder as a file that node runs. */
const PLACES = [
  { place: "checkout", npm: "exec", program: "npx stalemap" },
  { place: "elsewhere", npm: "", program: `node ${BIN}` },
] as const;

/** Where a command is not run as it stands: what takes minutes or another machine is run for less. */
function cheaper(words: readonly string[]): readonly string[] {
  const [command, ...rest] = words;
  if (command === "matrix" && !rest.some((word) => word.endsWith(".yaml"))) return [...words, "eof-punch"];
  // Takes the same run and options, and compiles nothing.
  if (command === "real") return ["export", ...rest, "-o", "-"];
  if (command === "fuzz") return [...words, ...(rest.includes("--runs") ? [] : ["--runs", "20"])];
  return words;
}

interface Start {
  readonly words: readonly string[];
  /** The kernel that the answers to what is suggested name, too. */
  readonly on?: string;
  readonly stopAt?: string;
}

const STARTS: readonly Start[] = [
  { words: ["demo"] },
  { words: ["run", "unwritten-tail", "-k", "6.0"], on: "6.0" },
  {
    words: ["run", "unwritten-tail", "-k", "6.0", "--with", "validate", "--oracle", "content"],
    on: "6.0 with validate",
  },
  { words: ["run", "unwritten-tail", "-k", "variant.yaml"], on: "6.0 with validate" },
  {
    words: ["run", "other.yaml", "clean.yaml", "-k", "6.0", "--without", "discard-end"],
    on: "6.0 without discard-end",
  },
  {
    words: ["run", "unwritten-tail", "eof-punch", "-k", "6.0"],
    on: "6.0",
  },
  { words: ["repro", "clean.yaml", "-k", "variant.yaml", "--evictions", "1"], on: "6.0 with validate" },
  { words: ["repro", "unwritten-tail", "-k", "6.0"], on: "6.0" },
  {
    words: [
      "fuzz",
      "-k",
      "6.2",
      "--with",
      "scan-limit-eof",
      "--seed",
      "5",
      "--oracle",
      "content",
      "--out",
      "f",
    ],
  },
  { words: ["fuzz", "-k", "variant.yaml", "--seed", "5", "--faults", "0"], on: "6.0 with validate" },
  { words: ["fuzz", "-k", "6.0", "--seed", "1", "--realizable"] },
  { words: ["fuzz", "-k", "cured", "--seed", "1", "--oracle", "content"], stopAt: "seed" },
  { words: ["explore", "unwritten-tail", "-k", "variant.yaml"], on: "6.0 with validate" },
  { words: ["explore", "eof-punch", "-k", "6.12", "--realizable"], on: "6.12" },
  {
    words: ["explain", "unwritten-tail", "-k", "variant.yaml", "-o", "my order.yaml"],
    on: "6.0 with validate",
  },
  { words: ["explain", "unwritten-tail", "-k", "6.0"], on: "6.0" },
  { words: ["export", "my order.yaml", "-k", "variant.yaml"], on: "6.0 with validate" },
  { words: ["bisect", "unwritten-tail", "--good", "6.2", "--bad", "6.0"] },
  { words: ["bisect", "unwritten-tail", "--good", "6.2", "--bad", "6.0", "--log", "log"], stopAt: "bisect" },
  { words: ["shrink", "unwritten-tail", "-k", "6.0", "--with", "validate"], on: "6.0 with validate" },
  { words: ["shrink", "clean.yaml", "-k", "6.0", "--evictions", "1"], on: "6.0" },
  { words: ["export", "eof-punch", "-k", "6.12", "-o", "x.c"] },
  { words: ["export", "clean.yaml", "-k", "6.12"] },
  { words: ["diff", "6.0", "variant.yaml"], on: "6.0 with validate" },
  { words: ["tree", "a tree"] },
  { words: ["explain", "unwritten-tail", "--tree", "open tree"] },
  { words: ["run", "clean.yaml", "-k", "6.0", "--with", "nothing-like-it"] },
  { words: ["run", "no-such.yaml"] },
  { words: ["explain", "no-such-name"] },
  { words: ["frobnicate"] },
  { words: ["help", "frobnicate"] },
  { words: ["run", "clean.yaml", "--frobnicate"] },
];

/** What nothing here shows, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "does them, on as many machines as you like": "campaigns, with STALEMAP_HINTS=1",
  "writes them as scenario files": "campaigns, with STALEMAP_HINTS=1",
  "shows what was found": "campaigns, with STALEMAP_HINTS=1",
  "runs their schedules again": "campaigns, with STALEMAP_HINTS=1",
  "goes on": "campaigns and recordings that are killed half-way",
  "the next kernel": "recordings under QEMU that are killed half-way",
  "the rest of the table": "tables of real kernels that are killed half-way",
  "is it a run of the model, and what was lost": "traces of the running kernel, which take root and tracefs",
  "keeps the run in a file": "a race whose token stays long however it is shrunk",
};

/** The commands in a text, as a shell reads them: to the end of the line, or to what is said of them. */
function hintsIn(text: string, program: string): string[][] {
  const lines = text.split("\n").flatMap((line) => {
    const at = line.indexOf(`${program} `);
    if (at < 0) return [];
    return [line.slice(at + program.length + 1).replace(/ {3}#.*| (shows|says|prints|finds|runs) .*$/, "")];
  });
  return [...new Set(lines)].map((line) =>
    execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" })
      .split("\0")
      .slice(0, -1),
  );
}

const seen = new Set<string>();

describe.each(PLACES)("what is suggested in the $place", ({ npm, program }) => {
  const many = new ManyCommands(npm);
  const cwd = directoryWith(FILES);
  const fixes = new Set(findRelease("6.12")!.fixes);
  const unclear = standIn(fixes);
  const text = unclear.get("mm/truncate.c")!;
  unclear.set("mm/truncate.c", text.replace("truncate_inode_partial_folio", "renamed"));
  writeTree(join(cwd, "a tree"), standIn(fixes));
  writeTree(join(cwd, "open tree"), unclear);
  afterAll(() => many.close());

  it.each(npm === "" ? STARTS : STARTS.filter(({ on }) => on === "6.0 with validate"))(
    "by $words",
    async ({ words, on, stopAt }) => {
      const { stdout, stderr } = await many.run({ words, cwd, stopAt });
      const hints = hintsIn(stderr + stdout, program);
      expect(hints, stderr).not.toEqual([]);
      for (const [, why] of stderr.matchAll(/ # (.*)$/gm)) seen.add(why!);
      for (const hint of hints) {
        const end = await many.run({ words: cheaper(hint), cwd });
        const what = `${hint.join(" ")}\n${end.stderr}`;
        expect([0, 1], what).toContain(end.status);
        if (["step", "repro"].includes(hint[0]!)) expect(end.status, what).toBe(1);
        if (on !== undefined && !["bisect", "matrix"].includes(hint[0]!))
          expect(`${end.stdout} ${end.stderr}`.replace(/\s+/g, " ").includes(on), what).toBe(true);
      }
    },
  );

  if (npm === "")
    it("in files that are written", async () => {
      for (const file of [join("f", readdirSync(join(cwd, "f"))[0]!), "my order.yaml"]) {
        const [, words = ""] = /stalemap run THIS-FILE (.*?)(?: runs.*)?$/m.exec(
          readFileSync(join(cwd, file), "utf8"),
        )!;
        const { status, stderr } = await many.run({ words: ["run", file, ...words.split(" ")], cwd });
        expect(status, stderr).toBe(0);
      }
    });

  if (npm === "")
    it.runIf(process.env.STALEMAP_HINTS === "1")("by campaigns", async () => {
      const start = [
        "campaign",
        "start",
        "c",
        "-k",
        "6.2",
        "--programs",
        "60",
        "--seed",
        "5",
        "--store",
        "s",
      ];
      const commands: string[] = [];
      for (let words = start; words.length > 0; ) {
        const { status, stderr } = await many.run({ words, cwd });
        expect([0, 1], stderr).toContain(status);
        commands.push(words.slice(0, 2).join(" "));
        for (const [, why] of stderr.matchAll(/ # (.*)$/gm)) seen.add(why!);
        words = words[0] === "campaign" ? (hintsIn(stderr, program)[0] ?? []) : [];
      }
      expect(commands).toEqual([
        "campaign start",
        "campaign work",
        "campaign findings",
        "campaign export",
        "run DIR",
      ]);
    });
});

it("nothing is suggested that was not run here", () => {
  const sources = readdirSync(join(ROOT, "src/cli"), { recursive: true, encoding: "utf8" });
  const texts = sources
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "src/cli", file), "utf8"));
  const whys = texts.flatMap((text) =>
    [...text.matchAll(/\bsuggest\(([^;]*);/g)].flatMap(([, args]) =>
      [...args!.matchAll(/,\s*"([^"]* [^"]*)",?\s*\]/g)].map(([, why]) => why!),
    ),
  );
  expect(whys.length).toBeGreaterThan(20);
  expect(whys.filter((why) => !seen.has(why) && ELSEWHERE[why] === undefined)).toEqual([]);
});
