/** What a scenario states of the results of its calls: bytes, errors and signals, on each kernel. */
import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { printScenario } from "../../src/scenario/language/print.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { doJob } from "../../src/tasks/index.js";
import { expectedFor } from "../../src/verdict/expectation.js";
import { judge } from "../../src/verdict/judge-scenario.js";
import { variantOf } from "../kernel/drive.js";

const text = (returns: string, verdict = "ok") => `name: a
file: { size: 4k }
threads:
  writer: [{ write: 0..8k, fault-at: 4k }, { fsync: {} }]
  mapper: [{ store: 16k..20k }]
  reader: [{ read: 0..64k }]
budget: { device-error: 1 }
expect: { "6.12": { verdict: ${verdict}, returns: { ${returns} } } }
`;

function scenarioOf(returns: string, verdict?: string) {
  const read = parseScenario(text(returns, verdict), "a.yaml");
  if ("diagnostics" in read) throw new Error(renderDiagnostics(read.diagnostics));
  return read.scenario;
}

function judged(returns: string, exhaustive: boolean, verdict?: string) {
  const scenario = scenarioOf(returns, verdict);
  const variant = variantOf("6.12");
  const expected = expectedFor(scenario, variant);
  const work = judge({ subject: { scenario, variant }, expected, seed: "t", schedules: 2000, exhaustive });
  let next = work.next();
  while (next.done !== true) next = work.next(doJob(next.value));
  return { met: next.value.met, kinds: next.value.kinds };
}

describe.each([true, false])("looking at all states: %s", (exhaustive) => {
  it.each([
    ["writer.1: 4k", true],
    ["writer.1: EFAULT", false],
    ["writer.1: [8k, 0]", false],
    ["mapper.1: SIGBUS", true],
    ["mapper.1: ok", false],
    ["writer.2: [ok, EIO]", true],
    ["writer.2: ok", false],
    ["writer.2: EIO", false],
    ["reader.1: [4k, 8k]", true],
    ["reader.1: 8k", false],
  ])("%s", (returns, met) => {
    expect(judged(returns, exhaustive)).toEqual({ met, kinds: met ? [] : ["results: another result"] });
  });
});

it("a bad verdict does not excuse another result", () => {
  expect(judged("writer.1: 8k", true, "mismatch").met).toBe(false);
});

it("is printed as it is read", () => {
  const scenario = scenarioOf("writer.1: [4k, EFAULT], mapper.1: SIGBUS");
  const printed = parseScenario(printScenario(scenario), "a.yaml");
  expect("scenario" in printed && printed.scenario.expect).toEqual(scenario.expect);
});

it.each([
  ["writer.3: ok", "expected a call of this program", "writer.1"],
  ["writer.1: EFAULTS", "an error or signal", "EFAULT"],
  ["writer: ok", "the name of a call", ""],
])("%s is refused", (returns, message, nearest) => {
  const read = parseScenario(text(returns), "a.yaml");
  const said = "diagnostics" in read ? renderDiagnostics(read.diagnostics).replace(/\s+/g, " ") : "read";
  expect(said).toContain(message);
  expect(said).toContain(nearest);
});
