/** Scenario files as data, for tests. */
import { readdirSync, readFileSync } from "node:fs";
import { VOCABULARY } from "../src/cli/input/files.js";
import { parseScenario } from "../src/scenario/language/parse.js";
import type { Scenario } from "../src/scenario/types.js";

export function scenarioAt(path: string): Scenario {
  const parsed = parseScenario(readFileSync(path, "utf8"), path, VOCABULARY);
  if (!("scenario" in parsed)) throw new Error(`${path} does not parse`);
  return parsed.scenario;
}

export function witness(name: string): Scenario {
  return scenarioAt(`scenarios/witnesses/${name}.yaml`);
}

/** Every witness, by file name. */
export function witnesses(): readonly Scenario[] {
  return readdirSync("scenarios/witnesses").map((file) => scenarioAt(`scenarios/witnesses/${file}`));
}
