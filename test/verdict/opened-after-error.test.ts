/**
 * errseq_sample() at open: one who opens the file is told of a writeback error that nobody was told of, and not of one that
 * somebody was (fstests generic/441).
 */
import { expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/language/parse.js";
import { renderDiagnostics } from "../../src/scenario/yaml/diagnostic.js";
import { doJob } from "../../src/tasks/index.js";
import { expectedFor } from "../../src/verdict/expectation.js";
import { judge } from "../../src/verdict/judge-scenario.js";
import { variantOf } from "../kernel/drive.js";

const FAILED = `  - { choose: device-error=1 }
  - kworker/1 end
`;
const TOLD = `  - backend until filemap_fdatawait_range
${FAILED}  - backend end
  - opener end
`;
const UNTOLD = `  - flusher end
${FAILED}  - opener end
  - backend end
`;

const text = (schedule: string, returns: string) => `name: a
file: { size: 0, block: 4k }
setup: [{ write: 0..4k }]
threads:
  flusher: [{ writeback: 0..4k }]
  backend: { fd: own, ops: [{ fsync: {} }] }
  opener: { fd: own, ops: [{ close: {} }, { fsync: {} }] }
budget: { device-error: 1 }
expect: { "6.12": { verdict: ok, returns: { ${returns} } } }
schedule:
${schedule}`;

function isMet(schedule: string, returns: string): boolean {
  const read = parseScenario(text(schedule, returns), "a.yaml");
  if ("diagnostics" in read) throw new Error(renderDiagnostics(read.diagnostics));
  const { scenario } = read;
  const variant = variantOf("6.12");
  const expected = expectedFor(scenario, variant);
  const work = judge({
    subject: { scenario, variant },
    expected,
    seed: "t",
    schedules: 1,
    exhaustive: false,
  });
  let next = work.next();
  while (next.done !== true) next = work.next(doJob(next.value));
  return next.value.met === true;
}

it.each([
  ["when somebody was told", TOLD, "backend.1: EIO, opener.2: ok", true],
  ["when somebody was told, not again", TOLD, "opener.2: EIO", false],
  ["when nobody was", UNTOLD, "backend.1: EIO, opener.2: EIO", true],
  ["when nobody was, not silence", UNTOLD, "opener.2: ok", false],
])("%s", (_, schedule, returns, met) => {
  expect(isMet(schedule, returns)).toBe(met);
});
