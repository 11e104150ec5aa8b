/** How far traces of real kernels and the model agree, in all: shares and verdict. */
import type { Conformance } from "../real/traces/agreement.js";
import { ASPECTS, type Counts } from "../real/traces/aspects.js";
import type { Start } from "../real/traces/recording-session.js";

export interface ConformResult {
  readonly file: string;
  readonly start: Start;
  readonly conformance: Conformance;
}

export function conformTotal(results: readonly ConformResult[]) {
  const sum = (of: (c: Conformance) => number): number => results.reduce((n, r) => n + of(r.conformance), 0);
  return {
    ops: sum((c) => c.ops),
    unsaid: sum((c) => c.unsaid),
    agree: Object.fromEntries(ASPECTS.map((a) => [a, sum((c) => c.agree[a])])) as unknown as Counts,
    uninitialised: {
      kernel: sum((c) => c.uninitialised.kernel),
      model: sum((c) => c.uninitialised.model),
    },
  };
}

/** Share of operations whose extents must agree; all else must agree throughout. */
const EXTENTS_SHARE = 0.995;

/** Whether kernels and models agree; `?` where not all contents were recorded, or there is no trace. */
export function conformVerdict(results: readonly ConformResult[]): "ok" | "x" | "?" {
  const { ops, agree, unsaid } = conformTotal(results);
  const isWhole = agree.ret === ops && agree.size === ops && agree.contents === ops - unsaid;
  if (!isWhole || agree.extents < EXTENTS_SHARE * ops) return "x";
  return unsaid > 0 || results.length === 0 ? "?" : "ok";
}

/** `100`, `99.52`: a share in percent that is never rounded up to 100; `-` of nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "-";
  if (part === whole) return "100";
  return (Math.floor((10_000 * part) / whole) / 100).toFixed(2);
}
