import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { kernelFlags } from "../../src/cli/input/again.js";
import { parseFile, VOCABULARY } from "../../src/cli/input/files.js";
import { chosenKernel, kernelNamed } from "../../src/cli/input/kernels.js";
import { withToggles } from "../../src/cli/input/toggle-options.js";
import { variantJsonSchema } from "../../src/scenario/language/json-schema.js";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { expectedFor, kernelsOf } from "../../src/verdict/expectation.js";

const parsed = parseScenario(
  [
    "name: x",
    "file: { size: 4k }",
    "threads: { w: [{ write: 0..4k }] }",
    'expect: { "6.0": mismatch, cured: ok }',
    "variants:",
    "  - { base: cured, without: [validate, discard-end], expect: [content] }",
  ].join("\n"),
  "x.yaml",
);
if (!("scenario" in parsed)) throw new Error("the scenario of this test is not valid");
const { scenario } = parsed;
const plain = (base: string) => ({ base, with: [], without: [] });

describe("what a file expects of a kernel", () => {
  it("is the entry of a plain kernel, the variant with the same toggles, or nothing", () => {
    expect(expectedFor(scenario, plain("6.0"))?.expect).toBe("mismatch");
    expect(expectedFor(scenario, plain("6.2"))).toBeUndefined();
    const variant = { base: "cured", with: [], without: ["discard-end", "validate"] };
    expect(expectedFor(scenario, variant)?.expect).toEqual(["content"]);
    expect(expectedFor(scenario, { ...variant, without: ["validate"] })).toBeUndefined();
  });

  it("sees through toggles that change nothing", () => {
    expect(expectedFor(scenario, { base: "cured", with: ["validate"], without: [] })?.expect).toBe("ok");
  });

  it("names every kernel of the file, variants last", () => {
    expect(kernelsOf(scenario).map((v) => v.base)).toEqual(["6.0", "cured", "cured"]);
  });
});

describe("the kernel of a command", () => {
  it("is the standard one, with the toggles applied", () => {
    expect(chosenKernel({ without: ["validate"] }, () => kernelNamed("cured"))).toEqual({
      base: "cured",
      with: [],
      without: ["validate"],
    });
    expect(chosenKernel({}, () => kernelNamed("6.2"))).toEqual(kernelNamed("6.2"));
    expect(chosenKernel({ kernel: ["6.0"] }, () => kernelNamed("6.2"))).toEqual(kernelNamed("6.0"));
  });

  it("lets the command line overrule what a variant says", () => {
    const variant = { base: "6.2", with: ["discard-end"], without: ["validate"] };
    expect(withToggles(variant, { with: ["validate"], without: ["discard-end"] })).toEqual({
      base: "6.2",
      with: ["validate"],
      without: ["discard-end"],
    });
  });

  it("prints as the flags that name it", () => {
    expect(kernelFlags({ base: "6.2", with: ["a", "b"], without: ["c"] }).join(" ")).toBe(
      "--kernel 6.2 --with a,b --without c",
    );
    expect(kernelFlags(kernelNamed("6.0"))).toEqual(["--kernel", "6.0"]);
  });
});

describe("a variant file", () => {
  it("that stands where a scenario should is told from one", () => {
    const read = parseFile("v.yaml", "base: 6.0\nwith: [validate]\n");
    const [problem, ...more] = "diagnostics" in read ? read.diagnostics : [];
    expect([problem?.message, problem?.remedy, more]).toEqual([
      "expected a scenario, found a variant of a kernel",
      "it stands where kernels do: --kernel FILE",
      [],
    ]);
  });

  it("has a schema for editors", () => {
    const isVariant = new Ajv2020({ strict: false }).compile(variantJsonSchema(VOCABULARY));
    expect(isVariant({ base: "6.0", with: ["validate"], name: "mine" })).toBe(true);
    expect(
      [{ with: [] }, { base: "6.0", with: ["nope"] }, { base: "6.0", file: {} }].map((one) => isVariant(one)),
    ).toEqual([false, false, false]);
  });
});
