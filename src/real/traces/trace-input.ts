/**
 * The text of a recorded trace as a scenario, or what is wrong with it.
 */
import type { Scenario } from "../../scenario/types.js";
import type { Read } from "../../scenario/yaml/diagnostic.js";
import { parseTrace } from "./trace-format.js";
import { traceScenario } from "./trace-scenario.js";

export function readTraceScenario(text: string, file: string): Read<{ readonly scenario: Scenario }> {
  const read = parseTrace(text, file);
  return "trace" in read ? traceScenario(read.trace, text, file) : read;
}
