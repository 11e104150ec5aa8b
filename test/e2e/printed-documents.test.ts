/**
 * What --json and --reporter jsonl print is as the schema says that it names: the files of the package, read by a
 * validator that knows nothing of how either is made.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { standIn, writeTree } from "../tree/stand-in.js";
import { ManyCommands } from "./many-commands.js";
import { directoryWith, ROOT, WITNESS } from "./program.js";

const TRACE = "test/data/own-traces/4k-wstop-s5238.json.gz";
const OUT = directoryWith();
const TREE = join(OUT, "linux");
writeTree(TREE, standIn(new Set()));

/** What each prints, document by document and line by line. */
const COMMANDS: readonly [line: string, json: string, jsonl?: string][] = [
  [`run ${WITNESS} -k 6.0,6.2`, "run/1", "run-verdict/1 run-verdict/1"],
  [`matrix ${WITNESS} -k 6.0,6.2`, "run/1", "run-verdict/1 run-verdict/1"],
  [`judge ${WITNESS} -k 6.0`, "run/1", "run-verdict/1"],
  [`fuzz -k 6.0 --seed 1 --runs 40 --out ${OUT}`, "fuzz/1", "finding/1 fuzz-kinds/1"],
  [`repro ${OUT}/6.0-content-1-9.yaml`, "repro/1", "finding/1"],
  [`repro ${WITNESS} -k cured`, "repro/1", "repro/1"],
  [`explore ${WITNESS} -k 6.0`, "explore/1", "explore/1"],
  [`explore ${WITNESS} -k 6.2`, "explore/1", "explore/1"],
  ["explore eof-punch -k 6.0 --realizable", "explore-realizable/1", "explore-realizable/1"],
  [`bisect ${WITNESS} --good 6.2 --bad 6.0`, "bisect/1", "bisect/1"],
  [`explain ${WITNESS} -k 6.0`, "explain/1"],
  ["explain content", "explain-name/1"],
  [`step ${WITNESS} -k 6.0`, "step/1"],
  [`check ${WITNESS}`, "check/1", "check-file/1"],
  [`conform ${TRACE}`, "conform/1", "conform-trace/1"],
  [`export ${WITNESS} -k 6.0 -o -`, "export/1"],
  ["list", "list/1"],
  ["list kernels 6.2", "list/1"],
  ["diff 6.2 6.12", "list/1"],
  [`tree ${TREE}`, "tree/1"],
  ["run no-such", "error/1", "error/1"],
];

const ajv = new Ajv2020({ strict: true, strictTuples: false, strictRequired: false, allErrors: true });

/** What is wrong with a document by the schema that it names, before its name. */
function checked(text: string): string {
  const document = JSON.parse(text);
  const id: string = document.schema;
  const name = id.replace("stalemap/", "");
  const schema = () => JSON.parse(readFileSync(join(ROOT, `schemas/${name.replace("/", "-")}.json`), "utf8"));
  const validate = ajv.getSchema(id) ?? ajv.compile(schema());
  return validate(document) === true ? name : `${JSON.stringify(validate.errors)} ${name}`;
}

describe("printed documents", () => {
  const program = new ManyCommands("exec");
  afterAll(() => program.close());
  const print = async (line: string, ...more: string[]) =>
    (await program.run({ words: [...line.split(" "), ...more], cwd: ROOT })).stdout;

  it.each(COMMANDS)("%s", async (line, json, jsonl = "") => {
    expect(checked(await print(line, "--json"))).toBe(json);
    if (jsonl === "") return;
    const lines = (await print(line, "--reporter", "jsonl")).trimEnd().split("\n");
    expect(lines.map(checked).join(" ")).toBe(jsonl);
  });

  it.each(["github", "junit", "tap", "sarif"])(
    "judge shows in %s what it ends with, expected or not",
    async (name) => {
      const text = await print(`judge ${WITNESS} -k 6.0`, "--reporter", name);
      expect(text).toMatch(/bytes lost at 10k\.\.12k \(content: write -> zero/);
      expect(text).toContain(WITNESS);
    },
  );

  it.each(["eof-punch -k 6.12", `${WITNESS} -k 6.0`])(
    "run, explain and step are about one run: %s",
    async (line) => {
      const { results } = JSON.parse(await print(`run ${line}`, "--json"));
      const { finding, order } = JSON.parse(await print(`explain ${line}`, "--json"));
      expect(finding.token).toBe(results[0].finding.token);
      const { lostAt, steps } = JSON.parse(await print(`step ${line}`, "--json"));
      expect([lostAt, steps.length]).toEqual([finding.lostAt, finding.steps]);
      expect(order.length).toBeLessThanOrEqual(5);
    },
  );

  it("have the commits of fixes and the toggles of kernels as fields", async () => {
    const { fixes, kernels } = JSON.parse(await print("list", "--json"));
    expect(fixes[0]).toMatchObject({ kind: "fix", commits: ["304a68b9c63b"], release: "6.2" });
    const of62 = kernels.find(({ name }: { name: string }) => name === "6.2");
    expect(of62).toMatchObject({ release: "6.2", toggles: expect.arrayContaining(["validate"]) });
  });
});
