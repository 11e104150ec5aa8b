/**
 * Agreement with recorded traces as the document that --json prints. Its fields are promised to scripts: add, never
 * rename. Shares are of operations, 0 to 1.
 */
import { MODEL } from "../kernel/versions/model-version.js";
import { modelOf } from "../kernel/versions/releases.js";
import { ASPECTS, type Counts } from "../real/traces/aspects.js";
import { type ConformResult, conformTotal } from "./conform-verdict.js";

function shares(agree: Counts, ops: number) {
  return Object.fromEntries(ASPECTS.map((a) => [a, ops === 0 ? 1 : agree[a] / ops]));
}

export function traceJson({ file, start, conformance: c }: ConformResult) {
  return {
    file,
    kernel: c.kernel,
    modelKernel: c.model,
    start,
    isOwnKernel: modelOf(c.kernel) === c.model,
    ops: c.ops,
    unsaid: c.unsaid,
    agree: shares(c.agree, c.ops),
    first: Object.fromEntries(ASPECTS.map((a) => [a, c.first[a] ?? null])),
    uninitialised: c.uninitialised,
    stuck: c.stuck ?? null,
    firstDisagreement: c.firstDisagreement ?? null,
  };
}

export function conformJson(results: readonly ConformResult[]) {
  const total = conformTotal(results);
  return {
    schema: "stalemap/conform/1",
    model: MODEL,
    traces: results.map(traceJson),
    total: {
      traces: results.length,
      ops: total.ops,
      unsaid: total.unsaid,
      agree: shares(total.agree, total.ops),
      uninitialised: total.uninitialised,
    },
  };
}
