/**
 * The rest of the JSON documents: of searches, files, lists, traces, source trees and explanations.
 */
import * as z from "zod";
import { ASPECTS } from "../../real/traces/aspects.js";
import { finding } from "./verdict-documents.js";

const count = z.int().nonnegative();
const names = z.array(z.string());
const verdict = z.enum(["ok", "mismatch", "undecided"]);

export const exploreDocument = z.strictObject({
  schema: z.literal("stalemap/explore/1"),
  model: count,
  scenario: z.string(),
  kernel: z.string(),
  fixes: names,
  verdict,
  exhaustive: z.boolean(),
  states: count,
  transitions: count,
  maxDepth: count.nullable(),
  bounds: z.strictObject({
    threads: count,
    evictions: count,
    faults: z.record(z.string(), count),
    faultCap: count.nullable(),
    preemptions: count.nullable(),
    steps: z.enum(["merged", "fine"]),
    limits: names,
    deepening: z.array(z.strictObject({ preemptions: count, states: count, found: z.boolean() })),
    cut: z.string().nullable(),
    reached: z.record(z.string(), count),
  }),
  reduction: z.strictObject({
    merging: z.boolean(),
    boundaries: z.strictObject({ all: count, merged: count }),
    symmetry: z.boolean(),
    deadValues: z.boolean(),
    alikeOrders: z.boolean(),
    fingerprints: z.boolean(),
  }),
  seconds: z.number().nonnegative(),
  bytesPerState: z.number().nonnegative(),
  tableBytesPerState: z.number().nonnegative(),
  expectedMissed: z.number().nonnegative(),
  finding: finding.extend({ isShortest: z.boolean() }).nullable(),
});

export const exploreForcedDocument = z.strictObject({
  schema: z.literal("stalemap/explore-realizable/1"),
  model: count,
  verdict,
  schedules: count.optional(),
  complete: z.boolean().optional(),
  finding: finding.optional(),
});

const fileFields = {
  file: z.string(),
  name: z.string(),
  threads: count,
  ops: count,
  notes: names,
  shown: z.string().optional(),
};

export const checkDocument = z.strictObject({
  schema: z.literal("stalemap/check/1"),
  model: count,
  files: z.array(z.strictObject(fileFields)),
});

export const fileLine = z.strictObject({
  schema: z.literal("stalemap/check-file/1"),
  model: count,
  ...fileFields,
});

const listItem = z.strictObject({
  name: z.string(),
  facts: z.string(),
  about: z.string(),
  kind: z.string().optional(),
  title: z.string().optional(),
  commits: names.optional(),
  release: z.string().optional(),
  toggles: names.optional(),
  file: z.string().nullable().optional(),
  syntax: z.string().optional(),
});

/** Sections by their titles. */
export const listDocument = z
  .object({ schema: z.literal("stalemap/list/1"), model: count })
  .catchall(z.array(listItem));

/** Lines of text as they stand on the screen. */
const lines = names;

export const stepDocument = z.strictObject({
  schema: z.literal("stalemap/step/1"),
  model: count,
  scenario: z.string(),
  kernel: z.string(),
  program: z.array(z.strictObject({ thread: z.string(), ops: z.string() })),
  lostAt: count,
  start: lines,
  steps: z.array(
    z.strictObject({
      i: count,
      thread: z.string(),
      calls: z.array(z.strictObject({ fn: z.string(), notes: lines })),
      state: lines,
    }),
  ),
});

const share = z.number().min(0).max(1);
const aspects = <T extends z.ZodType>(value: T) => z.record(z.enum(ASPECTS), value);

const traceFields = {
  file: z.string(),
  kernel: z.string(),
  modelKernel: z.string(),
  start: z.looseObject({ kind: z.enum(["recorded", "new", "left", "assumed"]) }),
  isOwnKernel: z.boolean(),
  ops: count,
  unsaid: count,
  agree: aspects(share),
  first: aspects(count.nullable()),
  uninitialised: z.strictObject({ kernel: count, model: count }),
  stuck: z.string().nullable(),
  firstDisagreement: z.looseObject({ i: count, op: z.string() }).nullable(),
};

export const conformDocument = z.strictObject({
  schema: z.literal("stalemap/conform/1"),
  model: count,
  traces: z.array(z.strictObject(traceFields)),
  total: z.strictObject({
    traces: count,
    ops: count,
    unsaid: count,
    agree: aspects(share),
    uninitialised: z.strictObject({ kernel: count, model: count }),
  }),
});

export const traceLine = z.strictObject({
  schema: z.literal("stalemap/conform-trace/1"),
  model: count,
  ...traceFields,
});

const stands = z.record(z.string(), z.string());
const walkAspects = z.enum(["steps", "returns", "size", "extents", "cached", "disk"]);

const walkFields = {
  kernel: z.string(),
  model: z.string(),
  seed: z.string(),
  runs: count,
  moves: count,
  agree: z.record(walkAspects, count),
  undrawn: count,
  leftOut: z.record(z.string(), count),
  apart: count,
  trouble: names,
  problems: z.array(z.strictObject({ n: count, problem: z.string() })),
  disagreements: z.array(
    z.strictObject({
      run: count,
      alike: count,
      isShrunk: z.boolean(),
      scenario: z.string(),
      moves: z.array(z.strictObject({ move: z.string(), model: stands, kernel: stands.nullable() })),
      differences: z.array(
        z.strictObject({
          aspect: walkAspects,
          at: count,
          what: z.string(),
          model: z.string(),
          kernel: z.string(),
        }),
      ),
      end: z.looseObject({ model: z.looseObject({ size: count }) }),
    }),
  ),
};

export const realWalkDocument = z.strictObject({
  schema: z.literal("stalemap/real-walk/1"),
  model: count,
  walks: z.array(z.strictObject(walkFields)),
});

export const walkLine = z.strictObject({ schema: z.literal("stalemap/real-walk-kernel/1"), ...walkFields });

const toggled = { name: z.string(), on: z.boolean().nullable() };
const difference = { nearest: z.string(), with: names, without: names };

export const treeDocument = z.strictObject({
  schema: z.literal("stalemap/tree/1"),
  model: count,
  directory: z.string(),
  name: z.string(),
  ...difference,
  unknown: names,
  toggles: z.array(z.looseObject(toggled)),
  unmodelled: z.array(z.looseObject({ ...toggled, model: z.boolean().nullable() })),
});

export const treeHistoryDocument = z.strictObject({
  schema: z.literal("stalemap/tree-history/1"),
  model: count,
  directory: z.string(),
  range: z.string(),
  commits: z.array(
    z.looseObject({ problem: z.string().optional(), on: names.optional(), off: names.optional() }),
  ),
});

export const explainDocument = z.looseObject({
  schema: z.literal("stalemap/explain/1"),
  model: count,
  scenario: z.string(),
  kernel: z.string(),
  finding,
  order: names.nullable(),
});

export const explainNameDocument = z.strictObject({
  schema: z.literal("stalemap/explain-name/1"),
  model: count,
  names: z.array(z.looseObject({})),
});

export const campaignDocument = z.looseObject({ schema: z.literal("stalemap/campaign/1") });
export const campaignFindingsDocument = z.looseObject({
  schema: z.literal("stalemap/campaign-findings/1"),
  model: count,
  findings: z.array(z.looseObject({})),
});
export const campaignRecheckDocument = z.looseObject({ schema: z.literal("stalemap/campaign-recheck/1") });
