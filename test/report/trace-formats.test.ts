/**
 * What other tools open: traces in Apalache's ITF by its description (ADR-015) and trace events as Perfetto and
 * chrome://tracing take them, each held to a schema of that description; and what ends badly, in every format.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { FORMATS, type FormatName } from "../../src/report/formats/index.js";
import { itf } from "../../src/report/formats/itf.js";
import { perfetto } from "../../src/report/formats/perfetto.js";
import { PLAIN } from "../../src/report/style.js";
import { picturesOf } from "../../src/tasks/pictures.js";
import { FAILED_WRITE, MANY_THREADS, reported, UNWRITTEN_TAIL } from "./runs.js";

const RUNS = [UNWRITTEN_TAIL, FAILED_WRITE, MANY_THREADS].map((text) => {
  const found = reported(text, "6.0");
  const pictures = picturesOf(found.run, found.finding, []);
  return { run: found.run, reported: { ...found, pictures: () => pictures } };
});

/** An expression is a Boolean, a string, a safe integer, a list, a record, or one of the forms with a `#`. */
const ITF = {
  type: "object",
  required: ["vars", "states"],
  properties: {
    "#meta": { type: "object" },
    params: { type: "array", items: { type: "string" } },
    vars: { type: "array", items: { type: "string" }, uniqueItems: true },
    states: { type: "array", items: { $ref: "#/$defs/state" } },
    loop: { type: "integer" },
  },
  additionalProperties: false,
  $defs: {
    state: {
      type: "object",
      properties: { "#meta": { type: "object" } },
      additionalProperties: { $ref: "#/$defs/expression" },
    },
    expression: {
      anyOf: [
        { type: ["boolean", "string"] },
        { type: "integer", minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1 },
        { type: "array", items: { $ref: "#/$defs/expression" } },
        {
          type: "object",
          propertyNames: { pattern: "^[^#]" },
          additionalProperties: { $ref: "#/$defs/expression" },
        },
        {
          type: "object",
          required: ["#bigint"],
          properties: { "#bigint": { type: "string", pattern: "^-?[0-9]+$" } },
          additionalProperties: false,
        },
      ],
    },
  },
};

const whole = { type: "integer", minimum: 0 };
const event = (ph: string, required: readonly string[], args: object = { type: "object" }) => ({
  type: "object",
  required: ["ph", "pid", "name", ...required],
  properties: {
    ph: { const: ph },
    pid: whole,
    tid: whole,
    name: { type: "string" },
    cat: { type: "string" },
    ts: { type: "number", minimum: 0 },
    dur: { type: "number", minimum: 0 },
    id: { type: ["integer", "string"] },
    bp: { const: "e" },
    args,
  },
  additionalProperties: false,
});
const EVENTS = {
  type: "object",
  required: ["traceEvents"],
  properties: {
    displayTimeUnit: { enum: ["ms", "ns"] },
    otherData: { type: "object" },
    traceEvents: {
      type: "array",
      items: {
        oneOf: [
          event("M", ["args"], {
            type: "object",
            required: ["name"],
            properties: { name: { type: "string" } },
          }),
          event("X", ["tid", "ts", "dur"]),
          event("C", ["ts", "args"], { type: "object", additionalProperties: { type: "number" } }),
          ...["s", "t", "f"].map((ph) => event(ph, ["tid", "ts", "id", "cat"])),
        ],
      },
    },
  },
  additionalProperties: false,
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
const isItf = ajv.compile(ITF);
const isTrace = ajv.compile(EVENTS);
const document = (format: typeof itf, one: (typeof RUNS)[number]) =>
  JSON.parse(format.pages.repro!.end!(one, PLAIN));

describe("itf", () => {
  it.each(RUNS)("is as its description says, with a value of each variable in each state", (one) => {
    const read = document(itf, one);
    expect(isItf(read), JSON.stringify(isItf.errors)).toBe(true);
    expect(read.states.length).toBe(one.reported.finding.steps + 1);
    for (const { "#meta": meta, ...state } of read.states) {
      expect(Object.keys(state)).toEqual(read.vars);
      expect(meta.index).toBe(state.step);
    }
  });

  it("would be found wrong", () => {
    const read = document(itf, RUNS[0]!);
    for (const value of [null, 1.5, { "#x": 1 }])
      expect(isItf({ ...read, states: [{ a: value }] })).toBe(false);
  });
});

describe("perfetto", () => {
  it.each(RUNS)("is trace events: a slice per step, lanes with names, one flow", (one) => {
    const read = document(perfetto, one);
    expect(isTrace(read), JSON.stringify(isTrace.errors?.slice(0, 3))).toBe(true);
    const of = (ph: string) => read.traceEvents.filter((e: { ph: string }) => e.ph === ph);
    expect(of("X").length).toBe(one.reported.finding.steps);
    const lanes = new Set(
      of("M").flatMap((e: { name: string; tid: number }) => (e.name === "thread_name" ? e.tid : [])),
    );
    for (const { tid } of of("X")) expect(lanes).toContain(tid);
    const flow = [...of("s"), ...of("t"), ...of("f")];
    expect(new Set(flow.map(({ id }) => id)).size).toBeLessThanOrEqual(1);
    expect(of("s").length).toBe(of("f").length);
  });

  it("would be found wrong", () => {
    for (const bad of [
      { ph: "X", pid: 1, name: "a", ts: 0 },
      { ph: "C", pid: 1, name: "a", ts: 0, args: { a: "b" } },
    ])
      expect(isTrace({ traceEvents: [bad] })).toBe(false);
  });
});

describe.each(Object.keys(FORMATS).filter((name) => name !== "text") as FormatName[])("%s", (name) => {
  it.each([1, 125, 128])("says why it ended with %d", async (exit) => {
    const { failure } = await FORMATS[name].load();
    expect(failure!({ exit, message: "the reason of it", problems: [] })).toContain("the reason of it");
  });
});
