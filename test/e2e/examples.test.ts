/**
 * The commands in README.md and docs, typed in one after the other with the files that they speak of. Those that are not
 * run stand below with the reason; their options are read all the same.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addOptions } from "../../src/cli/command.js";
import { COMMANDS } from "../../src/cli/command-table.js";
import { findRelease } from "../../src/kernel/versions/releases.js";
import { standIn, writeTree } from "../tree/stand-in.js";
import { ManyCommands } from "./many-commands.js";
import { directoryWith, ROOT } from "./program.js";

/** Why a line is not run. */
const NOT_RUN: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^campaign /, "campaign.test.ts runs them: each opens a database"],
  [/^real /, "real.test.ts, on machines that can mount a file system: root, gcc or QEMU"],
  [/^backport --kernel/, "npm run accept -- backports writes the document that they stand in"],
  [/--exec/, "bisect-exec.test.ts, with the script of the document"],
  [/--git|^judge .*--tree \./, "tree.test.ts, with a repository and git bisect"],
  [
    /^(matrix|list|diff|run scenarios\/witnesses\/\*\.yaml)$/,
    "hints.test.ts and run.test.ts: every known race takes long",
  ],
  [
    /^(check|run|explain|bisect|matrix) (mine|mine-order)\.yaml/,
    "tutorial.test.ts, in the order of the tutorial",
  ],
  [/--backport --tree|^backport --tree/, "backport.test.ts"],
  [/trace\.txt/, "trace-events.test.ts holds kernel traces to this"],
];
/** What stands for the names in the documents, and less of what takes long. */
const FOR: readonly (readonly [name: RegExp, given: string])[] = [
  [/\bX(?=¦--(good¦cured|tree))/g, "eof-punch"],
  [/\bX\b/g, "unwritten-tail"],
  [/^run¦(unwritten-tail|race\.yaml)¦/g, "$&-k¦6.2¦"],
  [/^matrix¦--tree/g, "matrix¦eof-punch¦--tree"],
  [/\bTRACES\b/g, "traces"],
  // What is piped in.
  [/¦-¦/g, "¦reports/one.fsxops¦"],
  [/60s/g, "1s"],
  [/100000/g, "100"],
  [/scenarios\/grid\/p3w3k2\.yaml/g, "clean.yaml"],
  [/^fuzz¦--kernel¦(cured|6\.18)/g, "$&¦--runs¦300"],
  [/--jobs¦2/g, "--jobs¦1"],
];
const CLEAN = "name: clean\nfile: { size: 8k }\nthreads: { w: [ { write: 0..4k } ] }\nexpect: { 6.2: ok }\n";

interface Example {
  readonly file: string;
  readonly words: readonly string[];
}

/** The words of a line up to what a shell does with them. */
function wordsOf(line: string): string[] {
  const command = line
    .replace(/ +#.*$/, "")
    .replace(/ \| .*$| > [\w.]+$/, "")
    .trim();
  return execFileSync("sh", ["-fc", `printf '%s\\0' ${command}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

function examplesIn(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), "utf8").replace(/\\\n +/g, "");
  const lines = [...text.matchAll(/^ {4}(?:cat \S+ \| |git bisect run )?(?:npx )?stalemap (.*)$/gm)].map(
    ([, line]) => line!,
  );
  return lines.map((line) => ({ file, words: wordsOf(line) }));
}

const DOCUMENTS = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const ALL = DOCUMENTS.flatMap(examplesIn);
const EXAMPLES = ALL.filter(({ words }, i) => ALL.findIndex((one) => `${one.words}` === `${words}`) === i);
const reasonOf = (words: readonly string[]) => NOT_RUN.find(([line]) => line.test(words.join(" ")))?.[1];

describe("examples", () => {
  const cwd = directoryWith({
    "race.yaml": readFileSync(join(ROOT, "scenarios/witnesses/eof-punch.yaml"), "utf8"),
    "my.yaml": CLEAN,
    "clean.yaml": CLEAN,
    "a.yaml": CLEAN,
  });
  const copy = (from: string, to: string) => copyFileSync(join(ROOT, from), join(cwd, to));
  for (const folder of ["reports", "traces", "scenarios/found", "scenarios/witnesses"])
    mkdirSync(join(cwd, folder), { recursive: true });
  copy("test/data/public-reports/07-polluted.log", "report.log");
  copy("test/data/public-reports/generic-469-1.fsxops", "reports/one.fsxops");
  copy("test/data/own-traces/4k-wstop-s5238.json.gz", "traces/one.json.gz");
  copy("scenarios/witnesses/unwritten-tail.yaml", "scenarios/witnesses/unwritten-tail.yaml");
  copy("scenarios/witnesses/unwritten-tail.yaml", "scenarios/found/x.yaml");
  writeTree(join(cwd, "linux"), standIn(new Set(findRelease("6.12")!.fixes)));
  const many = new ManyCommands("exec");
  let token = "";
  beforeAll(async () => {
    const { stdout } = await many.run({ words: ["explore", "unwritten-tail", "-k", "6.0", "--json"], cwd });
    token = JSON.parse(stdout).finding.token;
  });
  afterAll(() => many.close());

  it("are found", () => {
    expect(EXAMPLES.length).toBeGreaterThan(60);
  });

  it.each(EXAMPLES.filter(({ words }) => reasonOf(words) === undefined))(
    "$file: $words",
    async ({ words }) => {
      const plain = words.join("¦").replace(/sm\d+\.AzYuMAA\.\.\./, token);
      const line = FOR.reduce((text, [name, given]) => text.replaceAll(name, given), plain);
      const { status, stderr } = await many.run({ words: line.split("¦"), cwd });
      expect([0, 1], stderr).toContain(status);
    },
  );

  it.each(EXAMPLES.filter(({ words }) => reasonOf(words) !== undefined))(
    "$file: $words, read",
    async ({ words }) => {
      const [name, ...args] = words;
      const { args: positional, load } = COMMANDS.find((one) => one.name === name)!;
      const command = new Command(name).exitOverride();
      if (positional !== undefined) command.argument(...positional);
      addOptions(command, await load());
      expect(() => command.parse(args, { from: "user" })).not.toThrow();
    },
  );

  it("are not spared for nothing", () => {
    for (const [line] of NOT_RUN)
      expect(
        EXAMPLES.some(({ words }) => line.test(words.join(" "))),
        String(line),
      ).toBe(true);
  });
});
