// biome-ignore-all lint/suspicious/noExplicitAny: a schema checker walks values of any shape
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { scenarioJsonSchema } from "../../src/scenario/language/json-schema.js";
import { printScenario } from "../../src/scenario/language/print.js";
import { anyScenario } from "./arbitrary.js";
import { WORDS } from "./words.js";

type Schema = { readonly [key: string]: any };

/** The keywords that our schema uses, and no others: an unknown one is an error. */
function problems(schema: Schema, value: any, at = ""): string[] {
  const found: string[] = [];
  const fail = (why: string) => found.push(`${at || "/"}: ${why}`);
  const matching = (schemas: Schema[]) =>
    schemas.filter((one) => problems(one, value, at).length === 0).length;
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case "$schema":
      case "$id":
      case "title":
      case "description":
        break;
      case "minProperties":
        if (isMap && Object.keys(value).length < rule) fail("has too few keys");
        break;
      case "allOf":
        for (const one of rule) {
          const { if: condition, then = one } = one;
          if (condition === undefined || problems(condition, value, at).length === 0)
            found.push(...problems(then, value, at));
        }
        break;
      case "type": {
        const kind = Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
        if (kind !== rule) fail(`is ${kind}, not ${rule}`);
        break;
      }
      case "enum":
        if (!rule.includes(value)) fail(`${value} is none of ${rule}`);
        break;
      case "pattern":
        if (typeof value === "string" && !new RegExp(rule, "u").test(value))
          fail(`${value} does not match ${rule}`);
        break;
      case "minimum":
        if (value < rule) fail(`below ${rule}`);
        break;
      case "maximum":
        if (value > rule) fail(`above ${rule}`);
        break;
      case "minLength":
        if (value.length < rule) fail("too short");
        break;
      case "maxLength":
        if (value.length > rule) fail("too long");
        break;
      case "minItems":
        if (Array.isArray(value) && value.length < rule) fail("too few");
        break;
      case "maxItems":
        if (Array.isArray(value) && value.length > rule) fail("too many");
        break;
      case "maxProperties":
        if (isMap && Object.keys(value).length > rule) fail("too many keys");
        break;
      case "items":
        if (Array.isArray(value))
          value.forEach((item, i) => void found.push(...problems(rule, item, `${at}/${i}`)));
        break;
      case "anyOf":
        if (matching(rule) === 0) fail("matches none");
        break;
      case "oneOf":
        if (matching(rule) !== 1) fail(`matches ${matching(rule)}, not one`);
        break;
      case "not":
        if (problems(rule, value, at).length === 0) fail("matches what it must not");
        break;
      case "required":
        for (const key of rule) if (isMap && !Object.hasOwn(value, key)) fail(`lacks ${key}`);
        break;
      case "properties":
        for (const [key, one] of Object.entries<Schema>(rule)) {
          if (isMap && Object.hasOwn(value, key)) found.push(...problems(one, value[key], `${at}/${key}`));
        }
        break;
      case "propertyNames":
        for (const key of isMap ? Object.keys(value) : []) found.push(...problems(rule, key, `${at}/${key}`));
        break;
      case "additionalProperties":
        for (const [key, one] of isMap ? Object.entries(value) : []) {
          if (Object.hasOwn(schema.properties ?? {}, key)) continue;
          if (rule === false) fail(`has ${key}`);
          else found.push(...problems(rule, one, `${at}/${key}`));
        }
        break;
      default:
        throw new Error(`unknown keyword ${keyword}`);
    }
  }
  return found;
}

const EXAMPLES = new URL("../../scenarios/examples/", import.meta.url);

test.each(readdirSync(EXAMPLES))("%s satisfies the schema", (file) => {
  expect(problems(scenarioJsonSchema(WORDS), parse(readFileSync(new URL(file, EXAMPLES), "utf8")))).toEqual(
    [],
  );
});

test("whatever is printed satisfies the schema as an editor reads it", () => {
  const schema = scenarioJsonSchema();
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      expect(problems(schema, parse(printScenario(scenario)))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const OP = { write: "0..4k" };
test.each([
  ["an unknown key", { buget: {} }, "/: has buget"],
  ["a block that is no power of two", { file: { size: 0, block: "3k" } }, "/file/block"],
  ["a file without size", { file: {} }, "/file: lacks size"],
  ["an unknown kernel", { expect: { "6.3": "ok" } }, "/expect/6.3"],
  ["an unknown window", { reached: ["x"] }, "/reached"],
  ["an unknown fix", { variants: [{ base: "6.2", with: ["x"], expect: "ok" }] }, "/variants/0/with"],
  ["a misspelt operation", { setup: [{ wirte: "0..4k" }] }, "/setup/0"],
  ["a modifier of another operation", { setup: [{ read: "0..4k", "fault-at": 0 }] }, "/setup/0"],
  ["a bad range", { setup: [{ read: "0-4k" }] }, "/setup/0"],
  ["a reserved thread", { threads: { setup: [OP] } }, "/threads/setup"],
  ["a large budget", { budget: { evictions: 256 } }, "/budget/evictions: above 255"],
  ["65 operations", { setup: Array(65).fill(OP) }, "/setup: too many"],
  ["an unknown schedule entry", { schedule: ["w goes home"] }, "/schedule/0"],
])("%s violates the schema", (_title, change, problem) => {
  const base = { name: "x", file: { size: "4k" } };
  expect(problems(scenarioJsonSchema(WORDS), base)).toEqual([]);
  const found = problems(scenarioJsonSchema(WORDS), { ...base, ...change });
  // An editor shows each: one thing that is wrong with an operation is one message.
  if (problem === "/setup/0") expect(found).toHaveLength(1);
  expect(found.some((text) => text.startsWith(problem))).toBe(true);
});

test("words of the vocabulary are enums; without one they are patterns", () => {
  const named = scenarioJsonSchema(WORDS) as Schema;
  expect(named.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(named.properties.expect.propertyNames).toEqual({ type: "string", enum: WORDS.kernels });
  const open = scenarioJsonSchema() as Schema;
  expect(open.properties.expect.propertyNames).toHaveProperty("pattern");
});
