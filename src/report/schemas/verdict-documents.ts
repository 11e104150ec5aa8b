/**
 * The JSON documents that scripts may rely on, as zod schemas that refuse unknown fields; the others are in
 * other-documents.ts.
 */
import * as z from "zod";

const oracle = z.enum(["content", "exposure", "backing", "results", "accounting", "progress"]);
const names = z.array(z.string());
const count = z.int().nonnegative();

const findingFields = {
  oracle,
  also: z.array(oracle),
  kind: z.string().min(1),
  curedBy: names.nullable(),
  range: z.tuple([count, count]),
  expected: z.string(),
  actual: z.string(),
  lostAt: count,
  seenAt: count,
  ops: count,
  steps: count,
  switches: count,
  token: z.string().max(200).nullable(),
  caseSeed: z.string().nullable(),
  caseFlags: names.nullable(),
  realizable: z.boolean(),
  file: z.string().nullable(),
  count: z.int().positive().optional(),
  trace: z
    .array(z.strictObject({ i: z.int().positive(), thread: z.string(), fn: z.string(), text: z.string() }))
    .min(1),
};
export const finding = z.strictObject(findingFields);

/** A line of its own. */
export const findingLine = z.strictObject({
  schema: z.literal("stalemap/finding/1"),
  model: count,
  ...findingFields,
});

const kernel = { kernel: z.string(), fixes: names, with: names, without: names };

const fuzzFields = {
  model: count,
  seed: z.string(),
  ...kernel,
  programs: count,
  schedules: count,
  steps: count,
  seconds: z.number().nonnegative(),
  known: z.array(z.strictObject({ kind: z.string(), file: z.string(), count })),
};

export const fuzzDocument = z.strictObject({
  schema: z.literal("stalemap/fuzz/1"),
  ...fuzzFields,
  findings: z.array(finding),
});

/** Behind the lines of the findings. */
export const fuzzKindsLine = z.strictObject({
  schema: z.literal("stalemap/fuzz-kinds/1"),
  ...fuzzFields,
  findings: z.array(z.strictObject({ kind: z.string(), count, file: z.string().nullable() })),
});

const probability = z.number().min(0).max(1);
const reached = z.record(z.string(), z.int().positive());

/** What a clean sample showed. */
const statistics = {
  schedules: z.int().positive(),
  /** Distinct states that schedules ended in, and of how many schedules they were counted. */
  finalStates: z.int().positive(),
  counted: z.int().positive(),
  /** Good-Turing: the probability that the next schedule ends in a state not seen yet. */
  unseen: probability,
  /** At 95 % confidence no bug shows in a schedule with a higher probability. */
  bugBound: probability,
  reached,
};

const verdictFields = {
  scenario: z.string(),
  file: z.string(),
  ...kernel,
  verdict: z.enum(["ok", "mismatch", "undecided"]),
  oracles: z.array(oracle),
  expected: z.union([z.enum(["ok", "mismatch"]), z.array(oracle)]).nullable(),
  met: z.boolean().nullable(),
  exhaustive: z.boolean(),
  schedules: count,
  states: count.nullable(),
  problem: z.string().nullable(),
  fit: z.string().nullable(),
  limits: names,
  reached,
  sampling: z
    .strictObject({
      ...statistics,
      strategies: z.array(z.strictObject({ strategy: z.string(), ...statistics })).min(1),
    })
    .nullable(),
  finding: finding.nullable(),
};

export const runDocument = z.strictObject({
  schema: z.literal("stalemap/run/1"),
  model: count,
  results: z.array(z.strictObject(verdictFields)),
});

export const verdictLine = z.strictObject({
  schema: z.literal("stalemap/run-verdict/1"),
  model: count,
  ...verdictFields,
});

export const reproDocument = z.strictObject({
  schema: z.literal("stalemap/repro/1"),
  model: count,
  reproduced: z.boolean(),
  limits: names,
  finding: finding.nullable(),
});

const patch = z.strictObject({ commit: z.string(), title: z.string(), toggles: names });

export const bisectDocument = z.strictObject({
  schema: z.literal("stalemap/bisect/1"),
  model: count,
  firstGood: patch.nullable(),
  candidates: z.array(patch),
  isMonotone: z.boolean().nullable(),
  problem: z.string().nullable(),
  tried: z.array(
    z.strictObject({
      ...kernel,
      commit: z.string().nullable(),
      verdict: z.enum(["ok", "mismatch", "undecided"]),
    }),
  ),
  necessary: z.array(patch).nullable(),
  sufficient: z.array(patch).nullable(),
});

const lossVerdict = z.enum(["right", "lost"]);

export const exportDocument = z.strictObject({
  schema: z.literal("stalemap/export/1"),
  name: z.string(),
  kernel: z.string(),
  block: z.int().positive(),
  model: lossVerdict,
  kind: z.string().nullable(),
  note: z.string().nullable(),
  output: z.string().nullable(),
  source: z.string().optional(),
});

const lostBytes = z.array(
  z.strictObject({ from: count, to: count, value: count, where: z.enum(["cached", "on disk"]) }),
);

export const realForcedDocument = z.strictObject({
  schema: z.literal("stalemap/real-forced/1"),
  name: z.string(),
  block: z.int().positive(),
  kernel: z.string(),
  model: z.string(),
  shownOn: z.string(),
  kind: z.string(),
  verdict: z.enum(["right", "lost", "not reached", "flaky"]),
  expected: lossVerdict,
  runs: count,
  lost: count,
  agreed: count,
  parting: z
    .strictObject({
      aspect: z.enum(["steps", "returns", "size", "extents", "cached", "disk"]),
      at: count,
      what: z.string(),
      model: z.string(),
      kernel: z.string(),
    })
    .nullable(),
  lostBytes: z.strictObject({ model: lostBytes, kernel: lostBytes }),
  steps: z.array(z.strictObject({ move: z.string(), model: names, kernel: names.nullable() })),
  notes: names,
  trouble: names,
  problem: z.string().nullable(),
});

const cellFields = {
  name: z.string(),
  block: z.int().positive(),
  kernel: z.string(),
  verdict: z.enum(["right", "lost", "set-up problem", "stop not reached", "flaky", "not run"]).nullable(),
  lost: count,
  runs: count,
  model: z.string().nullable(),
  expected: lossVerdict.nullable(),
  agrees: z.boolean().nullable(),
  problem: z.string().nullable(),
  output: z.string().nullable(),
};

export const realDocument = z.strictObject({
  schema: z.enum(["stalemap/real/1", "stalemap/real-matrix/1"]),
  model: count,
  results: z.array(z.strictObject(cellFields)),
});

export const cellLine = z.strictObject({ schema: z.literal("stalemap/real-cell/1"), ...cellFields });

export const recordDocument = z.strictObject({
  schema: z.literal("stalemap/record/1"),
  seed: count,
  ops: z.int().positive(),
  kind: z.enum(["small", "any", "wstop"]),
  block: z.int().positive(),
  file: z.string(),
});

const faults = z.array(z.strictObject({ scenario: z.string(), kind: z.string() }));

export const backportDocument = z.strictObject({
  schema: z.literal("stalemap/backport/1"),
  model: count,
  ...kernel,
  holds: z.boolean(),
  scenarios: names.min(1),
  start: faults,
  targets: names,
  uncured: names,
  remaining: names,
  broken: names,
  open: names,
  steps: z.array(
    z.strictObject({
      commits: z
        .array(
          z.strictObject({
            name: z.string(),
            commits: names,
            title: z.string(),
            release: z.string(),
            modelled: z.boolean(),
            why: z.string().nullable(),
            here: names,
          }),
        )
        .min(1),
      together: z.string().nullable(),
      ...kernel,
      closes: faults,
      opens: faults,
      worse: faults,
    }),
  ),
  missing: z.array(z.strictObject({ commit: z.string(), title: z.string(), why: z.string() })),
  notNeeded: z.array(z.array(z.strictObject({ commit: z.string(), title: z.string() }))),
  finding: finding.nullable(),
});

/** In place of a result, where there is none. */
export const errorDocument = z.strictObject({
  schema: z.literal("stalemap/error/1"),
  exit: z.int().positive(),
  message: z.string().min(1),
  remedy: z.string().nullable(),
  diagnostics: z.array(
    z.strictObject({
      file: z.string().nullable(),
      line: z.int().positive().nullable(),
      column: z.int().positive().nullable(),
      message: z.string().min(1),
      nearest: z.string().nullable(),
      remedy: z.string().nullable(),
    }),
  ),
});
